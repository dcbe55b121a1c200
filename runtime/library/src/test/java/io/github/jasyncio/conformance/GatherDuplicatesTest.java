package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.gather;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Future;
import io.github.jasyncio.Task;
import java.util.List;

/**
 * The same future, task or coroutine twice counts as one and gives its result in both places.
 */
class GatherDuplicatesTest extends Twin {

    @Async
    private Coroutine<String> job(String name) {
        log(name, "runs");
        await(sleep(ms(1)));
        return Coroutine.of(name);
    }

    @Async
    @Override
    Coroutine<Void> main() {
        Future<String> f = getRunningLoop().createFuture();
        Task<String> t = createTask(job("t"), "t");
        Coroutine<String> c = job("c");
        getRunningLoop().callLater(ms(10), () -> f.setResult("f"));
        Future<List<String>> g = gather(f, t, c, f, c, t);
        log(await(g));
        Task<String> u = createTask(job("u"), "u");
        g = gather(u, u);
        await(sleep(ms(0)));
        log("cancel", g.cancel(), "asked", u.cancelling(), "times");
        try {
            await(g);
        } catch (CancelledError e) {
            log("cancelled");
        }
        return Coroutine.done();
    }
}
