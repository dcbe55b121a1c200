package io.github.jasyncio.conformance.random;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.conformance.Python;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Random programs log the same in Java as on a CPython 3.13 of this machine; skipped where no {@link Python} is found.
 *
 * <p>How many, and from which seed on, the system properties {@code jasyncio.random.count} and {@code jasyncio.random.first} say:
 *
 * <pre>mvn verify -Djasyncio.random.first=50000 -Djasyncio.random.count=5000</pre>
 *
 * <p>Unless told otherwise just a few, to see that the scripts work.
 */
class LiveProgramsTest {

    private static final int FIRST = Integer.getInteger("jasyncio.random.first", 1000);
    private static final int COUNT = Integer.getInteger("jasyncio.random.count", 20);

    /** What one run of the interpreter makes: it keeps the programs that have not ended. */
    private static final int AT_ONCE = 1000;

    private final String script =
            RecordedProgramsTest.folder().resolve("record.py").toString();

    @Test
    void cpython_logs_the_recorded_traces() throws Exception {
        Python python = Python.findOrSkip();

        Python.Run check = python.run(script, "--check");

        assertThat(check.output()).isEqualTo("300 of 300 as recorded, 0 changed\n");
        assertThat(check.exitStatus()).isZero();
    }

    @Test
    void further_programs_log_the_same_in_both_languages() throws Exception {
        Python python = Python.findOrSkip();

        List<String> differences = new ArrayList<>();
        for (int done = 0; done < COUNT; done += AT_ONCE) {
            differences.addAll(differences(python, FIRST + done, Math.min(AT_ONCE, COUNT - done)));
        }

        assertThat(differences).isEmpty();
    }

    private List<String> differences(Python python, int first, int count) throws Exception {
        Python.Run run = python.run(script, "--print", Integer.toString(first), Integer.toString(count));
        assertThat(run.exitStatus()).as(run.output()).isZero();
        List<Recording> recordings = Recording.parse(run.output().lines().toList());
        assertThat(recordings).hasSize(count);
        return recordings.stream()
                .map(Recording::difference)
                .filter(difference -> !difference.isEmpty())
                .toList();
    }
}
