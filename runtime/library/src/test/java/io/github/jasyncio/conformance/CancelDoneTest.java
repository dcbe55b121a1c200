package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.waitOn;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Future;
import io.github.jasyncio.ReturnWhen;
import io.github.jasyncio.Task;
import java.time.Duration;
import java.util.List;

/**
 * Cancelling what is done does nothing and says so, and is not counted.
 */
class CancelDoneTest extends Twin {

    @Async
    private Coroutine<Integer> ends(boolean fail) {
        if (fail) {
            throw new Boom("ends");
        }
        return Coroutine.of(1);
    }

    @Async
    @Override
    Coroutine<Void> main() {
        for (boolean fail : new boolean[] {false, true}) {
            Task<Integer> t = createTask(ends(fail), "t");
            await(waitOn(List.of(t), ReturnWhen.ALL_COMPLETED));
            log("cancel", t.cancel(), "cancelling", t.cancelling(), "cancelled", t.isCancelled());
            await(attempt("t", t));
        }
        Task<Integer> t = createTask(ends(false));
        await(sleep(Duration.ZERO));
        log("done, though nobody has seen it yet:", t.isDone(), t.cancel());
        await(attempt("t", t));
        Future<Integer> f = getRunningLoop().createFuture();
        log("future", f.cancel("a"), f.cancel("b"));
        await(attempt("f", f));
        return Coroutine.done();
    }
}
