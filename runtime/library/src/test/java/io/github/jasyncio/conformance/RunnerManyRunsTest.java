package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.allTasks;
import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.currentTask;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.ContextVar;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Runner;

/**
 * A Runner keeps its loop, its context and its unfinished tasks from one run to the next; it cancels them when it is
 * closed.
 */
class RunnerManyRunsTest extends Twin {

    private final ContextVar<String> var = new ContextVar<>("var", "unset");

    @Async
    private Coroutine<Void> background() {
        try {
            for (int i = 0; i < 100; i++) {
                log("background", i);
                await(sleep(ms(10)));
            }
        } finally {
            log("background ends");
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<EventLoop> first() {
        log("var", var.get());
        var.set("by the first run");
        createTask(background(), "background");
        await(sleep(ms(15)));
        return Coroutine.of(getRunningLoop());
    }

    @Async
    private Coroutine<Void> second(EventLoop loop) {
        log("same loop", getRunningLoop() == loop, "var", var.get(), "debug", loop.getDebug());
        log("tasks", names(allTasks().stream().filter(t -> t != currentTask()).toList()));
        await(sleep(ms(20)));
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> fails() {
        throw new Boom("third");
    }

    @Override
    void program() {
        newLoop().close();
        var.set("outside");
        Runner runner = Runner.builder().loopFactory(this::newLoop).debug(true).build();
        EventLoop loop;
        try (runner) {
            loop = runner.run(first());
            log("between the runs; running", loop.isRunning(), "var", var.get());
            runner.run(second(loop));
            attemptCall("third", () -> runner.run(fails()));
            log("leaving");
        }
        log("closed", loop.isClosed());
        Coroutine<Void> c = fails();
        attemptCall("run when closed", () -> runner.run(c));
    }
}
