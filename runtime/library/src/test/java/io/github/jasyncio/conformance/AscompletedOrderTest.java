package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.asCompleted;
import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.Awaitable;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Future;
import io.github.jasyncio.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * as_completed hands out coroutines, the first of which gives the first result in time; failures come at their place.
 */
class AscompletedOrderTest extends Twin {

    @Async
    private Coroutine<String> job(String name, Duration delay, boolean fail) {
        await(sleep(delay));
        if (fail) {
            throw new Boom(name);
        }
        return Coroutine.of(name);
    }

    @Async
    @Override
    Coroutine<Void> main() {
        for (Coroutine<String> nextOne : asCompleted(List.of(
                job("a", ms(30), false), job("b", ms(10), false), job("c", ms(20), true), job("d", ms(0), false)))) {
            await(attempt("next", nextOne));
        }
        Task<String> t = createTask(job("t", ms(0), false), "t");
        await(t);
        Future<String> f = getRunningLoop().createFuture();
        getRunningLoop().callLater(ms(5), f::cancel);
        for (Coroutine<String> nextOne :
                asCompleted(List.<Awaitable<String>>of(f, t, t, job("same instant", ms(5), false)))) {
            await(attempt("next", nextOne));
        }
        List<Coroutine<String>> handed = new ArrayList<>();
        asCompleted(List.of(job("x", ms(10), false), job("y", ms(5), false))).forEach(handed::add);
        log("handed out", handed.size());
        await(attempt("awaited out of order", handed.get(1)));
        await(attempt("awaited out of order", handed.get(0)));
        List<Coroutine<String>> none = new ArrayList<>();
        asCompleted(List.<Coroutine<String>>of()).forEach(none::add);
        log("empty", none.size());
        return Coroutine.done();
    }
}
