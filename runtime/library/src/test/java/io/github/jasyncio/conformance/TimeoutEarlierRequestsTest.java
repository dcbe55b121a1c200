package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.currentTask;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.taskGroup;
import static io.github.jasyncio.Asyncio.timeout;
import static io.github.jasyncio.Asyncio.waitFor;
import static java.util.Objects.requireNonNull;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncTimeoutException;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;
import io.github.jasyncio.Timeout;
import java.time.Duration;

/**
 * A task that was asked to cancel and lived on carries a count. A timeout goes by how many requests came since it
 * began, not by zero.
 */
class TimeoutEarlierRequestsTest extends Twin {

    @Async
    private Coroutine<Void> worker() {
        Task<?> me = requireNonNull(currentTask());
        Timeout[] t = new Timeout[1];
        try {
            await(sleep(Duration.ofSeconds(1)));
        } catch (CancelledError e) {
            log("swallowed; cancelling", me.cancelling());
        }
        try {
            await(timeout(ms(10), entered -> {
                t[0] = entered;
                await(sleep(Duration.ofSeconds(1)));
                return Coroutine.done();
            }));
        } catch (AsyncTimeoutException e) {
            log("timeout; cancelling", me.cancelling(), "expired", t[0].expired());
        }
        await(attempt("wait_for", waitFor(sleep(Duration.ofSeconds(1)), ms(10))));
        try {
            await(taskGroup(group -> {
                group.createTask(fails());
                await(sleep(Duration.ofSeconds(1)));
                return Coroutine.done();
            }));
        } catch (Throwable e) {
            log("group:", e, "cancelling", me.cancelling());
        }
        await(attempt("next suspension", sleep(Duration.ZERO)));
        log("count", me.cancelling(), "down to", me.uncancel(), me.uncancel());
        try {
            await(timeout(ms(10), entered -> {
                t[0] = entered;
                getRunningLoop().callLater(ms(5), () -> me.cancel("from outside"));
                await(sleep(Duration.ofSeconds(1)));
                return Coroutine.done();
            }));
        } catch (CancelledError e) {
            log(e, "cancelling", me.cancelling(), "expired", t[0].expired());
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> fails() {
        await(sleep(ms(5)));
        throw new Boom("task");
    }

    @Async
    @Override
    Coroutine<Void> main() {
        Task<Void> t = createTask(worker(), "t");
        await(sleep(ms(1)));
        t.cancel();
        t.cancel();
        await(attempt("t", t));
        log("cancelled", t.isCancelled(), "cancelling", t.cancelling());
        return Coroutine.done();
    }
}
