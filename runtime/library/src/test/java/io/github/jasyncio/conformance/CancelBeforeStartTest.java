package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;
import java.time.Duration;

/**
 * A task that is cancelled before its first step never runs a line of its body, not even a finally; it still takes a
 * turn to end.
 */
class CancelBeforeStartTest extends Twin {

    @Async
    private Coroutine<Void> worker() {
        log("worker starts");
        try {
            await(sleep(Duration.ofSeconds(1)));
        } finally {
            log("worker's finally");
        }
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        Task<Void> t = createTask(worker(), "t");
        t.addDoneCallback(f -> log("callback; cancelled:", f.isCancelled()));
        log("cancel", t.cancel("never mind"), "done", t.isDone(), "cancelling", t.cancelling());
        await(sleep(Duration.ZERO));
        log("a turn later: done", t.isDone(), "cancelled", t.isCancelled());
        await(attempt("await", t));
        log("cancel again", t.cancel(), "cancelling", t.cancelling());
        return Coroutine.done();
    }
}
