package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;
import java.time.Duration;

/**
 * A second cancellation reaches the await inside the finally of the first, and what stood behind it is skipped.
 */
class CancelInFinallyTest extends Twin {

    @Async
    private Coroutine<Void> worker() {
        try {
            log("waits");
            await(sleep(Duration.ofSeconds(1)));
        } finally {
            log("cleans up");
            try {
                await(sleep(ms(20)));
                log("never here");
            } catch (CancelledError e) {
                log("clean-up cancelled too:", e);
                await(sleep(ms(5)));
                log("short clean-up done");
            }
        }
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        Task<Void> t = createTask(worker(), "t");
        await(sleep(ms(10)));
        t.cancel("first");
        await(sleep(ms(10)));
        t.cancel("second");
        await(attempt("t", t)); // the first error goes on after the finally
        log("cancelled", t.isCancelled(), "cancelling", t.cancelling());
        return Coroutine.done();
    }
}
