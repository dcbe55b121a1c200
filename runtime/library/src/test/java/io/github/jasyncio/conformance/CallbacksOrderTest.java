package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Future;
import io.github.jasyncio.Task;
import java.time.Duration;

/**
 * Done callbacks and awaiting tasks stand in one queue, in the order in which they came. They never run inside
 * set_result. A callback added when the future is done is queued at once, behind what is there.
 */
class CallbacksOrderTest extends Twin {

    @Async
    private Coroutine<Void> waiter(String name, Future<String> future) {
        log(name, "waits");
        log(name, "got", await(future));
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        Future<String> future = getRunningLoop().createFuture();
        future.addDoneCallback(f -> log("callback 1", f.result()));
        Task<Void> w1 = createTask(waiter("w1", future));
        await(sleep(Duration.ZERO));
        future.addDoneCallback(f -> log("callback 2", f.result()));
        Task<Void> w2 = createTask(waiter("w2", future));
        await(sleep(Duration.ZERO));
        future.addDoneCallback(f -> log("callback 3", f.result()));
        getRunningLoop().callSoon(() -> log("soon before"));
        future.setResult("value");
        log("set");
        getRunningLoop().callSoon(() -> log("soon after"));
        future.addDoneCallback(f -> log("late callback", f.result()));
        log("main gets", await(future)); // done: no suspension
        await(w2);
        log("w1 done:", w1.isDone());
        return Coroutine.done();
    }
}
