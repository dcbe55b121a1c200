package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import java.time.Duration;

/**
 * Timers run by deadline, equal ones in the order in which they were made; a past or negative deadline is due at
 * once, but a timer never runs before the callbacks that were ready when the loop looked at its timers.
 */
class TimersOrderTest extends Twin {

    @Async
    @Override
    Coroutine<Void> main() {
        EventLoop loop = getRunningLoop();
        loop.callLater(ms(30), () -> log("30 first"));
        loop.callLater(ms(10), () -> log("10 first"));
        loop.callLater(ms(30), () -> log("30 second"));
        loop.callAt(loop.time() + ms(20).toNanos(), () -> log("20"));
        loop.callLater(ms(10), () -> log("10 second"));
        loop.callLater(ms(-5), () -> log("-5"));
        loop.callAt(loop.time() - ms(1000).toNanos(), () -> log("a second ago"));
        loop.callLater(Duration.ZERO, () -> log("0"));
        loop.callSoon(() -> log("soon"));
        for (int i = 0; i < 4; i++) {
            int n = i;
            loop.callLater(ms(40), () -> log("40", n));
        }
        await(sleep(ms(40)));
        log("slept 40");
        loop.callLater(ms(10), () -> log("50"));
        await(sleep(ms(10)));
        log("slept until 50");
        return Coroutine.done();
    }
}
