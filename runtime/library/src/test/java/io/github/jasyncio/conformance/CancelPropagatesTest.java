package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.currentTask;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;
import static java.util.Objects.requireNonNull;

import io.github.jasyncio.Async;
import io.github.jasyncio.Awaitable;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Future;
import io.github.jasyncio.Task;
import java.time.Duration;

/**
 * Cancelling a task cancels what it awaits, down to the innermost task; the errors come back up one turn per task.
 * The outer tasks are not done when cancel() returns, and they count one request each.
 */
class CancelPropagatesTest extends Twin {

    @Async
    private <T> Coroutine<T> level(String name, Awaitable<T> awaited) {
        try {
            T value = await(awaited);
            return Coroutine.of(value);
        } catch (CancelledError e) {
            log(
                    name,
                    "cancelled with",
                    e,
                    "cancelling",
                    requireNonNull(currentTask()).cancelling());
            throw e;
        }
    }

    @Async
    private Coroutine<Void> ticker() {
        for (int i = 0; i < 6; i++) {
            log("tick", i);
            await(sleep(Duration.ZERO));
        }
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        Future<Void> future = getRunningLoop().createFuture();
        Task<Void> c = createTask(level("c", future), "c");
        Task<Void> b = createTask(level("b", c), "b");
        Task<Void> a = createTask(level("a", b), "a");
        await(sleep(ms(10)));
        Task<Void> ticking = createTask(ticker());
        log("cancel", a.cancel("down"));
        log("future", future.isCancelled(), "a, b, c:", a.isDone(), b.isDone(), c.isDone());
        log("counts", a.cancelling(), b.cancelling(), c.cancelling());
        await(attempt("a", a));
        log("a, b, c:", a.isCancelled(), b.isCancelled(), c.isCancelled());
        await(ticking);
        return Coroutine.done();
    }
}
