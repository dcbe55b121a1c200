package io.github.jasyncio.samples.basics;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.run;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Debug mode finds what is hard to see: calls from the wrong thread, which it refuses, and what holds the loop for too long, which it logs (on
 * standard error, unless logging is set up otherwise). Every program can run in it: environment {@code JASYNCIO_DEBUG=1}.
 */
final class DebugMode {

    private DebugMode() {}

    public static void main(String... args) {
        run(program(), true);
    }

    @Async
    static Coroutine<Void> program() {
        EventLoop loop = getRunningLoop();
        System.out.println("debug mode: " + loop.getDebug());

        System.out.println("callSoon from another thread: "
                + await(CompletableFuture.supplyAsync(() -> tryToCall(() -> loop.callSoon(() -> {})))));
        System.out.println("callSoonThreadsafe from another thread: "
                + await(CompletableFuture.supplyAsync(() -> tryToCall(() -> loop.callSoonThreadsafe(() -> {})))));

        loop.setSlowCallbackDuration(Duration.ofMillis(20));
        System.out.println("holding the loop for 30 ms, which is logged");
        hold(Duration.ofMillis(30));
        await(sleep(Duration.ZERO));
        return Coroutine.done();
    }

    private static String tryToCall(Runnable call) {
        try {
            call.run();
            return "accepted";
        } catch (IllegalStateException e) {
            return "refused";
        }
    }

    private static void hold(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}
