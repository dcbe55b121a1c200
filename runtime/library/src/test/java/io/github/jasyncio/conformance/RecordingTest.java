package io.github.jasyncio.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The traces are what CPython 3.13 logs: records them again and compares.
 *
 * <p>Skipped where no {@link Python} is found. To write changed traces, run {@code record.py} in the test resources.
 */
class RecordingTest {

    @Test
    void cpython_logs_the_recorded_traces() throws Exception {
        Path corpus = corpus();
        long cases = countTraces(corpus);
        Python python = Python.findOrSkip();

        Python.Run check = python.run(corpus.resolve("record.py").toString(), "--check");

        assertThat(check.output()).endsWith(cases + " passed, 0 failed\n");
        assertThat(check.exitStatus()).as(check.output()).isZero();
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
}
