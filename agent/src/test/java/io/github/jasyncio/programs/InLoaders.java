package io.github.jasyncio.programs;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** The class {@code shop.Orders} in class loaders of many kinds. */
public final class InLoaders {

    private static final int THREADS = 8;

    private InLoaders() {}

    /** Wants the directory of the class, and the jar of the runtime. */
    public static void main(String[] arguments) throws Exception {
        URL orders = Path.of(arguments[0]).toUri().toURL();
        URL runtime = Path.of(arguments[1]).toUri().toURL();
        ClassLoader here = InLoaders.class.getClassLoader();
        ClassLoader platform = ClassLoader.getPlatformClassLoader();

        print("one lock for all classes", new Plain(orders, here));
        print("no lock at all, many threads", new Unlocked(orders, here));
        print("a runtime of its own", new URLClassLoader(new URL[] {orders, runtime}, platform));
        print("another runtime", new URLClassLoader(new URL[] {orders, runtime}, platform));
        print("no runtime", new URLClassLoader(new URL[] {orders}, platform));
    }

    /** Calls {@code total()} in many threads at once. */
    private static void print(String name, ClassLoader loader) throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        Callable<Object> call = () -> {
            start.await();
            return total(loader);
        };
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<Object>> calls = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            calls.add(threads.submit(call));
        }
        threads.shutdown();
        for (Future<Object> each : calls) {
            if (!each.get().equals(calls.get(0).get())) {
                throw new IllegalStateException(
                        name + ": " + each.get() + " and " + calls.get(0).get());
            }
        }
        System.out.println(name + ": " + calls.get(0).get());
    }

    private static Object total(ClassLoader loader) throws ReflectiveOperationException {
        try {
            return Class.forName("shop.Orders", true, loader).getMethod("total").invoke(null);
        } catch (NoClassDefFoundError e) {
            return e.toString();
        }
    }

    /** Asks its parent last; knows no source and no protection domain. Not parallel capable: the JVM locks the loader itself. */
    private static class Plain extends ClassLoader {

        private final URL classes;

        Plain(URL classes, ClassLoader parent) {
            super(parent);
            this.classes = classes;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded == null) {
                    loaded = define(name);
                }
                return loaded == null ? super.loadClass(name, resolve) : loaded;
            }
        }

        final @Nullable Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream file = new URL(classes, name.replace('.', '/') + ".class").openStream()) {
                byte[] bytes = file.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length, null);
            } catch (java.io.FileNotFoundException e) {
                return null;
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    /** Lets threads define the same class at the same time, and takes the one that was first: OSGi's loaders do that. */
    private static final class Unlocked extends Plain {

        static {
            registerAsParallelCapable();
        }

        Unlocked(URL classes, ClassLoader parent) {
            super(classes, parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            Class<?> loaded = findLoadedClass(name);
            try {
                if (loaded == null) {
                    loaded = define(name);
                }
            } catch (LinkageError e) {
                loaded = findLoadedClass(name);
            }
            return loaded == null ? getParent().loadClass(name) : loaded;
        }
    }
}
