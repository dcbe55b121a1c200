package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.gather;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.Awaitable;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import io.github.jasyncio.Task;
import java.time.Duration;
import java.util.List;

/**
 * Results come in the order of the arguments. Coroutines become tasks, which start in that order; the gather is done
 * one turn after the last.
 */
class GatherOrderTest extends Twin {

    @Async
    private Coroutine<String> job(String name, Duration delay) {
        log(name, "starts");
        await(sleep(delay));
        log(name, "ends");
        return Coroutine.of(name);
    }

    @Async
    @Override
    Coroutine<Void> main() {
        EventLoop loop = getRunningLoop();
        log(await(gather(job("a", ms(30)), job("b", ms(10)), job("c", ms(20)))));
        Future<String> future = loop.createFuture();
        loop.callLater(ms(5), () -> future.setResult("from a future"));
        Task<String> task = createTask(job("task", ms(0)), "task");
        Future<List<String>> g = gather(job("d", ms(0)), future, task);
        g.addDoneCallback(f -> log("gather done", f.result()));
        log("made; done", g.isDone());
        log(await(g));
        log("nested", await(gather(List.<Awaitable<?>>of(gather(job("e", ms(0)), job("f", ms(1))), job("g", ms(0))))));
        Future<List<String>> empty = gather();
        log("empty done", empty.isDone(), await(empty));
        Future<List<String>> ready = gather(future, task);
        log("of done futures: done", ready.isDone(), await(ready));
        return Coroutine.done();
    }
}
