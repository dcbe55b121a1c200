package io.github.jasyncio.signals;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.jasyncio.Async;
import io.github.jasyncio.KeyboardInterrupt;
import io.github.jasyncio.internal.signals.OsSignal;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Ctrl-C, sent to a process whose {@code main} is async. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs the command kill")
class InterruptedMainTest {

    private record Ended(int exitCode, List<String> lines) {}

    @Test
    void its_exit_code_is_what_shells_expect() throws Exception {
        Ended ended = interrupt(Main.class);

        assertThat(ended.exitCode()).isEqualTo(130);
        assertThat(ended.lines())
                .startsWith(
                        "main has cleaned up",
                        "Exception in thread \"main\" io.github.jasyncio.KeyboardInterrupt: Ctrl-C");
    }

    @Test
    void finally_blocks_around_it_run_before() throws Exception {
        Ended ended = interrupt(Around.class);

        assertThat(ended.exitCode()).isEqualTo(130);
        assertThat(ended.lines()).startsWith("main has cleaned up", "so has who called it");
    }

    @Test
    void who_catches_it_decides() throws Exception {
        assertThat(interrupt(Catching.class)).isEqualTo(new Ended(0, List.of("main has cleaned up", "caught")));
    }

    @Test
    void another_failure_after_it_is_one() throws Exception {
        assertThat(interrupt(Failing.class).exitCode()).isEqualTo(1);
    }

    private static Ended interrupt(Class<?> program) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName())
                .redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("JASYNCIO_DEBUG", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        Process process = builder.start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String first = out.readLine();
            assumeFalse("deaf".equals(first), "whoever started this build lets all its processes ignore Ctrl-C");
            assertThat(first).isEqualTo("ready");
            Process kill = new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
            assertThat(kill.waitFor()).isZero();
            List<String> lines = new ArrayList<>();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(line);
            }
            return new Ended(process.waitFor(), lines);
        } finally {
            process.destroyForcibly();
        }
    }

    // ------------------------------------------------------------------------------------------------ programs

    static final class Main {
        /** Asked before a runner sets its own handler. */
        private static final boolean IS_DEAF = isDeaf();

        private static boolean isDeaf() {
            try (OsSignal signal = OsSignal.install("INT", () -> {})) {
                return !signal.wasTheJvms();
            }
        }

        @Async
        public static void main(String[] arguments) {
            if (IS_DEAF) {
                System.out.println("deaf");
                return;
            }
            try {
                System.out.println("ready");
                await(sleep(Duration.ofHours(1)));
            } finally {
                await(sleep(Duration.ofMillis(1)));
                System.out.println("main has cleaned up");
            }
        }
    }

    static final class Around {
        public static void main(String[] arguments) {
            try {
                Main.main(arguments);
            } finally {
                System.out.println("so has who called it");
            }
        }
    }

    static final class Catching {
        public static void main(String[] arguments) {
            try {
                Main.main(arguments);
            } catch (KeyboardInterrupt e) {
                System.out.println("caught");
            }
        }
    }

    static final class Failing {
        public static void main(String[] arguments) {
            try {
                Main.main(arguments);
            } catch (KeyboardInterrupt e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
