package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.currentTask;
import static io.github.jasyncio.Asyncio.sleep;
import static java.util.Objects.requireNonNull;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;
import java.time.Duration;
import java.util.List;

/**
 * The usual "cancel it and wait until it is gone", for children that hurry, linger, refuse or fail; and when the
 * canceller is cancelled meanwhile.
 */
class CancelSuppressedAndAwaitedTest extends Twin {

    @Async
    private Coroutine<String> child(String name, String how) {
        try {
            await(sleep(Duration.ofSeconds(1)));
        } catch (CancelledError e) {
            log(name, "is asked to go");
            if (how.equals("lingers")) {
                await(sleep(ms(30)));
            }
            if (how.equals("refuses")) {
                return Coroutine.of(name + " stays");
            }
            if (how.equals("fails")) {
                throw new Boom(name);
            }
            throw e;
        } finally {
            log(name, "goes");
        }
        return Coroutine.of(null);
    }

    @Async
    private Coroutine<Void> stop(Task<String> t) {
        t.cancel();
        try {
            await(t);
        } catch (CancelledError e) {
            log("stopped; I am cancelling:", requireNonNull(currentTask()).cancelling());
            if (requireNonNull(currentTask()).cancelling() != 0) {
                throw e;
            }
        }
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        for (String how : List.of("hurries", "lingers", "refuses", "fails")) {
            Task<String> t = createTask(child(how, how), how);
            await(sleep(ms(1)));
            await(attempt("stop " + how, stop(t)));
        }
        Task<String> t = createTask(child("last", "lingers"), "last");
        await(sleep(ms(1)));
        Task<Void> s = createTask(stop(t), "s");
        await(sleep(ms(10)));
        log("cancel the canceller", s.cancel()); // goes on to the child, whose lingering it ends
        await(attempt("s", s));
        log("last cancelled", t.isCancelled(), t.cancelling());
        return Coroutine.done();
    }
}
