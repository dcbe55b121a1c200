package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import io.github.jasyncio.Task;
import java.time.Duration;

/**
 * The awaited future has its result, but the task has not resumed yet: a cancellation in between wins, and the result
 * is lost to the task.
 */
class CancelAfterResultTest extends Twin {

    @Async
    private Coroutine<Void> worker(String name, Future<String> future) {
        try {
            log(name, "got", await(future));
        } catch (CancelledError e) {
            log(
                    name,
                    "cancelled:",
                    e,
                    "though the future is done and not cancelled:",
                    future.isDone() && !future.isCancelled());
            throw e;
        }
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        EventLoop loop = getRunningLoop();
        Future<String> f = loop.createFuture();
        Task<Void> t = createTask(worker("t", f), "t");
        await(sleep(Duration.ZERO));
        f.setResult("a result");
        log("cancel", t.cancel("too late?"));
        await(attempt("t", t));

        Future<String> g = loop.createFuture();
        Task<Void> u = createTask(worker("u", g), "u");
        await(sleep(Duration.ZERO));
        log("cancel", u.cancel("first")); // the future itself is cancelled
        log("future cancelled", g.isCancelled());
        attemptCall("set_result", () -> g.setResult("1"));
        await(attempt("u", u));

        Future<String> h = loop.createFuture();
        Task<Void> v = createTask(worker("v", h), "v");
        await(sleep(Duration.ZERO));
        h.setException(new Boom("failed"));
        v.cancel("wins over a failure");
        await(attempt("v", v));
        return Coroutine.done();
    }
}
