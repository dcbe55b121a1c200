package io.github.jasyncio.sync;

import static io.github.jasyncio.Asyncio.allTasks;
import static io.github.jasyncio.Asyncio.async;
import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncCallable;
import io.github.jasyncio.Awaitable;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** A loop with virtual time for each test, which must leave no task and no unseen failure behind. */
abstract class LoopTest {

    final EventLoop loop = EventLoop.builder().virtualTime().build();

    /** What happened, in this order. */
    final List<Object> trace = new ArrayList<>();

    private final List<Object> reports = new ArrayList<>();

    LoopTest() {
        loop.setExceptionHandler((source, context) -> reports.add(context));
    }

    /** Runs an async lambda as the loop's main task; it fails if nobody wakes it for an hour, which takes no time. */
    final void run(AsyncCallable<Void> body) {
        loop.runUntilComplete(waitFor(async(body), Duration.ofHours(1)));
    }

    @AfterEach
    final void nothing_is_left_behind() {
        assertThat(allTasks(loop)).isEmpty();

        loop.close();

        assertThat(reports).isEmpty();
    }

    /** Gives the others one turn. */
    static Coroutine<Void> turn() {
        return sleep(Duration.ZERO);
    }

    /** What awaiting it throws; null if nothing. */
    @Async
    static Coroutine<@Nullable Throwable> failureOf(Awaitable<?> awaitable) {
        try {
            await(awaitable);
        } catch (Throwable failure) {
            return Coroutine.of(failure);
        }
        return Coroutine.of(null);
    }

    /** Notes {@code word} when {@code awaitable} is done. */
    @Async
    final Coroutine<Void> noteAfter(Awaitable<?> awaitable, Object word) {
        await(awaitable);
        trace.add(word);
        return Coroutine.done();
    }
}
