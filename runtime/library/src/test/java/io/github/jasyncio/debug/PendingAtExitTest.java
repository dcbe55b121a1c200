package io.github.jasyncio.debug;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** When the JVM ends in debug mode, all pending tasks are named, with where they stand. */
@Timeout(120)
class PendingAtExitTest {

    private static final String PENDING =
            "WARNING: the JVM ends while tasks are pending; nothing more of them will run\n";

    private static Process start(String how) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PendingProgram.class.getName(),
                        how)
                .redirectErrorStream(true)
                .start();
    }

    private static String place(String comment, String method) {
        return "    at " + PendingProgram.class.getName() + "." + method + "(PendingProgram.java:"
                + Sources.line("PendingProgram.java", comment) + ")\n";
    }

    private static String three() {
        String inner = place("inner waits", "inner");
        String outer = inner + place("outer waits", "outer");
        return "  Task 'a' waiting for a future\n" + outer
                + "  Task 'b' waiting for a future\n" + outer
                + "  Task 'c' waiting for a future\n" + inner;
    }

    private static String output(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), UTF_8);
    }

    @Test
    void of_a_loop_that_was_left_open() throws IOException {
        assertThat(output(start("leaves")))
                .startsWith("WARNING: an event loop was never closed, nor its default executor: close() it")
                .contains(PENDING + "Event loop 1, not running: 0 ready, 0 scheduled, 3 tasks, ")
                .endsWith(three())
                .doesNotContain("was destroyed");
    }

    @Test
    void of_a_loop_in_whose_midst_the_jvm_is_ended() throws IOException {
        assertThat(output(start("exits")))
                .startsWith(PENDING + "Event loop 1 on thread 'main': 0 ready, 0 scheduled, 4 tasks, ")
                .contains("at java.lang.System.exit(", "  Task 'Task-1' running\n", place("ends the JVM", "program"))
                .endsWith(three());
    }

    /** On Windows a process is ended without a chance to say anything. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void of_a_loop_whose_jvm_is_terminated() throws IOException {
        Process process = start("waits");
        try (BufferedReader said = process.inputReader(UTF_8)) {
            assertThat(said.readLine()).isEqualTo("ready");
            process.toHandle().destroy(); // which leaves its output open

            assertThat(said.lines().map(line -> line + "\n").reduce("", String::concat))
                    .startsWith(PENDING + "Event loop 1 on thread 'main': 0 ready, 1 scheduled, 4 tasks, ")
                    .contains("  Task 'Task-1' waiting for a\n" + place("the program waits", "program"))
                    .contains("  Task 'a' waiting for a future; awaited by Task-1\n")
                    .contains(three().substring(three().indexOf('\n') + 1));
        }
    }
}
