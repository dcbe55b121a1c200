package io.github.jasyncio.samples.benchmarks.peers;

import com.ea.async.instrumentation.Transformer;
import io.github.jasyncio.samples.benchmarks.peer.Peer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.instrument.IllegalClassFormatException;

/** Loads what is written with EA Async, rewritten by EA Async's own transformer. */
final class EaAsyncLoader extends ClassLoader {

    private static final String PACKAGE = "io.github.jasyncio.samples.benchmarks.eaasync.";

    private final Transformer transformer = new Transformer();

    private EaAsyncLoader(ClassLoader parent) {
        super(parent);
        transformer.setErrorListener(message -> {
            // it would go on, and block where it should suspend
            throw new IllegalStateException("EA Async: " + message);
        });
    }

    static Peer peer() {
        try {
            return (Peer) new EaAsyncLoader(EaAsyncLoader.class.getClassLoader())
                    .loadClass(PACKAGE + "EaAsyncPeer")
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("EA Async's peer could not be made", e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(PACKAGE)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? rewritten(name) : loaded;
        }
    }

    private Class<?> rewritten(String name) throws ClassNotFoundException {
        String resource = name.replace('.', '/') + ".class";
        try (InputStream in = getParent().getResourceAsStream(resource)) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] original = in.readAllBytes();
            byte[] rewritten = transformer.transform(getParent(), name.replace('.', '/'), null, null, original);
            byte[] bytes = rewritten == null ? original : rewritten;
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalClassFormatException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
