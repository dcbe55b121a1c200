package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.asCompleted;
import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.waitOn;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.ReturnWhen;
import io.github.jasyncio.Task;
import java.time.Duration;
import java.util.List;

/**
 * When the time is up, every coroutine that has no result yet raises TimeoutError; the tasks go on.
 */
class AscompletedTimeoutTest extends Twin {

    @Async
    private Coroutine<String> job(String name, Duration delay) {
        try {
            await(sleep(delay));
            log(name, "ends");
            return Coroutine.of(name);
        } catch (CancelledError e) {
            log(name, "never cancelled");
            throw e;
        }
    }

    @Async
    private Coroutine<Void> taker() {
        for (Coroutine<String> nextOne : asCompleted(List.of(createTask(job("e", ms(10)), "e")))) {
            await(nextOne);
        }
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        List<Task<String>> tasks = List.of(
                createTask(job("a", ms(10)), "a"),
                createTask(job("b", ms(30)), "b"),
                createTask(job("c", ms(20)), "c"),
                createTask(job("d", ms(40)), "d"));
        for (Coroutine<String> nextOne : asCompleted(tasks, ms(25))) {
            await(attempt("next", nextOne));
        }
        log("pending", names(tasks.stream().filter(t -> !t.isDone()).toList()));
        await(waitOn(tasks, ReturnWhen.ALL_COMPLETED));
        for (Coroutine<String> nextOne : asCompleted(tasks.subList(0, 2), ms(0))) {
            // done, and found so before the timer
            await(attempt("next", nextOne));
        }

        Task<Void> t = createTask(taker(), "taker");
        await(sleep(ms(5)));
        t.cancel();
        await(attempt("taker", t));
        await(sleep(ms(10)));
        return Coroutine.done();
    }
}
