package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;

/**
 * A coroutine is good for one run. Awaiting it again, or making a task of it afterwards, fails; whether the run ended
 * well does not matter.
 */
class CoroReuseTest extends Twin {

    @Async
    private Coroutine<Integer> child(boolean fail) {
        log("child runs");
        if (fail) {
            throw new Boom("child");
        }
        return Coroutine.of(1);
    }

    @Async
    @Override
    Coroutine<Void> main() {
        Coroutine<Integer> c = child(false);
        await(attempt("first await", c));
        await(attempt("second await", c));
        await(attempt("third await", c));
        Coroutine<Integer> f = child(true);
        await(attempt("failing, first await", f));
        await(attempt("failing, second await", f));
        Task<Integer> t = createTask(c, "t"); // making the task works; running it does not
        log("task made");
        await(attempt("task of a used coroutine", t));
        Coroutine<Integer> used = child(false);
        Task<Integer> a = createTask(used, "a");
        log("a", await(a));
        await(attempt("await what a task has run", used));
        return Coroutine.done();
    }
}
