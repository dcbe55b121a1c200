package io.github.jasyncio.samples.benchmarks.costs;

import io.github.jasyncio.transform.Transformer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import kotlin.Unit;
import kotlinx.coroutines.Job;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A thousand classes go through the transformer in a JVM that has just started, as in a build: none of them async, and all. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class TransformThousand {

    private static final int CLASSES = 1000;

    private List<byte[]> ordinaryClasses;
    private List<byte[]> asyncClasses;

    /** Reads a thousand classes of Kotlin's libraries, and one of ours that is not rewritten yet. */
    @Setup
    public void readClasses() throws IOException, URISyntaxException {
        ordinaryClasses = Stream.concat(classesBeside(Unit.class).stream(), classesBeside(Job.class).stream())
                .limit(CLASSES)
                .toList();
        try (InputStream in = Objects.requireNonNull(NotRewritten.class.getResourceAsStream("NotRewritten.class"))) {
            asyncClasses = Collections.nCopies(CLASSES, in.readAllBytes());
        }
        check(ordinaryClasses.size() == CLASSES, "Kotlin's libraries have only " + ordinaryClasses.size() + " classes");
        check(Transformer.transform(asyncClasses.get(0)).rewritten(), "nothing to rewrite");
    }

    private static List<byte[]> classesBeside(Class<?> type) throws IOException, URISyntaxException {
        Path library =
                Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<byte[]> classes = new ArrayList<>();
        try (JarFile jar = new JarFile(library.toFile())) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                if (entry.getName().endsWith(".class") && !entry.getName().endsWith("module-info.class")) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        classes.add(in.readAllBytes());
                    }
                }
            }
        }
        return classes;
    }

    @Benchmark
    public long noneAsync() {
        return transform(ordinaryClasses);
    }

    @Benchmark
    public long allAsync() {
        return transform(asyncClasses);
    }

    private static long transform(List<byte[]> classes) {
        long bytes = 0;
        for (byte[] classFile : classes) {
            bytes += Transformer.transform(classFile).classFile().length;
        }
        return bytes;
    }

    private static void check(boolean isSo, String otherwise) {
        if (!isSo) {
            throw new IllegalStateException(otherwise);
        }
    }
}
