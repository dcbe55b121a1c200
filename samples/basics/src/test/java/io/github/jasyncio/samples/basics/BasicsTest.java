package io.github.jasyncio.samples.basics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BasicsTest {

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private int exitCode = -1;

    @Test
    void without_a_name_it_lists_all_programs_and_runs_them() {
        String printed;
        try (CaughtLog log = new CaughtLog("jasyncio")) {
            printed = run();

            assertThat(log.messages()).isNotEmpty();
        }

        assertThat(exitCode).isZero();
        assertThat(printed).startsWith("  coroutine   a coroutine that is made, but does not run\n");
        assertThat(Basics.names())
                .hasSize(15)
                .allSatisfy(name -> assertThat(printed).contains("\n--- " + name + ": "));
        assertThat(printed).endsWith("holding the loop for 30 ms, which is logged\n");
    }

    @Test
    void it_runs_the_programs_that_are_named_and_no_other() {
        String printed = run("timeout", "coroutine");

        assertThat(exitCode).isZero();
        assertThat(printed)
                .startsWith("the answer\n")
                .contains("too slow\ngreet was called, and nothing has run\n")
                .endsWith("calling greet again does: Hello, Ada!\n");
    }

    @Test
    void it_runs_nothing_if_a_name_is_wrong_and_lists_the_right_ones() {
        String printed = run("timeout", "tasks?");

        assertThat(exitCode).isEqualTo(2);
        assertThat(printed).isEmpty();
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("basics: there is no program 'tasks?'; the programs are:")
                .contains("  tasks       coroutines that run together");
    }

    private String run(String... names) {
        PrintStream caughtErr = new PrintStream(err, true, StandardCharsets.UTF_8);
        return StandardOutput.of(() -> exitCode = Basics.run(names, System.out, caughtErr));
    }
}
