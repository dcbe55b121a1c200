package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.currentTask;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.waitFor;
import static java.util.Objects.requireNonNull;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;
import java.time.Duration;
import java.util.List;

/**
 * What the awaited thing makes of its cancellation counts: a value is returned in spite of the timeout, another
 * failure is raised instead of it.
 */
class WaitforInnerRefusesTest extends Twin {

    @Async
    private Coroutine<String> job(String how) {
        try {
            await(sleep(Duration.ofSeconds(1)));
        } catch (CancelledError e) {
            log(how);
            await(sleep(ms(5)));
            if (how.equals("returns")) {
                return Coroutine.of("too late, but a value");
            }
            if (how.equals("fails")) {
                throw new Boom("while being cancelled");
            }
            throw new CancelledError("another one");
        }
        return Coroutine.of(null);
    }

    @Async
    @Override
    Coroutine<Void> main() {
        for (String how : List.of("returns", "fails", "raises anew")) {
            await(attempt("coroutine " + how, waitFor(job(how), ms(10))));
            await(attempt("task " + how, waitFor(createTask(job(how)), ms(10))));
            Task<String> t = createTask(job(how));
            await(sleep(Duration.ZERO));
            await(attempt("zero " + how, waitFor(t, Duration.ZERO)));
        }
        log("cancelling", requireNonNull(currentTask()).cancelling());
        return Coroutine.done();
    }
}
