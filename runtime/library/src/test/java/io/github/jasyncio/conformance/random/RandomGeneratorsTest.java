package io.github.jasyncio.conformance.random;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.conformance.Python;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Random programs of async generators log what CPython logs for them: several tasks ask, send, throw, close and cancel, generators ask each other and
 * themselves, and emit, wait and fail in every part of their try statements.
 *
 * <p>Each build runs those of the first {@value #RECORDED} seeds, whose traces are recorded, and some more if it finds a CPython 3.13. How many, and from which
 * seed on, the system properties {@code jasyncio.random.count} and {@code jasyncio.random.first} say.
 */
class RandomGeneratorsTest {

    private static final int RECORDED = 150;
    private static final int FIRST = Integer.getInteger("jasyncio.random.first", 1000);
    private static final int COUNT = Integer.getInteger("jasyncio.random.count", 50);

    private static final Path FOLDER = RecordedProgramsTest.folder().resolveSibling("generators");
    private static final String SCRIPT = FOLDER.resolve("programs.py").toString();
    private static final Path TRACES = FOLDER.resolve("seeds.txt");

    @Test
    void they_log_what_was_recorded() throws Exception {
        List<Recording> recordings = Recording.parse(Files.readAllLines(TRACES));

        assertThat(recordings).hasSize(RECORDED);
        assertThat(differences(recordings)).isEmpty();
    }

    @Test
    void cpython_logs_so_too() throws Exception {
        Python.Run check = Python.findOrSkip().run(SCRIPT, "0", "" + RECORDED, "--check", TRACES.toString());

        assertThat(check.output()).isEqualTo("as recorded\n");
        assertThat(check.exitStatus()).isZero();
    }

    @Test
    void further_programs_log_the_same_in_both_languages() throws Exception {
        Python.Run run = Python.findOrSkip().run(SCRIPT, "" + FIRST, "" + COUNT);
        assertThat(run.exitStatus()).as(run.output()).isZero();
        List<Recording> recordings = Recording.parse(run.output().lines().toList());

        assertThat(recordings).hasSize(COUNT);
        assertThat(differences(recordings)).isEmpty();
    }

    private static List<String> differences(List<Recording> recordings) {
        return recordings.stream()
                .map(recording -> recording.difference(GeneratorWorld::run))
                .filter(difference -> !difference.isEmpty())
                .toList();
    }
}
