package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.shield;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.waitFor;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncTimeoutException;
import io.github.jasyncio.Awaitable;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import io.github.jasyncio.Task;
import java.time.Duration;

/**
 * How many turns of the loop each thing takes, counted by a callback that queues itself again.
 */
class TurnsAwaitTest extends Twin {

    private int turns;

    @Async
    private Coroutine<String> nothing() {
        return Coroutine.of("x");
    }

    @Async
    private Coroutine<Void> yielding(int n) {
        for (int i = 0; i < n; i++) {
            await(sleep(Duration.ZERO));
        }
        return Coroutine.done();
    }

    private void tick() {
        turns++;
        getRunningLoop().callSoon(this::tick);
    }

    @Async
    private Coroutine<Void> count(String what, Awaitable<?> awaitable) {
        int before = turns;
        String outcome = "";
        try {
            await(awaitable);
        } catch (Boom | AsyncTimeoutException | CancelledError e) {
            outcome = " (" + TraceFormat.of(e) + ")";
        }
        log(what + outcome + ":", turns - before);
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        EventLoop loop = getRunningLoop();
        loop.callSoon(this::tick);
        Future<Integer> done = loop.createFuture();
        done.setResult(1);
        Future<Integer> pending = loop.createFuture();
        loop.callSoon(() -> pending.setResult(1));
        Task<Void> cancelled = createTask(yielding(100));
        await(count("coroutine", nothing()));
        await(count("done future", done));
        await(count("future set in the next turn", pending));
        await(count("sleep 0", sleep(Duration.ZERO)));
        await(count("coroutine that yields 3 times", yielding(3)));
        await(count("task", createTask(nothing())));
        await(count("task that yields 3 times", createTask(yielding(3))));
        cancelled.cancel();
        await(count("cancelled task", cancelled));
        await(count("shield of a coroutine", shield(nothing())));
        await(count("shield of a done future", shield(done)));
        await(count("wait_for coroutine", waitFor(nothing(), Duration.ofSeconds(1))));
        await(count("wait_for coroutine, None", waitFor(nothing(), null)));
        await(count("wait_for coroutine, 0", waitFor(nothing(), Duration.ZERO)));
        await(count("wait_for done future, 0", waitFor(done, Duration.ZERO)));
        await(count("wait_for task", waitFor(createTask(nothing()), Duration.ofSeconds(1))));
        await(count("wait_for yielding task, 0", waitFor(createTask(yielding(3)), Duration.ZERO)));
        return Coroutine.done();
    }
}
