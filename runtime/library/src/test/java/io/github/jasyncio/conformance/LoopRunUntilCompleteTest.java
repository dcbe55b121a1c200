package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import io.github.jasyncio.Task;
import java.time.Duration;

/**
 * run_until_complete: the turn in which the future's callback runs is finished; other tasks stay where they are, and
 * go on in the next run.
 */
class LoopRunUntilCompleteTest extends Twin {

    @Async
    private Coroutine<Void> ticker() {
        for (int i = 0; i < 100; i++) {
            log("tick", i);
            await(sleep(ms(0)));
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<String> job(Duration delay, boolean fail) {
        await(sleep(delay));
        if (fail) {
            throw new Boom("job");
        }
        return Coroutine.of("result");
    }

    @Override
    void program() {
        EventLoop loop = newLoop();
        Task<Void> t = loop.createTask(ticker(), "ticker");
        log(loop.runUntilComplete(job(ms(0), false)));
        log("between; ticker done", t.isDone());
        log(loop.runUntilComplete(job(ms(0), false)));
        t.cancel();
        attemptCall("cancelled task", () -> loop.runUntilComplete(t));
        attemptCall("failing", () -> loop.runUntilComplete(job(ms(0), true)));
        Future<String> f = loop.createFuture();
        f.setResult("was done before");
        log(loop.runUntilComplete(f));
        loop.callLater(ms(10), loop::stop);
        Task<String> pending = loop.createTask(job(ms(30), false), "pending");
        attemptCall("stopped too early", () -> loop.runUntilComplete(pending));
        log("later", loop.runUntilComplete(pending));
        loop.close();
        Coroutine<String> c = job(ms(0), false);
        attemptCall("closed", () -> loop.runUntilComplete(c));
    }
}
