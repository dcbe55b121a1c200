package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.currentTask;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.run;
import static io.github.jasyncio.Asyncio.sleep;
import static java.util.Objects.requireNonNull;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Runner;
import io.github.jasyncio.Task;

/**
 * run(): the main coroutine's failure comes out as it is, after the others have been cancelled; its cancellation too.
 * No run inside a run.
 */
class RunnerFailuresTest extends Twin {

    @Async
    private Coroutine<Void> other() {
        try {
            await(sleep(ms(1000)));
        } finally {
            log("other is cancelled");
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> fails() {
        createTask(other());
        await(sleep(ms(10)));
        throw new Boom("main");
    }

    @Async
    private Coroutine<Void> cancelsItself() {
        Task<Void> t = createTask(other());
        requireNonNull(currentTask()).cancel("self");
        await(t);
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> nests() {
        Coroutine<Void> c = other();
        attemptCall("run in run", () -> run(c));
        EventLoop loop = getRunningLoop();
        Coroutine<Void> d = other();
        attemptCall("run_until_complete in run", () -> loop.runUntilComplete(d));
        attemptCall("close while running", loop::close);
        log("running", loop.isRunning(), "debug", loop.getDebug());
        return Coroutine.done();
    }

    /** {@code asyncio.run(coroutine, loop_factory=new_loop)}. */
    private <T> T runOnNewLoop(Coroutine<T> coroutine) {
        try (Runner runner = Runner.builder().loopFactory(this::newLoop).build()) {
            return runner.run(coroutine);
        }
    }

    @Override
    void program() {
        newLoop().close();
        attemptCall("fails", () -> runOnNewLoop(fails()));
        attemptCall("cancels itself", () -> runOnNewLoop(cancelsItself()));
        runOnNewLoop(nests());
        attemptCall("no running loop", () -> getRunningLoop());
    }
}
