package io.github.jasyncio.agent.javac;

import com.sun.source.util.JavacTask;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;
import javax.annotation.processing.ProcessingEnvironment;

/**
 * The compilations that have the plugin: where {@link HandOverProcessor}, which javac makes by itself, finds the one it belongs to.
 *
 * <p>Thread-safe: build tools compile many modules at once, with one class loader for the plugin. Keeps nothing alive.
 */
final class Compilations {

    private static final Map<JavacTask, WeakReference<Compilation>> BY_TASK = new WeakHashMap<>();

    private Compilations() {}

    static void add(JavacTask task, Compilation compilation) {
        synchronized (BY_TASK) {
            BY_TASK.put(task, new WeakReference<>(compilation));
        }
    }

    static void handOver(JavacTask task, ProcessingEnvironment environment) {
        WeakReference<Compilation> reference;
        synchronized (BY_TASK) {
            reference = BY_TASK.get(task);
        }
        Compilation compilation = reference == null ? null : reference.get();
        if (compilation != null) {
            compilation.takeOver(environment);
        }
    }
}
