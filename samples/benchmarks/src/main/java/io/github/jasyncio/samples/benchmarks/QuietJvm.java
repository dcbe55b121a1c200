package io.github.jasyncio.samples.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Keeps a newer Java from warning, in the middle of the tables and once for each fork, of what JMH does inside. */
final class QuietJvm {

    private static final String OPTION = "--sun-misc-unsafe-memory-access=allow";

    private static final Map<String, List<String>> OPTIONS = new ConcurrentHashMap<>();

    private QuietJvm() {}

    /**
     * The options for a JVM.
     *
     * @param java its command; null for the one that runs this
     */
    static List<String> options(@Nullable String java) {
        String command = java == null
                ? Path.of(System.getProperty("java.home"), "bin", "java").toString()
                : java;
        return OPTIONS.computeIfAbsent(command, c -> knowsOption(c) ? List.of(OPTION) : List.of());
    }

    private static boolean knowsOption(String java) {
        try {
            Process process = new ProcessBuilder(java, OPTION, "-version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false; // JMH will say so
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
