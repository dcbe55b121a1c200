package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import io.github.jasyncio.Task;
import java.time.Duration;

/**
 * A callback that raises goes to the exception handler. The other callbacks and the waiting task do not notice.
 */
class CallbacksRaiseTest extends Twin {

    private void bad(String what) {
        throw new Boom(what);
    }

    @Async
    private Coroutine<Void> waiter(Future<Integer> f) {
        log("waiter got", await(f));
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        EventLoop loop = getRunningLoop();
        Future<Integer> f = loop.createFuture();
        f.addDoneCallback(done -> bad("first callback"));
        f.addDoneCallback(done -> log("second callback"));
        Task<Void> w = createTask(waiter(f));
        await(sleep(Duration.ZERO));
        f.addDoneCallback(done -> bad("last callback"));
        loop.callSoon(() -> bad("call_soon"));
        loop.callLater(ms(5), () -> bad("call_later"));
        f.setResult(1);
        await(w);
        await(sleep(ms(10)));
        log("end");
        return Coroutine.done();
    }
}
