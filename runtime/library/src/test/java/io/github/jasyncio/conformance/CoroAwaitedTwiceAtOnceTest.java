package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;

/**
 * Two tasks await one suspended coroutine: the second is refused, the first is not disturbed.
 */
class CoroAwaitedTwiceAtOnceTest extends Twin {

    @Async
    private Coroutine<String> shared() {
        log("shared starts");
        await(sleep(ms(10)));
        return Coroutine.of("value");
    }

    @Async
    private Coroutine<Void> user(String name, Coroutine<String> c) {
        await(attempt(name, c));
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        Coroutine<String> c = shared();
        Task<Void> a = createTask(user("a", c), "a");
        Task<Void> b = createTask(user("b", c), "b");
        await(a);
        await(b);
        Task<String> t = createTask(shared(), "t");
        await(sleep(ms(1)));
        await(attempt("coroutine of a running task", t.getCoroutine()));
        log("t", await(t));
        return Coroutine.done();
    }
}
