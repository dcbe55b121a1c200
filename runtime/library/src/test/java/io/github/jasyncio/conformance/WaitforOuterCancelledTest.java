package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.waitFor;

import io.github.jasyncio.Async;
import io.github.jasyncio.Awaitable;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The waiting task is cancelled: the awaited thing is cancelled as well, and the error is CancelledError, never a
 * timeout.
 */
class WaitforOuterCancelledTest extends Twin {

    private Coroutine<String> job(String name) {
        return job(name, "leaves");
    }

    @Async
    private Coroutine<String> job(String name, String how) {
        try {
            await(sleep(Duration.ofSeconds(1)));
        } catch (CancelledError e) {
            log(name, "gets", e);
            if (how.equals("fails")) {
                throw new Boom(name);
            }
            if (how.equals("stays")) {
                return Coroutine.of("a value");
            }
            throw e;
        } finally {
            await(sleep(ms(5)));
        }
        return Coroutine.of(null);
    }

    @Async
    private Coroutine<String> waits(Awaitable<String> awaitable, @Nullable Duration limit) {
        try {
            String value = await(waitFor(awaitable, limit));
            return Coroutine.of(value);
        } catch (CancelledError e) {
            log("waiter gets", e);
            throw e;
        }
    }

    @Async
    @Override
    Coroutine<Void> main() {
        for (String how : List.of("leaves", "fails", "stays")) {
            for (Duration limit : new Duration[] {ms(100), null}) {
                Task<String> w = createTask(waits(job("coroutine", how), limit), "w");
                await(sleep(ms(10)));
                w.cancel("outside");
                await(attempt(how, w));
                log("cancelled", w.isCancelled(), w.cancelling());
            }
        }
        Task<String> t = createTask(job("task"), "t");
        Task<String> w = createTask(waits(t, ms(100)), "w");
        await(sleep(ms(10)));
        w.cancel("outside");
        await(attempt("w", w));
        log("t cancelled", t.isCancelled());
        return Coroutine.done();
    }
}
