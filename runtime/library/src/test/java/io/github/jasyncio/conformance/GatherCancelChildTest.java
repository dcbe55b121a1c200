package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.currentTask;
import static io.github.jasyncio.Asyncio.gather;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.waitOn;
import static java.util.Objects.requireNonNull;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Future;
import io.github.jasyncio.ReturnWhen;
import io.github.jasyncio.Task;
import java.time.Duration;
import java.util.List;

/**
 * One child is cancelled: for the gather that is a failure like another. It raises CancelledError, but is not itself
 * cancelled, nor are the other children.
 */
class GatherCancelChildTest extends Twin {

    @Async
    private Coroutine<Void> job(String name, Duration delay) {
        try {
            await(sleep(delay));
            log(name, "ends");
        } catch (CancelledError e) {
            log(name, "cancelled");
            throw e;
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> awaits(Future<?> g) {
        try {
            await(g);
        } catch (CancelledError e) {
            log(
                    "awaiting task gets CancelledError; cancelling",
                    requireNonNull(currentTask()).cancelling());
            throw e;
        }
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        Task<Void> a = createTask(job("a", ms(20)), "a");
        Task<Void> b = createTask(job("b", ms(30)), "b");
        Future<List<Void>> g = gather(a, b);
        Task<Void> w = createTask(awaits(g), "w");
        await(sleep(ms(10)));
        a.cancel();
        await(waitOn(List.of(w), ReturnWhen.ALL_COMPLETED));
        log("g cancelled", g.isCancelled(), "holds", typeName(g.exception()));
        log("w cancelled", w.isCancelled());
        await(b);

        Future<Void> f = getRunningLoop().createFuture();
        f.cancel();
        g = gather(f, job("c", ms(5)));
        log("with a cancelled child from the start: done", g.isDone(), "cancelled", g.isCancelled());
        await(attempt("g", g));
        await(sleep(ms(10)));
        return Coroutine.done();
    }
}
