package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import java.time.Duration;

/**
 * Callbacks queued by callbacks wait for the next turn, like tasks that sleep(0); call_later(0) goes behind what is
 * ready.
 */
class Sleep0AndCallbacksTest extends Twin {

    private void chain(int n) {
        log("chain", n);
        if (n < 4) {
            getRunningLoop().callSoon(() -> chain(n + 1));
        }
    }

    @Async
    @Override
    Coroutine<Void> main() {
        EventLoop loop = getRunningLoop();
        loop.callLater(Duration.ZERO, () -> log("later 0, a"));
        loop.callSoon(() -> chain(0));
        loop.callLater(Duration.ZERO, () -> log("later 0, b"));
        for (int i = 0; i < 3; i++) {
            int n = i;
            log("main", i);
            loop.callSoon(() -> log("soon", n));
            loop.callLater(Duration.ZERO, () -> log("later", n));
            await(sleep(Duration.ZERO));
        }
        log("main falls asleep");
        await(sleep(ms(1)));
        log("end");
        return Coroutine.done();
    }
}
