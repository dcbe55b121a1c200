package io.github.jasyncio.transform.injection;

import io.github.jasyncio.transform.Diagnostic;
import io.github.jasyncio.transform.FrameClass;
import io.github.jasyncio.transform.Result;
import io.github.jasyncio.transform.Severity;
import io.github.jasyncio.transform.Transformer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Loads one package tree anew, child first, its classes with awaits injected and rewritten; everything else comes from the parent. */
final class InjectedLoader extends ClassLoader {

    private final String prefix;
    private final @Nullable AwaitInjector injector;
    private final Set<String> inject = new HashSet<>();
    private final List<String> refused = new ArrayList<>();

    /**
     * Makes a loader of the classes whose names begin with {@code prefix}.
     *
     * @param injector null to load them as they are
     * @param library the jar whose classes get awaits; others (its tests) are loaded as they are
     */
    InjectedLoader(String prefix, @Nullable AwaitInjector injector, URL library) {
        super(InjectedLoader.class.getClassLoader());
        this.prefix = prefix;
        this.injector = injector;
        this.inject.add(library.getPath());
    }

    /** Errors of the transformer. */
    List<String> refused() {
        return refused;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(prefix)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        String path = name.replace('.', '/') + ".class";
        URL resource = getParent().getResource(path);
        if (resource == null) {
            throw new ClassNotFoundException(name);
        }
        byte[] classFile;
        try (InputStream in = resource.openStream()) {
            classFile = in.readAllBytes();
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
        AwaitInjector injector = this.injector;
        boolean isLibrary = inject.stream().anyMatch(jar -> resource.getPath().contains(jar));
        if (injector != null && isLibrary) {
            Result result = Transformer.transform(injector.inject(classFile));
            for (Diagnostic diagnostic : result.diagnostics()) {
                if (diagnostic.severity() == Severity.ERROR) {
                    refused.add(diagnostic.toString());
                }
            }
            for (FrameClass frame : result.frameClasses()) {
                defineClass(frame.className(), frame.classFile(), 0, frame.classFile().length);
            }
            classFile = result.classFile();
        }
        return defineClass(name, classFile, 0, classFile.length);
    }
}
