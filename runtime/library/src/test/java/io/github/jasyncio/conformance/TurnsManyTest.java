package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.asCompleted;
import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.gather;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.taskGroup;
import static io.github.jasyncio.Asyncio.timeout;
import static io.github.jasyncio.Asyncio.waitOn;

import io.github.jasyncio.Async;
import io.github.jasyncio.Awaitable;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import io.github.jasyncio.ReturnWhen;
import java.time.Duration;
import java.util.List;

/**
 * The same count for what waits for several things.
 */
class TurnsManyTest extends Twin {

    private int turns;

    private Coroutine<Void> job() {
        return job(0);
    }

    private Coroutine<Void> job(int n) {
        return job(n, false);
    }

    @Async
    private Coroutine<Void> job(int n, boolean fail) {
        for (int i = 0; i < n; i++) {
            await(sleep(Duration.ZERO));
        }
        if (fail) {
            throw new Boom("job");
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> group(List<Coroutine<Void>> jobs) {
        await(taskGroup(g -> {
            for (Coroutine<Void> j : jobs) {
                g.createTask(j);
            }
            return Coroutine.done();
        }));
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> completed(List<Coroutine<Void>> jobs) {
        for (Coroutine<Void> c : asCompleted(jobs)) {
            await(c);
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> limited(Awaitable<Void> j) {
        await(timeout(Duration.ofSeconds(1), t -> {
            await(j);
            return Coroutine.done();
        }));
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
        } catch (Exception e) {
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
        await(count("gather nothing", gather()));
        await(count("gather done futures", gather(done, done)));
        await(count("gather one", gather(job())));
        await(count("gather 0, 2, 1", gather(job(), job(2), job(1))));
        await(count("gather, one fails", gather(job(5), job(1, true))));
        await(count("wait for done", waitOn(List.of(done), ReturnWhen.ALL_COMPLETED)));
        await(count("wait for all", waitOn(List.of(createTask(job()), createTask(job(2))), ReturnWhen.ALL_COMPLETED)));
        await(count(
                "wait for first", waitOn(List.of(createTask(job(3)), createTask(job())), ReturnWhen.FIRST_COMPLETED)));
        await(count("wait, timeout 0", waitOn(List.of(createTask(job(3))), ReturnWhen.ALL_COMPLETED, Duration.ZERO)));
        await(count("as_completed", completed(List.of(job(2), job()))));
        await(count("empty group", group(List.of())));
        await(count("group of one", group(List.of(job()))));
        await(count("group 0, 2", group(List.of(job(), job(2)))));
        await(count("group, one fails", group(List.of(job(9), job(1, true)))));
        await(count("timeout around a coroutine", limited(job())));
        await(count("timeout around a task", limited(createTask(job()))));
        return Coroutine.done();
    }
}
