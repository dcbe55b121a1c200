package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.getRunningLoop;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A thread wakes the loop with call_soon_threadsafe; its calls run in their order, in the loop's thread. In debug
 * mode call_soon refuses a foreign thread.
 */
class ThreadsafeCallsTest extends Twin {

    @Async
    @Override
    Coroutine<Void> main() throws InterruptedException {
        EventLoop loop = getRunningLoop();
        loop.setDebug(true);
        Thread here = Thread.currentThread();
        Future<String> future = loop.createFuture();

        Consumer<Integer> call = i -> {
            log("call", i, "in the loop's thread", Thread.currentThread() == here);
            if (i == 2) {
                future.setResult("set by the thread");
            }
        };

        List<IllegalStateException> refused = new ArrayList<>();

        Thread thread = new Thread(() -> {
            for (int i = 0; i < 3; i++) {
                int number = i;
                loop.callSoonThreadsafe(() -> call.accept(number));
            }
            try {
                loop.callSoon(() -> call.accept(9));
            } catch (IllegalStateException e) {
                refused.add(e);
            }
        });
        thread.start();
        thread.join(); // the calls are queued, none has run
        log("joined; future done", future.isDone());
        log(await(future));
        log("call_soon from the thread:", refused);
        Future<String> again = loop.createFuture();
        thread = new Thread(() -> loop.callSoonThreadsafe(() -> again.setResult("woke an idle loop")));
        loop.callSoon(thread::start);
        log(await(again));
        thread.join();
        return Coroutine.done();
    }
}
