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
 * Messages travel: task.cancel(m) to the innermost await and back out; future.cancel(m) to whoever awaits it. No
 * message is no message.
 */
class CancelMessageTest extends Twin {

    @Async
    private Coroutine<Void> inner(Future<Void> future) {
        try {
            await(future);
        } catch (CancelledError e) {
            log("inner:", e);
            throw e;
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> outer(Future<Void> future) {
        try {
            await(inner(future));
        } catch (CancelledError e) {
            log("outer:", e);
            throw e;
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> rewrites(Future<Void> future) {
        try {
            await(future);
        } catch (CancelledError e) {
            throw new CancelledError("rewritten");
        }
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        EventLoop loop = getRunningLoop();
        for (String message : new String[] {"reason", null}) {
            Task<Void> t = createTask(outer(loop.createFuture()), "t");
            await(sleep(Duration.ZERO));
            t.cancel(message);
            await(attempt("t", t));
        }
        Future<Void> f = loop.createFuture();
        Task<Void> u = createTask(outer(f), "u");
        await(sleep(Duration.ZERO));
        log("future.cancel", f.cancel("the future's reason"), f.cancel("again"));
        await(attempt("u", u));
        log("u cancelled", u.isCancelled(), "cancelling", u.cancelling());
        Task<Void> v = createTask(rewrites(loop.createFuture()), "v");
        await(sleep(Duration.ZERO));
        v.cancel("original");
        await(attempt("v", v));
        return Coroutine.done();
    }
}
