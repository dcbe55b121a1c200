package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;

import io.github.jasyncio.Async;
import io.github.jasyncio.Awaitable;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import io.github.jasyncio.KeyboardInterrupt;
import io.github.jasyncio.Task;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A program translated from Python, statement by statement, and the test that it logs what the original logged on CPython.
 *
 * <p>A subclass is named after its case: {@code LockFairnessTest} is the twin of {@code lock_fairness.py}. It overrides {@link #main}, an
 * {@link Async} method, where the original says {@code run(main)} of an async function; or {@link #program}, where that is a plain one that
 * makes its own loops. The helpers are those of the originals' {@code vloop.py}.
 *
 * <p>An {@code async with lock:} is {@code await(lock.acquire())}, then try and finally with {@code release()}; {@code return await f()} in a
 * {@code try} goes through a local variable. Keep the order of evaluation, and every await.
 */
abstract class Twin {

    private final Trace trace = new Trace();

    /** The limit is no measurement: a loop that waits for ever for what does not come shall fail this test and not stop the build. */
    @Test
    @Timeout(60)
    final void logs_what_cpython_logs() throws Exception {
        Trace.DefaultHandler defaultHandler = trace.watchDefaultHandler();
        try {
            program();
        } finally {
            trace.mute();
            closeLatest();
            defaultHandler.close();
        }

        trace.verify(caseName(), withoutTwin());
    }

    private void closeLatest() {
        EventLoop latest = trace.latest();
        if (latest != null && !latest.isRunning() && !latest.isClosed()) {
            latest.close();
        }
    }

    /** {@code LockFairnessTest} is {@code lock_fairness}. */
    private String caseName() {
        String name = getClass().getSimpleName().replaceFirst("Test$", "");
        return name.replaceAll("(?<=.)(?=\\p{Upper})", "_").toLowerCase(Locale.ROOT);
    }

    /** The program: {@link #main} on a new loop, unless overridden. What is unfinished in the end stays so. */
    void program() throws Exception {
        try {
            newLoop().runUntilComplete(main());
        } catch (Throwable failure) {
            log("main raised", failure);
        }
    }

    /** Lines of the original's trace that have no meaning in Java, or none yet: the package says why. None, unless overridden. */
    List<String> withoutTwin() {
        return List.of();
    }

    /** The async function that {@link #program} runs. */
    Coroutine<Void> main() throws Exception {
        throw new UnsupportedOperationException(
                getClass().getName() + " overrides neither main(), as an @Async method, nor program()");
    }

    /** A new virtual-time loop. */
    final EventLoop newLoop() {
        EventLoop loop = EventLoop.builder().virtualTime().build();
        trace.follow(loop);
        return loop;
    }

    /** One line of the trace: the virtual time of the running loop, or of the one made last, then the parts. */
    final void log(@Nullable Object... parts) {
        trace.add(parts);
    }

    /** n milliseconds. */
    static Duration ms(long n) {
        return Duration.ofMillis(n);
    }

    /** The names of tasks, sorted: for what comes as a set. */
    static List<String> names(Collection<? extends Future<?>> tasks) {
        return tasks.stream().map(task -> ((Task<?>) task).getName()).sorted().toList();
    }

    /** {@code type(failure).__name__}. */
    static String typeName(@Nullable Object failure) {
        return failure instanceof Throwable thrown ? TraceFormat.name(thrown) : String.valueOf(failure);
    }

    /** The message of an exception handler's context, without what names objects. */
    static String messageOf(Map<String, ?> context) {
        return TraceFormat.message(String.valueOf(context.get("message")));
    }

    /** Awaits, logs how it came out, and returns nothing: a failure, cancellation included, ends here. */
    @Async
    final Coroutine<Void> attempt(Object what, Awaitable<?> awaitable) {
        Object value;
        try {
            value = await(awaitable);
        } catch (KeyboardInterrupt interrupt) {
            throw interrupt;
        } catch (Throwable failure) {
            log(what, "raised", failure);
            return Coroutine.done();
        }
        log(what, "->", value);
        return Coroutine.done();
    }

    /** The same for an ordinary call. */
    final void attemptCall(Object what, Callable<?> function) {
        Object value;
        try {
            value = function.call();
        } catch (KeyboardInterrupt interrupt) {
            throw interrupt;
        } catch (Throwable failure) {
            log(what, "raised", failure);
            return;
        }
        log(what, "->", value);
    }

    /** The same for a call that gives nothing. */
    final void attemptCall(Object what, Procedure procedure) {
        attemptCall(what, () -> {
            procedure.call();
            return null;
        });
    }

    /** An ordinary call that gives nothing. */
    @FunctionalInterface
    interface Procedure {

        void call() throws Exception;
    }
}
