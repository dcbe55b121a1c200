package io.github.jasyncio.signals;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.Asyncio;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.KeyboardInterrupt;
import io.github.jasyncio.Runner;
import io.github.jasyncio.Task;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code docker stop} does: SIGTERM, sent to a process. */
class SigtermTest {

    private static final int TERMINATED = 143;

    private static final List<String> CLEANED_UP = List.of(
            "main is cancelled",
            "main has cleaned up",
            "the other task has cleaned up",
            "the main thread has cleaned up");

    /** How a program is started, and ended. */
    private record Ended(int exitCode, List<String> lines) {}

    @BeforeEach
    void assume_that_signals_can_be_sent() {
        assumeThat(ProcessHandle.current().supportsNormalTermination()).isTrue();
    }

    @Test
    void without_the_option_it_ends_the_program_as_always() throws Exception {
        assertThat(end(List.of(), Server.class, 1)).isEqualTo(new Ended(TERMINATED, List.of()));
    }

    @ParameterizedTest
    @ValueSource(classes = {Server.class, AsyncServer.class})
    void it_cancels_main_and_all_finally_blocks_run(Class<?> program) throws Exception {
        List<String> cleanedUp = program == Server.class ? CLEANED_UP : CLEANED_UP.subList(0, 3);

        assertThat(end(List.of("-Djasyncio.sigterm=cancel"), program, 1)).isEqualTo(new Ended(TERMINATED, cleanedUp));
    }

    @Test
    void a_runner_may_ask_for_it() throws Exception {
        assertThat(end(List.of(), Asking.class, 1)).isEqualTo(new Ended(TERMINATED, CLEANED_UP));
    }

