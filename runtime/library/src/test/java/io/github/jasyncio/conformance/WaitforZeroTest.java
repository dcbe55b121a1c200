package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.waitFor;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Future;
import io.github.jasyncio.Task;
import java.time.Duration;
import java.util.List;

/**
 * A limit of zero or less: what is done gives its result; a coroutine is not even started; a running task is
 * cancelled and waited for.
 */
class WaitforZeroTest extends Twin {

    @Async
    private Coroutine<String> job(String name) {
        log(name, "starts");
        try {
            await(sleep(ms(10)));
        } finally {
            log(name, "ends");
        }
        return Coroutine.of(name);
    }

    @Async
    @Override
    Coroutine<Void> main() {
        for (Duration limit : List.of(Duration.ZERO, ms(-1))) {
            await(attempt("coroutine", waitFor(job("coroutine"), limit)));
            Task<String> t = createTask(job("task"), "t");
            await(sleep(Duration.ZERO));
            await(attempt("task", waitFor(t, limit)));
            Task<String> fresh = createTask(job("fresh"));
            await(attempt("task not started yet", waitFor(fresh, limit)));
            Future<String> f = getRunningLoop().createFuture();
            await(attempt("future", waitFor(f, limit)));
            log("cancelled", t.isCancelled(), fresh.isCancelled(), f.isCancelled());
        }
        Future<String> done = getRunningLoop().createFuture();
        done.setResult("done");
        await(attempt("done", waitFor(done, Duration.ZERO)));
        Future<String> failed = getRunningLoop().createFuture();
        failed.setException(new Boom("failed"));
        await(attempt("failed", waitFor(failed, Duration.ZERO)));
        Future<String> cancelled = getRunningLoop().createFuture();
        cancelled.cancel("earlier");
        await(attempt("cancelled", waitFor(cancelled, Duration.ZERO)));
        return Coroutine.done();
    }
}
