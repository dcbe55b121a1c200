package io.github.jasyncio.conformance.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Random programs log what was recorded for them on CPython. {@code conformance/random/record.py} in the test resources records. */
class RecordedProgramsTest {

    @TestFactory
    Stream<DynamicTest> logs_what_cpython_logged() throws Exception {
        return recordings().stream()
                .map(recording -> DynamicTest.dynamicTest(
                        "seed " + recording.seed(),
                        () -> assertThat(recording.difference()).isEmpty()));
    }

    @Test
    void all_seeds_are_there() throws Exception {
        assertThat(recordings())
                .extracting(Recording::seed)
                .doesNotHaveDuplicates()
                .hasSize(300);
    }

    @Test
    void another_trace_is_told_with_its_first_line_that_differs() throws Exception {
        Recording recording = recordings().get(0);
        List<String> altered = new ArrayList<>(recording.trace());
        altered.set(2, "0 nobody");

        String difference = new Recording(recording.seed(), recording.program(), altered).difference();

        assertThat(difference)
                .startsWith("seed 0, line 3 of the trace:\n  CPython: 0 nobody\n  Java:    "
                        + recording.trace().get(2) + "\n");
    }

    @Test
    void a_trace_that_goes_on_is_another_one() throws Exception {
        Recording recording = recordings().get(0);
        List<String> longer = new ArrayList<>(recording.trace());
        longer.add("101 more");

        String difference = new Recording(recording.seed(), recording.program(), longer).difference();

        assertThat(difference).contains("  CPython: 101 more\n  Java:    (has ended)\n");
    }

    private static List<Recording> recordings() throws IOException {
        List<Recording> recordings = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder())) {
            for (Path file : files.sorted().toList()) {
                if (file.getFileName().toString().matches("seeds-\\d+\\.txt")) {
                    recordings.addAll(Recording.parse(Files.readAllLines(file)));
                }
            }
        }
        return recordings;
    }

    /** Where the scripts and the recordings are. */
    static Path folder() {
        URL script = RecordedProgramsTest.class.getResource("/conformance/random/record.py");
        if (script == null) {
            return fail("there is no conformance/random/record.py in the test resources");
        }
        try {
            return Path.of(script.toURI()).resolveSibling("");
        } catch (URISyntaxException e) {
            throw new IllegalStateException(script.toString(), e);
        }
    }
}
