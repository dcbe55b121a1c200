package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.currentTask;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.waitFor;
import static java.util.Objects.requireNonNull;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Future;
import java.time.Duration;

/**
 * In time: the result or the failure comes through, and the timer is gone. A coroutine runs inside the caller's own
 * task; None waits for ever.
 */
class WaitforInTimeTest extends Twin {

    private Coroutine<String> job(Duration delay) {
        return job(delay, false);
    }

    @Async
    private Coroutine<String> job(Duration delay, boolean fail) {
        log("job in task", requireNonNull(currentTask()).getName());
        await(sleep(delay));
        if (fail) {
            throw new Boom("job");
        }
        return Coroutine.of("result");
    }

    @Async
    @Override
    Coroutine<Void> main() {
        requireNonNull(currentTask()).setName("main");
        await(attempt("coroutine", waitFor(job(ms(5)), ms(10))));
        await(attempt("failing", waitFor(job(ms(5), true), ms(10))));
        await(attempt("task", waitFor(createTask(job(ms(5)), "t"), ms(10))));
        await(attempt("no limit", waitFor(job(ms(500)), null)));
        await(attempt("nested", waitFor(waitFor(job(ms(5)), ms(20)), ms(10))));
        Future<String> future = getRunningLoop().createFuture();
        getRunningLoop().callLater(ms(3), () -> future.setResult("set"));
        await(attempt("future", waitFor(future, ms(10))));
        await(sleep(ms(100)));
        log("cancelling", requireNonNull(currentTask()).cancelling());
        return Coroutine.done();
    }
}