    @Test
    void the_environment_may_ask_for_it() throws Exception {
        assertThat(endWith(builder(List.of(), Server.class), 1)).isEqualTo(new Ended(TERMINATED, List.of()));
        ProcessBuilder builder = builder(List.of(), Server.class);
        builder.environment().put("JASYNCIO_SIGTERM", "cancel");

        assertThat(endWith(builder, 1)).isEqualTo(new Ended(TERMINATED, CLEANED_UP));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jasyncio.sigterm=cancle", "jasyncio.sigterm=1"})
    void what_is_misspelt_is_said_once(String option) throws Exception {
        Ended ended = end(List.of("-D" + option), Twice.class, 1);

        assertThat(ended.exitCode()).isEqualTo(TERMINATED);
        assertThat(ended.lines())
                .filteredOn(line -> line.contains("is not understood"))
                .singleElement()
                .asString()
                .endsWith("-D" + option
                        + " is not understood and means nothing: known are cancel (on), and the empty text (off)");
    }

    @Test
    void threads_that_go_on_do_not_keep_the_program() throws Exception {
        assertThat(end(List.of("-Djasyncio.sigterm=cancel"), WithThread.class, 1))
                .isEqualTo(new Ended(TERMINATED, CLEANED_UP));
    }

    @Test
    void main_may_look_at_why_it_was_stopped_and_ends_the_same() throws Exception {
        assertThat(end(List.of("-Djasyncio.sigterm=cancel"), Catching.class, 1))
                .isEqualTo(new Ended(TERMINATED, List.of("caught io.github.jasyncio.KeyboardInterrupt: SIGTERM")));
    }

    @Test
    void a_failure_of_the_cleaning_up_is_reported_and_the_exit_code_stays() throws Exception {
        Ended ended = end(List.of("-Djasyncio.sigterm=cancel"), FailingToCleanUp.class, 1);

        assertThat(ended.exitCode()).isEqualTo(TERMINATED);
        assertThat(ended.lines())
                .contains("Exception in thread \"main\" java.lang.IllegalStateException: cannot clean up");
    }

    @Test
    void the_second_one_leaves_a_coroutine_that_does_not_want_to_end() throws Exception {
        assertThat(end(List.of("-Djasyncio.sigterm=cancel"), Stubborn.class, 2))
                .isEqualTo(new Ended(TERMINATED, List.of("does not want to", "the main thread has cleaned up")));
    }

    @Test
    void where_it_cannot_be_caught_a_warning_says_why() throws Exception {
        Ended ended = end(List.of("-Djasyncio.sigterm=cancel", "-Xrs"), Server.class, 1);

        assertThat(ended.lines())
                .anySatisfy(line -> assertThat(line)
                        .contains("SIGTERM ends this program as it always did: signal TERM cannot be caught"));
    }

    private static Ended end(List<String> options, Class<?> program, int signals) throws Exception {
        return endWith(builder(options, program), signals);
    }

    private static ProcessBuilder builder(List<String> options, Class<?> program) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("JASYNCIO_SIGTERM", "JAVA_TOOL_OPTIONS"));
        return builder;
    }

    /** Sends a signal each time that the program says that it is ready; the rest of what it says is in the answer. */
    private static Ended endWith(ProcessBuilder builder, int signals) throws IOException, InterruptedException {
        Process process = builder.start();
        List<String> lines = new ArrayList<>();
        int sent = 0;
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.equals("ready") && sent < signals) {
                    sent++;
                    process.toHandle().destroy(); // SIGTERM, and the streams stay open
                } else {
                    lines.add(line);
                }
            }
            return new Ended(process.waitFor(), lines);
        } finally {
            process.destroyForcibly();
        }
    }

    // ------------------------------------------------------------------------------------------------ programs

    private static void say(String text) {
        System.out.println(text);
    }

    @Async
    private static Coroutine<Void> other() {
        try {
            await(sleep(Duration.ofHours(1)));
        } finally {
            await(sleep(Duration.ofMillis(1)));
            say("the other task has cleaned up");
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> serve() {
        Task<Void> other = createTask(other());
        await(sleep(Duration.ZERO));
        try {
            say("ready");
            await(sleep(Duration.ofHours(1)));
        } catch (CancelledError e) {
            say("main is cancelled");
            throw e;
        } finally {
            await(sleep(Duration.ofMillis(1)));
            say("main has cleaned up");
        }
        await(other);
        return Coroutine.done();
    }

    static final class Server {
        public static void main(String[] arguments) {
            try {
                Asyncio.run(serve());
            } finally {
                say("the main thread has cleaned up");
            }
        }
    }

    static final class Twice {
        public static void main(String[] arguments) {
            Asyncio.run(Coroutine.done());
            Asyncio.run(serve());
        }
    }

    static final class AsyncServer {
        @Async
        public static void main(String[] arguments) {
            await(serve());
        }
    }

    static final class Asking {
        public static void main(String[] arguments) {
            try (Runner runner = Runner.builder().cancelOnSigterm(true).build()) {
                runner.run(serve());
            } finally {
                say("the main thread has cleaned up");
            }
        }
    }

    static final class WithThread {
        public static void main(String[] arguments) {
            new Thread(() -> {
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    })
                    .start();
            Server.main(arguments);
        }
    }

    static final class Catching {
        @Async
        private static Coroutine<Void> waitLong() {
            say("ready");
            await(sleep(Duration.ofHours(1)));
            return Coroutine.done();
        }

        public static void main(String[] arguments) {
            try {
                Asyncio.run(waitLong());
            } catch (KeyboardInterrupt e) {
                say("caught " + e);
            }
        }
    }

    static final class FailingToCleanUp {
        @Async
        public static void main(String[] arguments) {
            try {
                say("ready");
                await(sleep(Duration.ofHours(1)));
            } catch (CancelledError e) {
                throw new IllegalStateException("cannot clean up", e);
            }
        }
    }

    static final class Stubborn {
        @Async
        private static Coroutine<Void> stay() {
            boolean again = false;
            while (true) {
                try {
                    say("ready");
                    await(sleep(Duration.ofHours(1)));
                } catch (CancelledError e) {
                    if (again) {
                        throw e; // by the runner, when it is left
                    }
                    again = true;
                    say("does not want to");
                }
            }
        }

        public static void main(String[] arguments) {
            try {
                Asyncio.run(stay());
            } finally {
                say("the main thread has cleaned up");
            }
        }
    }
}
