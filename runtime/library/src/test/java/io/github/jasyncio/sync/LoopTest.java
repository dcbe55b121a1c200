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
import io.github.jasyncio.fixtures.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** A loop with virtual time for each test, which must leave no task behind either. */
abstract class LoopTest extends VirtualTime {

    /** What happened, in this order. */
    final List<Object> seen = new ArrayList<>();

    /** Runs an async lambda as the loop's main task; it fails if nobody wakes it for an hour, which takes no time. */
    final void run(AsyncCallable<Void> body) {
        run(waitFor(async(body), Duration.ofHours(1)));
    }

    @AfterEach
    final void no_task_is_left() {
        assertThat(allTasks(loop)).isEmpty();
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
        seen.add(word);
        return Coroutine.done();
    }
}
