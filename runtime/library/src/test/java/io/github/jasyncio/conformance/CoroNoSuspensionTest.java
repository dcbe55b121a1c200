package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import io.github.jasyncio.Task;
import java.time.Duration;

/**
 * What is ready does not give up the turn: a chain of coroutines that never suspend, a done future, a done task, a
 * failed future.
 */
class CoroNoSuspensionTest extends Twin {

    @Async
    private Coroutine<Integer> deep(int n) {
        return Coroutine.of(n == 0 ? 0 : 1 + await(deep(n - 1)));
    }

    @Async
    @Override
    Coroutine<Void> main() {
        EventLoop loop = getRunningLoop();
        Future<String> done = loop.createFuture();
        Future<String> failed = loop.createFuture();
        Future<String> cancelled = loop.createFuture();
        done.setResult("done");
        failed.setException(new Boom("failed"));
        cancelled.cancel();
        Task<Integer> task = createTask(deep(3), "task");
        await(task);
        loop.callSoon(() -> log("a turn of the loop"));
        log("deep", await(deep(50)));
        log("task", await(task));
        log("future", await(done));
        await(attempt("failed", failed));
        await(attempt("failed again", failed));
        await(attempt("cancelled", cancelled));
        log("done awaited", await(done), "again", await(done));
        log("still the same turn");
        await(sleep(Duration.ZERO));
        log("end");
        return Coroutine.done();
    }
}
