package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.currentTask;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;
import static java.util.Objects.requireNonNull;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Future;
import io.github.jasyncio.Task;
import java.time.Duration;
import java.util.List;

/**
 * A task that cancels itself goes on until its next real suspension. If there is none, it ends cancelled although it
 * returned. An await that does not suspend does not deliver the error; a failure wins over the request.
 */
class CancelSelfTest extends Twin {

    @Async
    private Coroutine<String> nothing() {
        return Coroutine.of("nothing");
    }

    @Async
    private Coroutine<Void> suspends() {
        requireNonNull(currentTask()).cancel("self");
        log("goes on:", await(nothing()));
        try {
            await(sleep(Duration.ZERO));
            log("never here");
        } finally {
            log("delivered at the sleep");
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<String> returns() {
        requireNonNull(currentTask()).cancel("self");
        log("about to return");
        return Coroutine.of("a value");
    }

    @Async
    private Coroutine<Void> fails() {
        requireNonNull(currentTask()).cancel("self");
        throw new Boom("failure");
    }

    @Async
    private Coroutine<Void> waitsForFuture(Future<Void> future) {
        requireNonNull(currentTask()).cancel("self");
        await(future);
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        Future<Void> future = getRunningLoop().createFuture();
        for (Coroutine<?> body : List.of(suspends(), returns(), fails(), waitsForFuture(future))) {
            Task<?> t = createTask(body);
            await(attempt("task", t));
            log("cancelled", t.isCancelled());
        }
        log("the future it would have waited for is cancelled:", future.isCancelled());
        return Coroutine.done();
    }
}
