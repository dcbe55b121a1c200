package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.currentTask;
import static io.github.jasyncio.Asyncio.gather;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;
import static java.util.Objects.requireNonNull;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import io.github.jasyncio.Task;

/**
 * A task that awaits itself, and a future of another loop: the await fails, instead of waiting for ever.
 */
class FutureAwaitedByItselfTest extends Twin {

    @Async
    private Coroutine<String> awaitsItself() {
        try {
            await(requireNonNull(currentTask()));
        } catch (IllegalStateException e) {
            log("awaiting itself raises", e);
        }
        await(sleep(ms(1)));
        return Coroutine.of("lives on");
    }

    @Async
    @Override
    Coroutine<Void> main() {
        EventLoop loop = getRunningLoop();
        Task<String> t = createTask(awaitsItself(), "t");
        log(await(t));
        EventLoop other = newLoop();
        Future<Integer> foreign = other.createFuture();
        try {
            await(foreign);
        } catch (IllegalStateException e) {
            log("awaiting a foreign future raises", e);
        }
        foreign.setResult(1);
        log("a foreign future that is done", await(foreign));
        attemptCall("gather of two loops", () -> gather(loop.createFuture(), other.createFuture()));
        other.close();
        log("end");
        return Coroutine.done();
    }
}
