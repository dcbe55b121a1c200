package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.toThread;

import io.github.jasyncio.Async;
import io.github.jasyncio.ContextVar;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * to_thread: the call runs elsewhere with a copy of the caller's context; its failure arrives as it was raised. The
 * loop goes on meanwhile.
 */
class ThreadsToThreadTest extends Twin {

    private final ContextVar<String> var = new ContextVar<>("var");

    @Async
    @Override
    Coroutine<Void> main() {
        var.set("the caller's");
        Thread here = Thread.currentThread();
        CountDownLatch release = new CountDownLatch(1);

        Callable<List<Object>> work = () -> {
            release.await(10, TimeUnit.SECONDS);
            String seen = var.get();
            var.set("the thread's");
            return List.of(seen, Thread.currentThread() == here);
        };

        Boom failure = new Boom("in the thread");

        Callable<Void> bad = () -> {
            throw failure;
        };

        Task<List<Object>> t = createTask(toThread(work), "t");
        for (int i = 0; i < 3; i++) {
            await(sleep(ms(0)));
            log("the loop goes on", i, t.isDone());
        }
        release.countDown();
        log(await(t), var.get());
        try {
            await(toThread(bad));
        } catch (Boom e) {
            log(e, e == failure);
        }
        log(await(getRunningLoop().runInExecutor(null, () -> "run_in_executor")));
        await(getRunningLoop().shutdownDefaultExecutor());
        await(attempt("after the shutdown", toThread(work)));
        return Coroutine.done();
    }
}
