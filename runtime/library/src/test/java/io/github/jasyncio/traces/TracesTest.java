package io.github.jasyncio.traces;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.Asyncio;
import io.github.jasyncio.Awaitable;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** A loop with virtual time, and something that fails after a suspension. */
abstract class TracesTest {

    static final String RUN = "run: loop.runUntilComplete(awaitable);";

    final EventLoop loop = EventLoop.builder().virtualTime().build();

    private final List<Object> reports = new ArrayList<>();

    TracesTest() {
        Asyncio.setEventLoop(loop);
        loop.setExceptionHandler((source, context) -> reports.add(context));
    }

    @AfterEach
    final void nothing_is_left_behind() {
        Asyncio.setEventLoop(null);
        loop.close();

        assertThat(reports).isEmpty();
    }

    /** A failure that is told from others. */
    static final class Boom extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Boom(String message) {
            super(message);
        }
    }

    /** What running it throws. */
    final Throwable run(Awaitable<?> awaitable) {
        try {
            loop.runUntilComplete(awaitable);
        } catch (Throwable failure) {
            return failure;
        }
        throw new AssertionError("did not fail: " + awaitable);
    }

    final List<String> traceOf(Awaitable<?> awaitable) {
        return SourceTrace.of(run(awaitable));
    }

    @Async
    static Coroutine<Void> pause() {
        await(sleep(Duration.ofMillis(1)));
        return Coroutine.done();
    }

    @Async
    static Coroutine<Integer> fails() {
        await(pause());
        throw new Boom("late");
    }

    @Async
    static Coroutine<Integer> failsAtOnce() {
        throw new Boom("at once");
    }

    @Async
    static Coroutine<Integer> sleepsLong() {
        await(sleep(Duration.ofHours(1)));
        return Coroutine.of(0);
    }
}
