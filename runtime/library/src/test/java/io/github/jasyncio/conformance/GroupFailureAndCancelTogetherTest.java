package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.currentTask;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.taskGroup;
import static java.util.Objects.requireNonNull;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;
import java.time.Duration;

/**
 * A task fails and the parent is cancelled from outside, close together. If the request is first, nothing has failed
 * yet and the tasks are cancelled; a failure that has happened is never lost, and neither is the request: it stays
 * counted, and is delivered at the next suspension.
 */
class GroupFailureAndCancelTogetherTest extends Twin {

    @Async
    private Coroutine<Void> job(String name, Duration delay, boolean fails) {
        try {
            await(sleep(delay));
        } catch (CancelledError e) {
            await(sleep(ms(10)));
            throw e;
        }
        if (fails) {
            throw new Boom(name);
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> parent() {
        Task<?> me = requireNonNull(currentTask());
        try {
            await(taskGroup(group -> {
                group.createTask(job("bad", ms(10), true));
                group.createTask(job("slow", ms(50), false));
                await(sleep(ms(50)));
                return Coroutine.done();
            }));
        } catch (Throwable e) {
            log("parent gets", e, "cancelling", me.cancelling());
            await(attempt("next suspension", sleep(ms(0))));
            log("cancelling", me.cancelling());
            await(attempt("and the next", sleep(ms(0))));
            throw e;
        }
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        for (int delay : new int[] {9, 10, 11, 15}) {
            Task<Void> p = createTask(parent(), "p");
            getRunningLoop().callLater(ms(delay), p::cancel);
            await(attempt("cancelled at " + delay + ":", p));
            log("p cancelled", p.isCancelled());
        }
        Task<Void> p = createTask(parent(), "p");
        await(sleep(ms(0)));
        await(sleep(ms(0)));
        getRunningLoop().callLater(ms(10), p::cancel); // at the same instant, right behind the timer of "bad"
        await(attempt("cancelled when bad is about to fail:", p));
        return Coroutine.done();
    }
}
