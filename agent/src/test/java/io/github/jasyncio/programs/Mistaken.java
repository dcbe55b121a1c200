package io.github.jasyncio.programs;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.newEventLoop;
import static io.github.jasyncio.Asyncio.run;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.toThread;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Makes the mistakes that debug mode tells of. The argument says how it is switched on: {@code run}, {@code set}, or from outside. */
public final class Mistaken {

    private static final CountDownLatch REPORTED = new CountDownLatch(1);

    /** Never awaited, and no garbage either, so that it is known when they are reported. */
    private static final List<Coroutine<Integer>> FORGOTTEN = new ArrayList<>();

    private Mistaken() {}

    @Async
    static Coroutine<Integer> price(int item) {
        await(sleep(Duration.ZERO));
        return Coroutine.of(item * 10);
    }

    @Async
    static Coroutine<Void> program() {
        EventLoop loop = getRunningLoop();
        System.out.println("debug " + loop.getDebug());
        FORGOTTEN.add(price(1));
        System.out.println(await(toThread(() -> {
            try {
                loop.callSoon(() -> {});
                return "accepted";
            } catch (IllegalStateException e) {
                return e.getMessage();
            }
        })));
        if (loop.getDebug()) {
            loop.setSlowCallbackDuration(Duration.ofMillis(20));
            await(createTask(block(), "slow"));
        }
        return Coroutine.done();
    }

    /** Until it was reported. */
    @Async
    static Coroutine<Void> block() {
        waitForReport();
        return Coroutine.done();
    }

    private static void waitForReport() {
        try {
            REPORTED.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public static void main(String[] arguments) {
        Logger root = Logger.getLogger("");
        // Behind the one that prints.
        root.addHandler(new Handler() {
            @Override
            public void publish(LogRecord report) {
                if (report.getMessage().contains("'slow'")
                        && report.getMessage().contains(" and goes on; ")) {
                    REPORTED.countDown();
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });
        FORGOTTEN.add(price(2));
        switch (arguments[0]) {
            case "run" -> run(program(), true);
            case "set" -> {
                EventLoop loop = newEventLoop();
                loop.setDebug(true);
                loop.runUntilComplete(program());
                loop.runUntilComplete(loop.shutdownDefaultExecutor());
                loop.close();
            }
            default -> run(program());
        }
        root.info("end");
    }
}
