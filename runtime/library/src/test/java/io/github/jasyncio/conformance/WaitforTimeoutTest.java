package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.currentTask;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.shield;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.waitFor;
import static java.util.Objects.requireNonNull;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Future;
import io.github.jasyncio.Task;
import java.time.Duration;

/**
 * Too late: what is awaited is cancelled, and the error is reported only when it has ended. Tasks and futures are
 * cancelled too. The caller's count of cancellations is what it was before.
 */
class WaitforTimeoutTest extends Twin {

    private Coroutine<Void> job(String name) {
        return job(name, Duration.ZERO);
    }

    @Async
    private Coroutine<Void> job(String name, Duration lingers) {
        try {
            await(sleep(Duration.ofSeconds(1)));
        } catch (CancelledError e) {
            log(name, "gets", e);
            await(sleep(lingers));
            log(name, "leaves");
            throw e;
        }
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        await(attempt("coroutine", waitFor(job("coroutine"), ms(10))));
        await(attempt("lingering", waitFor(job("lingering", ms(15)), ms(10))));
        Task<Void> t = createTask(job("task", ms(5)), "t");
        await(attempt("task", waitFor(t, ms(10))));
        log("task cancelled", t.isCancelled());
        Future<Void> f = getRunningLoop().createFuture();
        await(attempt("future", waitFor(f, ms(10))));
        log("future cancelled", f.isCancelled());
        Task<Void> s = createTask(job("shielded"), "s");
        await(attempt("shielded", waitFor(shield(s), ms(10))));
        log("shielded done", s.isDone());
        s.cancel();
        await(attempt("s", s));
        log("cancelling", requireNonNull(currentTask()).cancelling());
        return Coroutine.done();
    }
}
