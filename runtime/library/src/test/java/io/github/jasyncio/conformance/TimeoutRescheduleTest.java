package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.timeout;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncTimeoutException;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Timeout;
import java.time.Duration;

/**
 * A deadline can be moved, taken away and set to the past while the body runs; not before it was entered, nor once it
 * is expiring or over.
 */
class TimeoutRescheduleTest extends Twin {

    @Async
    @Override
    Coroutine<Void> main() {
        EventLoop loop = getRunningLoop();
        long second = Duration.ofSeconds(1).toNanos();
        Timeout[] t = new Timeout[1];
        try {
            await(timeout(ms(10), entered -> {
                t[0] = entered;
                await(sleep(ms(5)));
                entered.reschedule(loop.time() + ms(10).toNanos());
                await(sleep(ms(9)));
                log("beyond the first deadline");
                entered.reschedule(null);
                await(sleep(ms(100)));
                log("no deadline; when", entered.when());
                entered.reschedule(loop.time() + ms(20).toNanos());
                entered.reschedule(loop.time() + ms(10).toNanos());
                await(sleep(Duration.ofSeconds(1)));
                return Coroutine.done();
            }));
        } catch (AsyncTimeoutException e) {
            log("timeout");
        }
        attemptCall("reschedule when over", () -> t[0].reschedule(loop.time() + second));
        try {
            await(timeout(null, entered -> {
                t[0] = entered;
                entered.reschedule(loop.time() - second);
                log("moved to the past; expired", entered.expired());
                try {
                    await(sleep(Duration.ofSeconds(1)));
                } finally {
                    attemptCall("reschedule while expiring", () -> entered.reschedule(loop.time() + second));
                }
                return Coroutine.done();
            }));
        } catch (AsyncTimeoutException e) {
            log("timeout", t[0].expired());
        }
        await(timeout(ms(10), entered -> {
            t[0] = entered;
            return Coroutine.done();
        }));
        attemptCall("reschedule when left", () -> t[0].reschedule(null));
        return Coroutine.done();
    }
}
