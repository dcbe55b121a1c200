package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.ensureFuture;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.wrapFuture;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import io.github.jasyncio.Task;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * ensure_future makes a task of a coroutine and gives back what is a future already; wrap and chain: a stage's
 * result, failure and cancellation cross over.
 */
class EnsureFutureTest extends Twin {

    @Async
    private Coroutine<String> job() {
        await(sleep(ms(1)));
        return Coroutine.of("job");
    }

    @Async
    @Override
    Coroutine<Void> main() {
        EventLoop loop = getRunningLoop();
        Future<String> f = loop.createFuture();
        Task<String> t = createTask(job(), "t");
        log("future as it is", ensureFuture(f) == f, "task as it is", ensureFuture(t) == t);
        Future<String> e = ensureFuture(job());
        log("a task", e instanceof Task<String>, await(e), await(t));
        for (String how : List.of("result", "failure", "cancelled outside", "cancelled inside")) {
            CompletableFuture<String> stage = new CompletableFuture<>();
            Future<String> w = wrapFuture(stage);
            log(how, "done", w.isDone());
            if (how.equals("result")) {
                stage.complete("r");
            } else if (how.equals("failure")) {
                stage.completeExceptionally(new Boom("f"));
            } else if (how.equals("cancelled outside")) {
                stage.cancel(false);
            } else {
                w.cancel();
                await(sleep(ms(0)));
                log("stage cancelled", stage.isCancelled());
            }
            log("not at once: done", w.isDone());
            await(attempt(how, w));
        }
        return Coroutine.done();
    }
}
