package io.github.jasyncio.conformance;

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
 * Cancelling who waits leaves the tasks alone.
 */
class WaitCancelledTest extends Twin {

    @Async
    private Coroutine<Void> job(String name, Duration delay) {
        await(sleep(delay));
        log(name, "ends");
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> waits(List<Task<Void>> tasks) {
        try {
            await(waitOn(tasks, ReturnWhen.ALL_COMPLETED, ms(50)));
        } catch (CancelledError e) {
            log("waiter gets", e);
            throw e;
        }
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        List<Task<Void>> tasks = List.of(createTask(job("a", ms(20)), "a"), createTask(job("b", ms(30)), "b"));
        Task<Void> w = createTask(waits(tasks), "w");
        await(sleep(ms(10)));
        w.cancel("stop waiting");
        await(attempt("w", w));
        log(
                "done",
                tasks.stream().map(Task::isDone).toList(),
                "cancelling",
                tasks.stream().map(Task::cancelling).toList());
        Task<Void> x = createTask(waits(tasks), "x");
        await(sleep(ms(20))); // both have ended, but x has not resumed
        log("x done", x.isDone(), "cancel", x.cancel("just in time"));
        await(attempt("x", x));
        return Coroutine.done();
    }
}
