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
 * Two requests before the task runs again make one error, the last message wins or not, depending on what it waits
 * for; two requests with a step between make two.
 */
class CancelTwiceTest extends Twin {

    @Async
    private Coroutine<String> worker(int n) {
        for (int i = 0; i < n; i++) {
            try {
                await(sleep(Duration.ofSeconds(1)));
                log("slept");
            } catch (CancelledError e) {
                log("caught", e, "cancelling", requireNonNull(currentTask()).cancelling());
            }
        }
        await(sleep(ms(1)));
        return Coroutine.of("end");
    }

    @Async
    @Override
    Coroutine<Void> main() {
        Task<String> t = createTask(worker(2), "t");
        await(sleep(ms(10)));
        log(t.cancel("first"), t.cancel("second"), t.cancelling());
        await(attempt("t", t));
        log("cancelled", t.isCancelled());

        Task<String> u = createTask(worker(2), "u");
        await(sleep(ms(10)));
        log(u.cancel("first"));
        await(sleep(Duration.ZERO));
        log(u.cancel("second"), u.cancelling());
        await(attempt("u", u));

        Task<String> v = createTask(worker(1), "v");
        log(v.cancel("before its start"), v.cancel("again"));
        await(attempt("v", v));
        return Coroutine.done();
    }
}
