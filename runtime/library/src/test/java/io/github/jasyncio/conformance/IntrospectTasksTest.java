package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.allTasks;
import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.currentTask;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;
import static java.util.Objects.requireNonNull;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Task;
import java.time.Duration;

/**
 * Who is current, what is alive, how tasks are called.
 */
class IntrospectTasksTest extends Twin {

    @Async
    private Coroutine<Void> job(String name, Duration delay) {
        Task<?> me = requireNonNull(currentTask());
        log(name, "runs as", me.getName(), "alive", names(allTasks()));
        me.setName(name + " renamed");
        await(sleep(delay));
        log(name, "runs as", requireNonNull(currentTask()).getName(), currentTask() == me);
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        EventLoop loop = getRunningLoop();
        Task<?> me = requireNonNull(currentTask());
        me.setName("main");
        Task<Void> a = createTask(job("a", ms(10)), "a");
        Task<Void> b = createTask(job("b", ms(20)), "b");
        log("alive", names(allTasks()));
        await(sleep(ms(1)));
        log("alive", names(allTasks(loop)), "current is main", currentTask() == me);
        loop.callSoon(() -> log("in a callback; current", currentTask(), "alive", names(allTasks())));
        await(a);
        log("alive", names(allTasks()));
        await(b);
        log("alive", names(allTasks()), "its loop", b.getLoop() == loop);
        Task<Void> unnamed = createTask(job("unnamed", Duration.ZERO));
        log("has a name", unnamed.getName().startsWith("Task-"));
        unnamed.setName("c");
        await(unnamed);
        return Coroutine.done();
    }
}
