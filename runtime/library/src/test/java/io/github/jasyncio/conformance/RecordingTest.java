package io.github.jasyncio.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The traces are what CPython 3.13 logs: records them again and compares.
 *
 * <p>With the interpreter that the environment variable {@code JASYNCIO_PYTHON} names, or with one of this version on the PATH; without
 * either the test is skipped. To write changed traces, run {@code record.py} in the test resources.
 */
class RecordingTest {

    private static final String VARIABLE = "JASYNCIO_PYTHON";
    private static final List<String> NAMES_ON_PATH = List.of("python3.13", "python3", "python");

    @Test
    void cpython_logs_the_recorded_traces() throws Exception {
        Path corpus = corpus();
        long cases = countTraces(corpus);
        String python = python();

        Run check = Run.of(python, corpus.resolve("record.py").toString(), "--check");

        assertThat(check.output()).endsWith(cases + " passed, 0 failed\n");
        assertThat(check.exitStatus()).as(check.output()).isZero();
    }

    private static String python() throws IOException, InterruptedException {
        String chosen = System.getenv(VARIABLE);
        if (chosen != null && !chosen.isEmpty()) {
            return isReference(chosen)
                    ? chosen
                    : fail(
                            "environment variable %s: %s is no CPython 3.13, which the traces are recorded from",
                            VARIABLE, chosen);
        }
        String found = findOnPath();
        return found == null
                ? abort("the recorded traces were not compared with CPython: none of " + NAMES_ON_PATH
                        + " on the PATH is a CPython 3.13; environment variable " + VARIABLE + " can name one")
                : found;
    }

    private static @Nullable String findOnPath() throws IOException, InterruptedException {
        for (String name : NAMES_ON_PATH) {
            if (isReference(name)) {
                return name;
            }
        }
        return null;
    }

    private static boolean isReference(String python) throws IOException, InterruptedException {
        String version = "import sys; print(sys.implementation.name, *sys.version_info[:2])";
        try {
            Run run = Run.of(python, "-c", version);
            // By its end: a launcher may have something to say before. One that finds no such version fails.
            return run.exitStatus() == 0 && run.output().endsWith("cpython 3 13\n");
        } catch (IOException e) {
            return false; // there is no such program
        }
    }

    private static Path corpus() throws URISyntaxException {
        URL script = RecordingTest.class.getResource("/conformance/record.py");
        return script == null
                ? fail("there is no conformance/record.py in the test resources")
                : Path.of(script.toURI()).resolveSibling("");
    }

    private static long countTraces(Path corpus) throws IOException {
        try (Stream<Path> files = Files.list(corpus)) {
            return files.filter(file -> file.toString().endsWith(".trace")).count();
        }
    }

    /** How a program ended, and what it wrote to standard output and standard error. */
    private record Run(int exitStatus, String output) {

        static Run of(String... command) throws IOException, InterruptedException {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            return new Run(process.waitFor(), output.replace("\r\n", "\n"));
        }
    }
}
