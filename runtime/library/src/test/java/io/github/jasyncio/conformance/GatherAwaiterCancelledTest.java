package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.gather;
import static io.github.jasyncio.Asyncio.shield;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.waitFor;
import static io.github.jasyncio.Asyncio.waitOn;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Future;
import io.github.jasyncio.ReturnWhen;
import io.github.jasyncio.Task;
import java.time.Duration;
import java.util.List;

/**
 * The task that awaits a gather is cancelled: so is every child, and the task resumes as soon as the first child has
 * ended cancelled, while others may still be leaving. Shielded, the task resumes at once and the children notice
 * nothing.
 */
class GatherAwaiterCancelledTest extends Twin {

    @Async
    private Coroutine<Void> child(String name, Duration lingers) {
        try {
            await(sleep(ms(1000)));
        } finally {
            log(name, "is leaving");
            await(sleep(lingers));
            log(name, "has left");
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> parent(boolean shielded) {
        String prefix = shielded ? "shielded " : "";
        Future<List<Void>> g =
                gather(child(prefix + "a", ms(20)), child(prefix + "b", ms(0)), child(prefix + "c", ms(10)));
        try {
            await(shielded ? shield(g) : g);
        } catch (CancelledError e) {
            log("parent gets it; gather done", g.isDone());
            if (!g.isDone()) {
                g.cancel();
                await(waitOn(List.of(g), ReturnWhen.ALL_COMPLETED));
                log("gather done", g.isDone(), "cancelled", g.isCancelled());
            }
            throw e;
        }
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        for (boolean shielded : new boolean[] {false, true}) {
            Task<Void> p = createTask(parent(shielded), "p");
            await(sleep(ms(10)));
            p.cancel();
            await(waitOn(List.of(p), ReturnWhen.ALL_COMPLETED));
            log("p cancelled", p.isCancelled());
            await(sleep(ms(30)));
        }
        await(attempt("wait_for a gather", waitFor(gather(child("d", ms(0)), sleep(ms(1))), ms(5))));
        return Coroutine.done();
    }
}
