package io.github.jasyncio.process;

import static io.github.jasyncio.Asyncio.*;
import static io.github.jasyncio.process.Subprocesses.createSubprocessExec;
import static io.github.jasyncio.process.Subprocesses.createSubprocessShell;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncTimeoutException;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;
import io.github.jasyncio.net.StreamReader;
import io.github.jasyncio.net.StreamWriter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Semantics: {@code test_asyncio.test_subprocess}; and nothing is left of any process: no descriptor, no thread, no child. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs cat, sh and kill")
class ProcessTest {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private List<String> pipesBefore = List.of();

    @BeforeEach
    void countWhatThereIs() throws Exception {
        run(createSubprocessExec("true")); // what the JDK opens once
        awaitNoPipes();
        pipesBefore = pipes();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        awaitNoPipes();
        // The JDK closes what it has of a process that has ended, too, on a thread of its own.
        for (int tries = 0; !pipesBefore.containsAll(pipes()) && tries < 1000; tries++) {
            Thread.sleep(10);
        }
        assertThat(pipes()).isSubsetOf(pipesBefore);
        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    /** The ends of pipes that are open here. */
    private static List<String> pipes() throws IOException {
        if (!Files.isDirectory(DESCRIPTORS)) {
            return List.of();
        }
        try (Stream<Path> links = Files.list(DESCRIPTORS)) {
            return links.map(ProcessTest::target)
                    .filter(target -> target.startsWith("pipe:"))
                    .sorted()
                    .toList();
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "closed meanwhile";
        }
    }

    /** The threads of the pipes end by themselves, a moment after their pipes. */
    private static void awaitNoPipes() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("jasyncio-pipe-")) {
                thread.join(20_000);
                assertThat(thread.isAlive()).as(thread.getName()).isFalse();
            }
        }
    }

    private static <T> T present(@Nullable T value) {
        return Objects.requireNonNull(value);
    }

    // ------------------------------------------------------------------------------------------------ talking

    @Test
    void what_it_says_and_its_exit_code_come_back() {
        run(async(() -> {
            Process process = await(createSubprocessShell("echo out; echo err >&2; exit 7"));
            Communication said = await(process.communicate());
            assertThat(said.stdout(US_ASCII)).isEqualTo("out\n");
            assertThat(said.stderr(US_ASCII)).isEqualTo("err\n");
            assertThat(process.returncode()).isEqualTo(7);
            assertThat(await(process.waitFor())).isEqualTo(7);
            assertThat(process).hasToString("<Process " + process.pid() + " returncode=7>");
            return Coroutine.done();
        }));
    }

    @Test
    void ten_megabytes_go_both_ways_at_once() {
        byte[] data = new byte[10_000_000];
        new Random(1).nextBytes(data);

        run(async(() -> {
            Process cat = await(createSubprocessExec("cat"));
            Communication said = await(cat.communicate(data));
            assertThat(Arrays.equals(said.stdout(), data)).isTrue();
            assertThat(cat.returncode()).isZero();
            return Coroutine.done();
        }));
    }

    @Test
    void a_conversation_line_by_line() {
        run(async(() -> {
            Process cat = await(createSubprocessExec("cat"));
            StreamWriter in = present(cat.stdin());
            StreamReader out = present(cat.stdout());
            for (int i = 0; i < 100; i++) {
                in.write("line " + i + "\n", US_ASCII);
                await(in.drain());
                assertThat(new String(await(out.readline()), US_ASCII)).isEqualTo("line " + i + "\n");
            }
            in.close();
            await(in.waitClosed());
            assertThat(await(out.read())).isEmpty();
            assertThat(await(cat.waitFor())).isZero();
            return Coroutine.done();
        }));
    }

    @Test
    void who_writes_more_than_the_program_reads_is_held_up() {
        run(async(() -> {
            Process sleeper = await(createSubprocessExec("sleep", "1000"));
            StreamWriter in = present(sleeper.stdin());
            in.write(new byte[1_000_000]);
            boolean isTimedOut = false;
            try {
                await(waitFor(in.drain(), Duration.ofMillis(50)));
            } catch (AsyncTimeoutException e) {
                isTimedOut = true;
            }
            assertThat(isTimedOut).isTrue();
            sleeper.kill();
            assertThat(await(sleeper.waitFor())).isEqualTo(137);
            return Coroutine.done();
        }));
    }

    @Test
    void a_program_that_closes_its_pipes_early_is_no_failure() {
        run(async(() -> {
            Process process = await(createSubprocessShell("exec <&- >&- 2>&-; sleep 0.1; exit 3"));
            Communication said = await(process.communicate(new byte[1_000_000]));
            assertThat(said.stdout()).isEmpty();
            assertThat(process.returncode()).isEqualTo(3);

            Process head = await(createSubprocessExec("head", "-c", "1"));
            assertThat(await(head.communicate(new byte[10_000_000])).stdout()).hasSize(1);
            return Coroutine.done();
        }));
    }

    @Test
    void no_input_is_an_input_that_ends() {
        run(async(() -> {
            Process cat = await(createSubprocessExec("cat"));
            assertThat(await(cat.communicate(new byte[0])).stdout()).isEmpty();
            assertThat(cat.returncode()).isZero();
            return Coroutine.done();
        }));
    }

    /** Another program that is started meanwhile must not hold the end of the pipe that is closed here. */
    @Test
    void one_program_does_not_keep_another_ones_input_open() {
        run(async(() -> {
            Process cat = await(createSubprocessExec("cat"));
            Process sleeper = await(createSubprocessExec("sleep", "1000"));
            present(cat.stdin()).close();
            assertThat(await(cat.waitFor())).isZero();
            sleeper.kill();
            await(sleeper.waitFor());
            return Coroutine.done();
        }));
    }

    @Test
    void a_program_is_held_up_while_what_it_says_is_not_read() {
        int much = 10_000_000;
        run(async(() -> {
            Process process = await(createSubprocessExec("head", "-c", String.valueOf(much), "/dev/zero"));
            StreamReader out = present(process.stdout());
            await(sleep(Duration.ofMillis(50)));
            // Twice the limit, and what is read at once.
            assertThat(buffered(out)).isLessThan(3 * 64 * 1024 + 64 * 1024);
            assertThat(process.returncode()).isNull();

            assertThat(await(out.readexactly(much))).hasSize(much);
            assertThat(await(process.waitFor())).isZero();
            return Coroutine.done();
        }));
    }

    private static int buffered(StreamReader reader) {
        String text = reader.toString();
        return text.contains(" bytes") ? Integer.parseInt(text.replaceFirst(".* (\\d+) bytes.*", "$1")) : 0;
    }

    // ------------------------------------------------------------------------------------------------ options

    @Test
    void its_streams_go_where_the_options_say(@TempDir Path directory) {
        File file = directory.resolve("out.txt").toFile();
        run(async(() -> {
            Process merged = await(
                    createSubprocessShell(ProcessOptions.DEFAULTS.withStderrToStdout(), "echo one; echo two >&2"));
            Communication both = await(merged.communicate());
            assertThat(both.stdout(US_ASCII)).isEqualTo("one\ntwo\n");
            assertThat(both.stderr()).isNull();
            assertThat(merged.stderr()).isNull();

            Process nothing = await(createSubprocessExec(
                    ProcessOptions.DEFAULTS.withStdin(ProcessOptions.DEVNULL).withStdout(ProcessOptions.DEVNULL),
                    "cat"));
            assertThat(nothing.stdin()).isNull();
            assertThat(await(nothing.communicate()).stdout()).isNull();

            Process silent = await(createSubprocessShell(
                    ProcessOptions.DEFAULTS.withStderr(ProcessOptions.DEVNULL), "echo one; echo two >&2"));
            Communication half = await(silent.communicate());
            assertThat(half.stdout(US_ASCII)).isEqualTo("one\n");
            assertThat(half.stderr()).isNull();

            Process toFile = await(createSubprocessExec(
                    ProcessOptions.DEFAULTS.withStdout(ProcessBuilder.Redirect.to(file)), "echo", "into a file"));
            await(toFile.waitFor());
            assertThat(file).hasContent("into a file\n");
            return Coroutine.done();
        }));
    }

    @Test
    void directory_and_environment_are_those_of_the_options(@TempDir Path directory) throws IOException {
        Path real = directory.toRealPath();
        run(async(() -> {
            Process pwd = await(createSubprocessExec(ProcessOptions.DEFAULTS.withDirectory(real), "pwd"));
            assertThat(await(pwd.communicate()).stdout(US_ASCII)).isEqualTo(real + "\n");

            Process more = await(createSubprocessShell(
                    ProcessOptions.DEFAULTS.withVariable("GREETING", "hello"), "echo $GREETING ${PATH:+path}"));
            assertThat(await(more.communicate()).stdout(US_ASCII)).isEqualTo("hello path\n");

            Process only = await(
                    createSubprocessExec(ProcessOptions.DEFAULTS.withEnvironment(Map.of("A", "b")), "/usr/bin/env"));
            assertThat(await(only.communicate()).stdout(US_ASCII)).isEqualTo("A=b\n");
            return Coroutine.done();
        }));
    }

    @Test
    void a_program_that_does_not_exist_is_named() {
        assertThatThrownBy(() -> run(createSubprocessExec("no-such-program-anywhere")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no-such-program-anywhere");
    }

    // ------------------------------------------------------------------------------------------------ ending

    @Test
    void signals_end_it() {
        run(async(() -> {
            Process terminated = await(createSubprocessExec("sleep", "1000"));
            assertThat(terminated.returncode()).isNull();
            terminated.terminate();
            assertThat(await(terminated.waitFor())).isEqualTo(143);

            Process interrupted = await(createSubprocessExec("sleep", "1000"));
            interrupted.sendSignal(2);
            assertThat(await(interrupted.waitFor())).isEqualTo(130);

            interrupted.kill(); // has ended: nothing happens
            return Coroutine.done();
        }));
    }

    @ParameterizedTest
    @ValueSource(ints = {999, 65, -1, -5, Integer.MIN_VALUE})
    void what_is_no_signal_is_refused(int signal) {
        run(async(() -> {
            Process sleeper = await(createSubprocessExec("sleep", "1000"));
            assertThatThrownBy(() -> sleeper.sendSignal(signal))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("sendSignal(" + signal + "): a signal's number was expected, from 0 to 64");
            sleeper.sendSignal(0); // none
            assertThat(sleeper.returncode()).isNull();
            sleeper.kill();
            assertThat(await(sleeper.waitFor())).isEqualTo(137);
            return Coroutine.done();
        }));
    }

    @Test
    void a_signal_that_the_system_does_not_send_is_told() {
        run(async(() -> {
            Process sleeper = await(createSubprocessExec("sleep", "1000"));
            assertThatThrownBy(() -> sleeper.sendByCommand("false", 2)) // as kill does where it may not
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("could not be sent to " + sleeper + ": false -2 ended with 1");
            assertThatThrownBy(() -> sleeper.sendByCommand("no-such-program-anywhere", 2))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("no command no-such-program-anywhere");
            sleeper.kill();
            assertThat(await(sleeper.waitFor())).isEqualTo(137);
            sleeper.sendByCommand("false", 2); // nothing is left to be told
            return Coroutine.done();
        }));
    }

    @Test
    void what_it_said_is_shown_by_its_length() {
        run(async(() -> {
            Process echo =
                    await(createSubprocessExec(ProcessOptions.DEFAULTS.withStderr(Redirect.DISCARD), "echo", "hello"));
            assertThat(await(echo.communicate())).hasToString("<Communication stdout=6 bytes, stderr=no pipe>");
            return Coroutine.done();
        }));
    }

    @Test
    void one_that_ignores_to_be_terminated_is_killed() {
        run(async(() -> {
            Process stubborn = await(createSubprocessShell("trap '' TERM; echo ready; while :; do sleep 0.05; done"));
            await(present(stubborn.stdout()).readline());
            stubborn.terminate();
            boolean isTimedOut = false;
            try {
                await(waitFor(stubborn.waitFor(), Duration.ofMillis(200)));
            } catch (AsyncTimeoutException e) {
                isTimedOut = true;
            }
            assertThat(isTimedOut).isTrue();
            stubborn.kill();
            assertThat(await(stubborn.waitFor())).isEqualTo(137);
            return Coroutine.done();
        }));
    }

    @Test
    void who_is_cancelled_while_communicating_may_kill_it_and_wait() {
        run(async(() -> {
            Process sleeper = await(createSubprocessExec("sleep", "1000"));
            Task<Communication> talk = createTask(sleeper.communicate(new byte[1_000_000]));
            await(sleep(Duration.ofMillis(20)));
            talk.cancel();
            boolean isCancelled = false;
            try {
                await(talk);
            } catch (CancelledError e) {
                isCancelled = true;
            }
            assertThat(isCancelled).isTrue();
            sleeper.kill();
            assertThat(await(sleeper.waitFor())).isEqualTo(137);
            return Coroutine.done();
        }));
    }

    @Test
    void several_may_wait_and_one_that_is_cancelled_bothers_no_other() {
        run(async(() -> {
            Process sleeper = await(createSubprocessExec("sleep", "1000"));
            Task<Integer> first = createTask(sleeper.waitFor());
            Task<Integer> cancelled = createTask(sleeper.waitFor());
            Task<Integer> last = createTask(sleeper.waitFor());
            await(sleep(Duration.ZERO));
            cancelled.cancel();
            sleeper.kill();

            assertThat(await(gather(first, last))).containsExactly(137, 137);
            assertThat(cancelled.isCancelled()).isTrue();
            return Coroutine.done();
        }));
    }

    @Test
    void who_gives_up_reading_may_read_on() {
        run(async(() -> {
            Process cat = await(createSubprocessExec("cat"));
            StreamWriter in = present(cat.stdin());
            StreamReader out = present(cat.stdout());
            for (int i = 0; i < 3; i++) {
                boolean isTimedOut = false;
                try {
                    await(waitFor(out.readline(), Duration.ofMillis(5)));
                } catch (AsyncTimeoutException e) {
                    isTimedOut = true;
                }
                assertThat(isTimedOut).isTrue();
            }
            in.write("late\n", US_ASCII);
            assertThat(new String(await(out.readline()), US_ASCII)).isEqualTo("late\n");
            in.close();
            assertThat(await(cat.waitFor())).isZero();
            return Coroutine.done();
        }));
    }

    @Test
    void what_it_has_written_before_its_end_is_read_after_it() {
        run(async(() -> {
            Process process = await(createSubprocessShell("echo a; echo b"));
            await(process.waitFor());
            await(sleep(Duration.ofMillis(20)));
            assertThat(new String(await(present(process.stdout()).read()), US_ASCII))
                    .isEqualTo("a\nb\n");
            return Coroutine.done();
        }));
    }

    @Test
    void two_hundred_at_once() {
        List<String> said = run(async(() -> {
            List<Coroutine<String>> all = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                all.add(echo(i));
            }
            return Coroutine.of(await(gather(all)));
        }));

        assertThat(said).hasSize(200);
        assertThat(said.get(199)).isEqualTo("number 199");
    }

    @Async
    private static Coroutine<String> echo(int number) throws IOException {
        Process process = await(createSubprocessExec("cat"));
        Communication said = await(process.communicate(("number " + number).getBytes(US_ASCII)));
        return Coroutine.of(said.stdout(US_ASCII));
    }

    @Test
    void a_loop_that_ends_before_the_process_leaves_it_running_and_loses_nothing_of_ours() throws Exception {
        Process left = run(createSubprocessExec("sleep", "1000"));

        ProcessHandle.of(left.pid()).orElseThrow().destroyForcibly();
        ProcessHandle.of(left.pid()).ifPresent(handle -> handle.onExit().join());
        assertThat(left.returncode()).isNull();
    }
}
