package io.github.jasyncio.cpython;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.sleep;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.jasyncio.Async;
import io.github.jasyncio.Asyncio;
import io.github.jasyncio.Awaitable;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.ExceptionGroup;
import io.github.jasyncio.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A virtual-time loop, a trace, and what the exception handler is told; a report that no test takes out fails it. */
@NullUnmarked // null is tested as well
public abstract class OnVirtualTime {

    protected final EventLoop loop = EventLoop.builder().virtualTime().build();

    /** What happened, in order, each with its time in milliseconds. */
    protected final List<String> trace = new ArrayList<>();

    /** What the exception handler was told, as {@code message exception}. */
    protected final List<String> reports = new ArrayList<>();

    @BeforeEach
    void set_up() {
        Asyncio.setEventLoop(loop);
        loop.setExceptionHandler((lp, context) -> reports.add(
                context.get("message") + (context.containsKey("exception") ? " " + context.get("exception") : "")));
    }

    @AfterEach
    void nothing_is_left() {
        Asyncio.setEventLoop(null);
        loop.close();
        assertThat(reports).as("reports to the exception handler").isEmpty();
    }

    protected final void log(Object... parts) {
        StringBuilder line = new StringBuilder().append(millis());
        for (Object part : parts) {
            line.append(' ').append(part);
        }
        trace.add(line.toString());
    }

    protected final long millis() {
        return loop.time() / 1_000_000;
    }

    protected final <T> T run(Awaitable<T> awaitable) {
        return loop.runUntilComplete(awaitable);
    }

    /** What running it throws. */
    protected final Throwable failureOf(Awaitable<?> awaitable) {
        return catchThrowable(() -> run(awaitable));
    }

    /** Runs the loop for so many turns. */
    protected final void turns(int count) {
        for (int i = 0; i < count; i++) {
            loop.stop();
            loop.runForever();
        }
    }

    /** The task that runs now. */
    protected static Task<?> current() {
        return requireNonNull(Asyncio.currentTask());
    }

    protected static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    /** The failures in a group and in the groups in it: {@code [a, [b, c]]}. */
    static String shape(Throwable failure) {
        if (failure instanceof ExceptionGroup group) {
            return group.exceptions().stream().map(OnVirtualTime::shape).collect(Collectors.joining(", ", "[", "]"));
        }
        return failure instanceof Boom ? failure.getMessage() : String.valueOf(failure);
    }

    @Async
    static Coroutine<String> failsAfter(long millis, String message) {
        await(sleep(ms(millis)));
        throw new Boom(message);
    }

    /** Fails when it is cancelled. */
    @Async
    static Coroutine<String> failsWhenCancelled(String message) {
        try {
            await(sleep(Duration.ofSeconds(10)));
        } catch (CancelledError e) {
            throw new Boom(message);
        }
        return Coroutine.of("slept");
    }

    /** Throws on the cancellation, but not before it has cleaned up for a time. */
    @Async
    static Coroutine<String> cleansUpFor(long millis) {
        try {
            await(sleep(Duration.ofSeconds(10)));
        } catch (CancelledError e) {
            await(sleep(ms(millis)));
            throw e;
        }
        return Coroutine.of("slept");
    }

    /** Returns when it is cancelled, as if nothing was. */
    @Async
    static Coroutine<String> returnsWhenCancelled() {
        try {
            await(sleep(Duration.ofSeconds(10)));
        } catch (CancelledError e) {
            return Coroutine.of("all the same");
        }
        return Coroutine.of("slept");
    }

    /** The exception that tests throw. */
    protected static final class Boom extends RuntimeException {

        private static final long serialVersionUID = 1;

        public Boom(String message) {
            super(message);
        }

        @Override
        @SuppressWarnings("OverrideThrowableToString") // short, for the traces
        public String toString() {
            return "Boom: " + getMessage();
        }
    }
}
