package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.waitOn;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.ReturnWhen;
import io.github.jasyncio.Task;
import io.github.jasyncio.WaitResult;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A timeout is no error. Futures and tasks that are done already are reported after one round of the loop; duplicates
 * count once.
 */
class WaitTimeoutTest extends Twin {

    @Async
    private Coroutine<String> job(String name, Duration delay) {
        await(sleep(delay));
        return Coroutine.of(name);
    }

    @Async
    @Override
    Coroutine<Void> main() {
        List<Task<String>> tasks = List.of(
                createTask(job("a", ms(10)), "a"),
                createTask(job("b", ms(20)), "b"),
                createTask(job("c", ms(30)), "c"));
        @Nullable Duration[] limits = {ms(15), ms(5), ms(0), ms(-1), ms(10), null};
        for (Duration limit : limits) {
            WaitResult<String> result = await(waitOn(tasks, ReturnWhen.ALL_COMPLETED, limit));
            log(
                    "limit",
                    limit == null ? "none" : limit.toMillis(),
                    "done",
                    names(result.done()),
                    "pending",
                    names(result.pending()));
        }
        WaitResult<String> result = await(waitOn(List.of(tasks.get(0), tasks.get(0)), ReturnWhen.ALL_COMPLETED));
        log("twice the same", names(result.done()));
        Task<String> fresh = createTask(job("new", ms(10)), "new");
        result = await(waitOn(List.of(tasks.get(0), fresh), ReturnWhen.FIRST_COMPLETED));
        log("one done before", names(result.done()), names(result.pending()));
        result = await(waitOn(List.of(fresh), ReturnWhen.ALL_COMPLETED, ms(10)));
        log("same instant", names(result.done()), names(result.pending()));
        await(attempt("nothing to wait for", waitOn(List.<Task<String>>of(), ReturnWhen.ALL_COMPLETED)));
        return Coroutine.done();
    }
}
