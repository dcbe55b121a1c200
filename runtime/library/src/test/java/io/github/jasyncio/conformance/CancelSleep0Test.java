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
 * A task in sleep(0) waits for no future: the request is remembered and thrown at its next step, which is already
 * queued.
 */
class CancelSleep0Test extends Twin {

    @Async
    private Coroutine<String> worker() {
        for (int i = 0; i < 3; i++) {
            try {
                log("step", i);
                await(sleep(Duration.ZERO));
            } catch (CancelledError e) {
                log("cancelled in step", i, e);
            }
        }
        return Coroutine.of("end");
    }

    @Async
    @Override
    Coroutine<Void> main() {
        Task<String> t = createTask(worker(), "t");
        await(sleep(Duration.ZERO));
        log("cancel", t.cancel("now"));
        log("cancel", t.cancel("replaces the message"));
        await(attempt("t", t));

        Task<String> u = createTask(worker(), "u");
        for (int i = 0; i < 6; i++) {
            log("cancel", u.cancel(String.valueOf(i)));
            await(sleep(Duration.ZERO));
        }
        log("u cancelled", u.isCancelled(), "done", u.isDone());
        return Coroutine.done();
    }
}
