package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.shield;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Future;
import io.github.jasyncio.Task;

/**
 * Cancelling who awaits a shield does not touch what is inside; awaiting the inner task afterwards works.
 */
class ShieldOuterCancelledTest extends Twin {

    @Async
    private Coroutine<String> inner() {
        try {
            await(sleep(ms(20)));
            return Coroutine.of("inner's value");
        } catch (CancelledError e) {
            log("never here");
            throw e;
        }
    }

    @Async
    private Coroutine<String> outer(Task<String> task) {
        try {
            String value = await(shield(task));
            return Coroutine.of(value);
        } catch (CancelledError e) {
            log("outer gets", e, "inner done", task.isDone(), "inner cancelling", task.cancelling());
            String value = await(task);
            return Coroutine.of(value);
        }
    }

    @Async
    @Override
    Coroutine<Void> main() {
        Task<String> t = createTask(inner(), "t");
        Task<String> o = createTask(outer(t), "o");
        await(sleep(ms(10)));
        o.cancel("outside");
        await(attempt("o", o));
        log("o cancelled", o.isCancelled());

        Task<String> u = createTask(inner(), "u");
        Future<String> s = shield(u);
        log("shield is another future", s != u, "cancel", s.cancel("s"), s.isCancelled());
        await(attempt("s", s));
        await(attempt("u", u));
        Future<String> d = shield(u);
        log("shield of what is done is it itself", d == u);
        return Coroutine.done();
    }
}
