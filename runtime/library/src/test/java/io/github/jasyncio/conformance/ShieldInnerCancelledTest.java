package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.currentTask;
import static io.github.jasyncio.Asyncio.shield;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.waitOn;
import static java.util.Objects.requireNonNull;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Future;
import io.github.jasyncio.ReturnWhen;
import io.github.jasyncio.Task;
import java.util.List;

/**
 * A shield protects from outside, not from inside: if the inner task is cancelled or fails, so is the shield.
 */
class ShieldInnerCancelledTest extends Twin {

    private Coroutine<Void> inner() {
        return inner(false);
    }

    @Async
    private Coroutine<Void> inner(boolean fail) {
        await(sleep(ms(10)));
        if (fail) {
            throw new Boom("inner");
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> awaits(Future<Void> future) {
        try {
            await(future);
        } catch (CancelledError e) {
            log(
                    "awaiting task gets",
                    e.getClass().getSimpleName(),
                    "cancelling",
                    requireNonNull(currentTask()).cancelling());
            throw e;
        }
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        Task<Void> t = createTask(inner(), "t");
        Future<Void> s = shield(t);
        Task<Void> a = createTask(awaits(s), "a");
        await(sleep(ms(5)));
        log("cancel inner", t.cancel("inner"));
        log("at once: t", t.isDone(), "s", s.isDone());
        await(waitOn(List.of(a), ReturnWhen.ALL_COMPLETED));
        log("t, s, a cancelled:", t.isCancelled(), s.isCancelled(), a.isCancelled());
        await(attempt("failing", shield(inner(true))));
        Task<Void> two = createTask(inner(), "two");
        Future<Void> first = shield(two);
        Future<Void> second = shield(two);
        first.cancel();
        await(attempt("second shield", second));
        log("first", first.isCancelled());
        Future<Void> nested = shield(shield(createTask(inner())));
        nested.cancel();
        await(attempt("nested", nested));
        return Coroutine.done();
    }
}
