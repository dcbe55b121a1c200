package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.currentTask;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.waitFor;
import static java.util.Objects.requireNonNull;

import io.github.jasyncio.Async;
import io.github.jasyncio.Awaitable;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import io.github.jasyncio.Task;
import java.time.Duration;
import java.util.List;

/**
 * The result, the timeout and a cancellation come at the same instant, in every order.
 */
class WaitforRaceTest extends Twin {

    @Async
    private Coroutine<String> waits(Awaitable<String> awaitable) {
        try {
            String value = await(waitFor(awaitable, ms(10)));
            return Coroutine.of(value);
        } catch (Throwable e) {
            log("waiter gets", e, "cancelling", requireNonNull(currentTask()).cancelling());
            throw e;
        }
    }

    private static void act(String what, Future<String> future, Task<String> w) {
        if (what.equals("cancel")) {
            w.cancel();
        } else if (!future.isDone()) {
            future.setResult("in time");
        }
    }

    @Async
    @Override
    Coroutine<Void> main() {
        EventLoop loop = getRunningLoop();
        for (List<String> order : List.of(
                List.of("result", "timeout"),
                List.of("timeout", "result"),
                List.of("cancel", "result"),
                List.of("result", "cancel"),
                List.of("cancel", "timeout"),
                List.of("timeout", "cancel"))) {
            String first = order.get(0);
            String second = order.get(1);
            Future<String> future = loop.createFuture();
            Task<String> w = createTask(waits(future), "w");
            if (!first.equals("timeout")) {
                loop.callLater(ms(10), () -> act(first, future, w)); // made before the timeout's own timer
            }
            await(sleep(Duration.ZERO));
            if (!second.equals("timeout")) {
                loop.callLater(ms(10), () -> act(second, future, w));
            }
            await(attempt(first + ", then " + second, w));
            log("cancelled", w.isCancelled(), "future cancelled", future.isCancelled());
        }
        return Coroutine.done();
    }
}
