package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.currentTask;
import static io.github.jasyncio.Asyncio.gather;
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
 * Two tasks await the same future, or the same task. Cancelling one of them cancels what they share, and so hits the
 * other as well; the other one was not asked to cancel itself, and may treat it as any error.
 */
class CancelSharedFutureTest extends Twin {

    @Async
    private Coroutine<String> waits(String name, Awaitable<Void> shared) {
        try {
            await(shared);
        } catch (CancelledError e) {
            log(
                    name,
                    "gets",
                    e.getClass().getSimpleName(),
                    "cancelling",
                    requireNonNull(currentTask()).cancelling());
            return Coroutine.of(name + " lived");
        }
        return Coroutine.of(null);
    }

    @Async
    @Override
    Coroutine<Void> main() {
        Future<Void> future = getRunningLoop().createFuture();
        Task<String> a = createTask(waits("a", future), "a");
        Task<String> b = createTask(waits("b", future), "b");
        await(sleep(Duration.ZERO));
        b.cancel();
        await(attempt("a", a));
        await(attempt("b", b));

        Task<Void> task = createTask(sleep(Duration.ofSeconds(1)), "task");
        Task<String> c = createTask(waits("c", task), "c");
        Task<String> d = createTask(waits("d", task), "d");
        await(sleep(ms(1)));
        c.cancel();
        log("task cancelling", task.cancelling(), "d cancelling", d.cancelling());
        await(gather(c, d));
        log("task cancelled", task.isCancelled());
        return Coroutine.done();
    }
}
