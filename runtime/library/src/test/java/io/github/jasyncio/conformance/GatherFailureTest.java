package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.gather;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Future;
import io.github.jasyncio.Task;
import java.time.Duration;
import java.util.List;

/**
 * The first failure in time is raised at once, and the others go on; their results and failures are dropped without a
 * word.
 */
class GatherFailureTest extends Twin {

    @Async
    private Coroutine<String> job(String name, Duration delay, boolean fail) {
        try {
            await(sleep(delay));
        } catch (CancelledError e) {
            log("never here");
            throw e;
        }
        log(name, fail ? "fails" : "ends");
        if (fail) {
            throw new Boom(name);
        }
        return Coroutine.of(name);
    }

    @Async
    @Override
    Coroutine<Void> main() {
        await(attempt(
                "gather",
                gather(
                        job("slow", ms(30), false),
                        job("second", ms(20), true),
                        job("first", ms(10), true),
                        job("quick", ms(0), false))));
        await(sleep(ms(40)));

        await(attempt("same instant", gather(job("a", ms(10), true), job("b", ms(10), true))));
        List<Task<String>> tasks = List.of(createTask(job("c", ms(10), true)), createTask(job("d", ms(20), false)));
        Future<List<String>> g = gather(tasks);
        await(attempt("g", g));
        log("cancelling a gather that has failed:", g.cancel());
        log("d", await(tasks.get(1)));
        Future<String> failed = getRunningLoop().createFuture();
        failed.setException(new Boom("before"));
        g = gather(job("e", ms(1), false), failed);
        log("already failed; done", g.isDone());
        await(attempt("g", g));
        await(sleep(ms(5)));
        return Coroutine.done();
    }
}
