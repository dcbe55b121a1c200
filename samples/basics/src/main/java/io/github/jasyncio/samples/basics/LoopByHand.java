package io.github.jasyncio.samples.basics;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.newEventLoop;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import java.time.Duration;

/** {@code run} makes a loop, runs a coroutine on it, and closes it. Who needs the loop himself does that by hand. */
final class LoopByHand {

    private LoopByHand() {}

    public static void main(String... args) {
        EventLoop loop = newEventLoop();
        try {
            loop.callSoon(() -> System.out.println("a callback, before the coroutine begins"));
            System.out.println("it gives " + loop.runUntilComplete(answer(loop)));

            // The loop stands still now, and what is scheduled waits until it runs again.
            loop.callLater(Duration.ofMillis(10), loop::stop);
            loop.callSoon(() -> System.out.println("running until it is stopped"));
            loop.runForever();
            System.out.println("stopped");
        } finally {
            loop.close();
        }
        System.out.println("closed: " + loop.isClosed());
        try {
            loop.callSoon(() -> System.out.println("never"));
        } catch (IllegalStateException e) {
            System.out.println("a closed loop takes nothing more");
        }
    }

    @Async
    static Coroutine<Integer> answer(EventLoop loop) {
        System.out.println("the coroutine begins");
        loop.callSoon(() -> System.out.println("a callback, while the coroutine waits"));
        await(sleep(Duration.ofMillis(10)));
        System.out.println("the coroutine ends");
        return Coroutine.of(42);
    }
}
