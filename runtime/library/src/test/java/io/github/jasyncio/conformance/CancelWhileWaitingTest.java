package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;
import java.time.Duration;

/**
 * cancel() only asks. The error arrives at the await in a later turn, with its message, and unwinds through except
 * and finally.
 */
class CancelWhileWaitingTest extends Twin {

    @Async
    private Coroutine<Void> worker() {
        try {
            try {
                await(sleep(Duration.ofSeconds(1)));
            } catch (Exception e) {
                log("never here", e);
            } finally {
                log("inner finally");
                await(sleep(ms(5)));
                log("inner finally, after a sleep");
            }
        } catch (CancelledError e) {
            log("caught", e);
            throw e;
        } finally {
            log("outer finally");
        }
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        Task<Void> t = createTask(worker(), "t");
        await(sleep(ms(10)));
        log("cancel", t.cancel("enough"), "done", t.isDone(), "cancelled", t.isCancelled());
        getRunningLoop().callSoon(() -> log("soon"));
        await(sleep(Duration.ZERO));
        log("main again, done", t.isDone());
        await(attempt("t", t));
        log("done", t.isDone(), "cancelled", t.isCancelled());
        return Coroutine.done();
    }
}
