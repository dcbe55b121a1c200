package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Task;
import java.time.Duration;

/**
 * A new task's first step is queued like any callback: first in, first out, and not before its maker gives up the
 * turn.
 */
class StartOrderTest extends Twin {

    @Async
    private Coroutine<Void> worker(String name) {
        log(name, "1");
        await(sleep(Duration.ZERO));
        log(name, "2");
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> parent(String name) {
        log(name, "makes two");
        Task<Void> a = createTask(worker(name + ".a"));
        Task<Void> b = createTask(worker(name + ".b"));
        log(name, "made two");
        await(b);
        log(name, "has b; a done:", a.isDone());
        await(a);
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        EventLoop loop = getRunningLoop();
        loop.callSoon(() -> log("soon 1"));
        Task<Void> p = createTask(parent("p"));
        loop.callSoon(() -> log("soon 2"));
        Task<Void> q = createTask(worker("q"));
        loop.callSoon(() -> log("soon 3"));
        log("main suspends");
        await(p);
        log("main has p; q done:", q.isDone());
        return Coroutine.done();
    }
}
