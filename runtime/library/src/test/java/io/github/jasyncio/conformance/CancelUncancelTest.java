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

/**
 * cancelling() counts requests, uncancel() takes one back, never below zero. Taking back the last one before the
 * error was delivered drops it, unless it is already on its way.
 */
class CancelUncancelTest extends Twin {

    @Async
    private Coroutine<String> counting() {
        Task<?> me = requireNonNull(currentTask());
        log("start", me.cancelling(), me.uncancel());
        try {
            await(sleep(Duration.ofSeconds(1)));
        } catch (CancelledError e) {
            log("caught", me.cancelling());
            log("uncancel", me.uncancel(), me.uncancel(), me.uncancel());
        }
        await(sleep(ms(1)));
        return Coroutine.of("done");
    }

    @Async
    private Coroutine<String> takenBack() {
        Task<?> me = requireNonNull(currentTask());
        me.cancel("pending");
        log("cancelling", me.cancelling(), "uncancel", me.uncancel());
        await(sleep(ms(1)));
        log("nothing was delivered");
        me.cancel("one");
        me.cancel("two");
        log("uncancel once", me.uncancel());
        await(attempt("sleep", sleep(ms(1))));
        log("left", me.cancelling());
        return Coroutine.of("done");
    }

    @Async
    @Override
    Coroutine<Void> main() {
        Task<String> t = createTask(counting(), "t");
        await(sleep(ms(10)));
        t.cancel();
        t.cancel();
        await(attempt("t", t));
        await(attempt("taken back", createTask(takenBack())));
        Task<String> u = createTask(sleep(ms(10), "slept"), "u");
        await(sleep(Duration.ZERO));
        u.cancel();
        log("uncancel from outside", u.uncancel()); // its sleep is cancelled already
        await(attempt("u", u));
        return Coroutine.done();
    }
}
