package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.currentTask;
import static io.github.jasyncio.Asyncio.gather;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;
import static java.util.Objects.requireNonNull;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;
import io.github.jasyncio.TaskFactory;

/**
 * Eager tasks that fail, are cancelled, cancel themselves or make others while they start.
 */
class EagerFailuresTest extends Twin {

    @Async
    private Coroutine<Void> fails() {
        log("fails at once");
        throw new Boom("eager");
    }

    @Async
    private Coroutine<Void> cancelsItself() {
        requireNonNull(currentTask()).cancel("self");
        log("asked itself to go");
        try {
            await(sleep(ms(0)));
        } finally {
            log("told at its first suspension");
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> cancelledWithoutSuspension() {
        requireNonNull(currentTask()).cancel("self");
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> waits() {
        try {
            await(sleep(ms(1000)));
        } catch (CancelledError e) {
            log("waiting task gets", e);
            throw e;
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> nested(int depth) {
        log("depth", depth);
        if (depth < 3) {
            Task<Void> t = createTask(nested(depth + 1));
            log("made", depth + 1, "done", t.isDone());
            await(t);
        }
        await(sleep(ms(0)));
        log("leaves", depth);
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        getRunningLoop().setTaskFactory(TaskFactory.EAGER);
        Task<Void> t = createTask(fails());
        log("done", t.isDone());
        await(attempt("fails", t));
        t = createTask(cancelsItself());
        log("done", t.isDone());
        await(attempt("cancels itself", t));
        t = createTask(cancelledWithoutSuspension());
        log("done", t.isDone(), "cancelled", t.isCancelled());
        t = createTask(waits());
        t.cancel("at once"); // it has started: its handler runs
        await(attempt("waits", t));
        await(createTask(nested(0)));
        await(attempt("gather", gather(waits(), fails())));
        return Coroutine.done();
    }
}
