package io.github.jasyncio.process;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.gather;
import static io.github.jasyncio.Asyncio.getRunningLoop;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import io.github.jasyncio.net.Net;
import io.github.jasyncio.net.StreamReader;
import io.github.jasyncio.net.StreamWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A program that was started.
 *
 * <p>Semantics: {@code asyncio.subprocess.Process}. Loop-confined. It runs on if nobody waits for it, also when its loop is closed; whoever cancels what
 * waits for it may {@link #kill} it and wait again.
 */
@SuppressWarnings("JavaLangClash") // asyncio's name
public final class Process {

    private static final int SIGTERM = 15;
    private static final int SIGKILL = 9;

    /** No system that Java runs on has more. */
    private static final int HIGHEST_SIGNAL = 64;

    private final EventLoop loop;
    private final java.lang.Process process;
    private final @Nullable StreamWriter stdin;
    private final @Nullable StreamReader stdout;
    private final @Nullable StreamReader stderr;
    private final Deque<Future<Integer>> waiters = new ArrayDeque<>();

    // null --the system says that it has ended--> its exit code
    private @Nullable Integer returncode;

    private Process(EventLoop loop, java.lang.Process process, ProcessOptions options) {
        this.loop = loop;
        this.process = process;
        this.stdin = options.stdin().equals(Redirect.PIPE) ? Net.writerOf(process.getOutputStream()) : null;
        this.stdout =
                options.stdout().equals(Redirect.PIPE) ? Net.readerOf(process.getInputStream(), options.limit()) : null;
        this.stderr =
                Redirect.PIPE.equals(options.stderr()) ? Net.readerOf(process.getErrorStream(), options.limit()) : null;
    }

    static Process start(ProcessOptions options, List<String> command) throws IOException {
        EventLoop loop = getRunningLoop();
        java.lang.Process started = launch(options, command);
        Process process = new Process(loop, started, options);
        var unused = started.onExit().thenAccept(ended -> {
            try {
                loop.callSoonThreadsafe(() -> process.ended(ended.exitValue()));
            } catch (IllegalStateException | RejectedExecutionException e) {
                // The loop is closed: nobody waits for it any more.
            }
        });
        return process;
    }

    private static java.lang.Process launch(ProcessOptions options, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        Redirect stdin = options.stdin();
        builder.redirectInput(stdin.equals(ProcessOptions.DEVNULL) ? Redirect.from(nothing()) : stdin);
        builder.redirectOutput(options.stdout());
        if (options.stderr() == null) {
            builder.redirectErrorStream(true);
        } else {
            builder.redirectError(options.stderr());
        }
        if (options.directory() != null) {
            builder.directory(options.directory().toFile());
        }
        Map<String, String> environment = builder.environment();
        if (!options.inheritsEnvironment()) {
            environment.clear();
        }
        environment.putAll(options.environment());
        return builder.start();
    }

    private static File nothing() {
        return new File(System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null");
    }

    private void ended(int code) {
        returncode = code;
        if (stdin != null) {
            stdin.close();
        }
        for (Future<Integer> waiter : waiters) {
            if (!waiter.isDone()) {
                waiter.setResult(code);
            }
        }
    }

    // ------------------------------------------------------------------------------------------------ its streams

    /** Where to write its input; null if that is no pipe. Semantics: {@code Process.stdin}. */
    public @Nullable StreamWriter stdin() {
        return stdin;
    }

    /** Where to read its output; null if that is no pipe. Semantics: {@code Process.stdout}. */
    public @Nullable StreamReader stdout() {
        return stdout;
    }

    /** Where to read its errors; null if that is no pipe. Semantics: {@code Process.stderr}. */
    public @Nullable StreamReader stderr() {
        return stderr;
    }

    /** Reads all that it says, and waits for its end; its input ends at once. Semantics: {@code Process.communicate()}. */
    public Coroutine<Communication> communicate() throws IOException {
        return communicate(new byte[0]);
    }

    /**
     * Writes its input, ends that, reads all that it says, and waits for its end: all at the same time, so that neither waits for the other.
     *
     * <p>Semantics: {@code Process.communicate(input)}. A program that does not read its input is no failure. Cancelled, it leaves the program running.
     *
     * @param input ignored if its input is no pipe
     * @throws IOException when awaited, if its output cannot be read
     */
    @Async
    public Coroutine<Communication> communicate(byte[] input) throws IOException {
        List<byte @Nullable []> said = await(gather(feed(input), readAll(stdout), readAll(stderr)));
        await(waitFor());
        return Coroutine.of(new Communication(said.get(1), said.get(2)));
    }

    @Async
    private Coroutine<byte @Nullable []> feed(byte[] input) {
        StreamWriter stdin = this.stdin;
        if (stdin != null) {
            try {
                stdin.write(input);
                await(stdin.drain());
            } catch (IOException e) {
                // It has ended, or does not want to read.
            }
            stdin.close();
        }
        return Coroutine.of(null);
    }

    @Async
    private static Coroutine<byte @Nullable []> readAll(@Nullable StreamReader stream) throws IOException {
        return stream == null ? Coroutine.of(null) : stream.read();
    }

    // ------------------------------------------------------------------------------------------------ its end

    /**
     * Waits for its end.
     *
     * <p>Semantics: {@code Process.wait}. Whoever does not read its pipes may wait for ever, because it does as well: use {@link #communicate()}. Stricter than
     * asyncio's: it does not wait for those who have inherited the pipes.
     *
     * @return its exit code; of one that a signal has ended 128 and the signal's number, as Java has it (asyncio has the negative number)
     */
    @Async
    public Coroutine<Integer> waitFor() {
        Integer code = returncode;
        if (code == null) {
            Future<Integer> waiter = loop.createFuture();
            waiters.add(waiter);
            try {
                code = await(waiter);
            } finally {
                waiters.remove(waiter);
            }
        }
        return Coroutine.of(code);
    }

    /** Its exit code, see {@link #waitFor}; null while it runs, as far as the loop has heard. Semantics: {@code Process.returncode}. */
    public @Nullable Integer returncode() {
        return returncode;
    }

    /** The number that the system gives it. Semantics: {@code Process.pid}. */
    public long pid() {
        return process.pid();
    }

    /**
     * Sends it a signal; does nothing if it has ended.
     *
     * <p>Semantics: {@code Process.send_signal}. Others than 9 and 15 are sent by the system's command {@code kill}, for whose end this waits: some milliseconds.
     *
     * @param signal the number, such as 2 for {@code SIGINT}; 0 sends none, and looks only whether one could be sent
     * @throws IllegalArgumentException if no system has such a signal: below 0 or above 64
     * @throws UncheckedIOException if it could not be sent, because this system has no such signal or does not permit it, say
     * @throws UnsupportedOperationException if the system has no such command
     */
    public void sendSignal(int signal) {
        if (signal < 0 || signal > HIGHEST_SIGNAL) {
            throw new IllegalArgumentException(
                    "sendSignal(" + signal + "): a signal's number was expected, from 0 to " + HIGHEST_SIGNAL);
        }
        if (returncode != null || !process.isAlive()) {
            return;
        }
        switch (signal) {
            case SIGTERM ->
                checkSent(signal, process.toHandle().destroy()); // Process.destroy would close the pipes too
            case SIGKILL -> checkSent(signal, process.toHandle().destroyForcibly());
            default -> sendByCommand("kill", signal);
        }
    }

    private void checkSent(int signal, boolean isSent) {
        if (!isSent) {
            notSent(signal, "the system refused");
        }
    }

    private void notSent(int signal, String why) {
        if (process.isAlive()) { // or it has ended meanwhile, which is as good
            throw new UncheckedIOException(
                    new IOException("sendSignal(" + signal + "): it could not be sent to " + this + ": " + why));
        }
    }

    /** By this command, which must understand what {@code kill} does. */
    void sendByCommand(String command, int signal) {
        java.lang.Process kill = startKill(command, signal);
        String said;
        try (InputStream output = kill.getInputStream()) {
            kill.getOutputStream().close();
            said = new String(output.readAllBytes(), Charset.defaultCharset()).strip(); // to its end
        } catch (IOException e) {
            said = e.toString();
        }
        try {
            int code = kill.waitFor();
            if (code != 0) {
                notSent(
                        signal,
                        command + " -" + signal + " ended with " + code + (said.isEmpty() ? "" : " and said: " + said));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the loop ends of it soon; the signal is on its way
        }
    }

    private java.lang.Process startKill(String command, int signal) {
        try {
            return new ProcessBuilder(command, "-" + signal, Long.toString(pid()))
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new UnsupportedOperationException(
                    "sendSignal(" + signal + "): this system has no command " + command
                            + ", and Java sends only 9 (kill) and 15 (terminate)",
                    e);
        }
    }

    /** Asks it to end, by {@code SIGTERM}; does nothing if it has. Semantics: {@code Process.terminate}. */
    public void terminate() {
        sendSignal(SIGTERM);
    }

    /** Ends it, by {@code SIGKILL}; does nothing if it has ended. Semantics: {@code Process.kill}. */
    public void kill() {
        sendSignal(SIGKILL);
    }

    /** For example {@code <Process 4711>}. */
    @Override
    public String toString() {
        return "<Process " + pid() + (returncode == null ? "" : " returncode=" + returncode) + ">";
    }
}
