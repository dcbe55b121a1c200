package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.shield;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.waitFor;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Future;
import io.github.jasyncio.Task;

/**
 * The outer side has gone when the inner task fails. Nobody is told by the shield; who awaits the inner task sees the
 * failure.
 */
class ShieldInnerFailsLaterTest extends Twin {

    @Async
    private Coroutine<Void> inner(String name) {
        await(sleep(ms(20)));
        log(name, "fails");
        throw new Boom(name);
    }

    @Async
    private Coroutine<Void> outer(Task<Void> task) {
        await(shield(task));
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        Task<Void> t = createTask(inner("t"), "t");
        Task<Void> o = createTask(outer(t), "o");
        await(sleep(ms(10)));
        o.cancel();
        await(attempt("o", o));
        await(attempt("t", t));

        Task<Void> u = createTask(inner("u"), "u");
        await(attempt("wait_for", waitFor(shield(u), ms(20)))); // both at 20 ms: the failure is one turn too late
        log("u done", u.isDone());
        await(attempt("u", u));

        Task<Void> v = createTask(inner("v"), "v");
        Future<Void> s = shield(v);
        s.addDoneCallback(f -> log("s cancelled", f.isCancelled()));
        v.addDoneCallback(f -> {
            log("v done; s done", s.isDone());
            s.cancel();
        }); // behind the shield's own callback
        await(attempt("s", s));
        await(attempt("v", v));
        return Coroutine.done();
    }
}
