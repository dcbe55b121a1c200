package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.currentTask;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.timeout;
import static java.util.Objects.requireNonNull;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Task;
import io.github.jasyncio.Timeout;
import java.time.Duration;
import java.util.List;

/**
 * A cancellation from outside goes through a timeout as it is; if it comes together with the deadline, it wins, in
 * either order, and the count that is left over is the one from outside.
 */
class TimeoutAndCancelTest extends Twin {

    @Async
    private Coroutine<Void> limited(Duration limit) {
        Timeout[] t = new Timeout[1];
        try {
            await(timeout(limit, entered -> {
                t[0] = entered;
                await(sleep(Duration.ofSeconds(1)));
                return Coroutine.done();
            }));
        } catch (Throwable e) {
            log(
                    "limited gets",
                    e,
                    "expired",
                    t[0].expired(),
                    "cancelling",
                    requireNonNull(currentTask()).cancelling());
            throw e;
        }
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        EventLoop loop = getRunningLoop();
        for (Duration when : List.of(ms(5), ms(10))) {
            Task<Void> w = createTask(limited(ms(10)), "w");
            loop.callLater(when, w::cancel); // before the deadline's timer
            await(attempt("w", w));
            log("cancelled", w.isCancelled());
        }
        Task<Void> behind = createTask(limited(ms(10)), "w");
        await(sleep(Duration.ZERO));
        loop.callLater(ms(10), behind::cancel); // behind the deadline's timer
        await(attempt("w", behind));
        Task<Void> w = createTask(limited(ms(10)), "w");
        await(sleep(ms(10)));
        await(sleep(Duration.ZERO));
        log("w done", w.isDone());
        await(attempt("w", w));
        w = createTask(limited(ms(10)), "w");
        w.cancel(); // before its start
        await(attempt("w", w));
        return Coroutine.done();
    }
}
