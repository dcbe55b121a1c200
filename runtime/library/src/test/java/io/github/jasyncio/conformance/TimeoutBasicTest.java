package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.currentTask;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.timeout;
import static io.github.jasyncio.Asyncio.timeoutAt;
import static java.util.Objects.requireNonNull;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncTimeoutException;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Task;
import io.github.jasyncio.Timeout;
import java.time.Duration;

/**
 * timeout(): the cancellation that it causes comes out as TimeoutError, and only that; a deadline that was met leaves
 * no trace.
 */
class TimeoutBasicTest extends Twin {

    private static long millis(Timeout t) {
        return requireNonNull(t.when()) / 1_000_000;
    }

    @Async
    @Override
    Coroutine<Void> main() {
        Task<?> me = requireNonNull(currentTask());
        EventLoop loop = getRunningLoop();
        Timeout[] t = new Timeout[1];
        try {
            await(timeout(ms(10), entered -> {
                t[0] = entered;
                log("when", millis(entered), "expired", entered.expired());
                try {
                    await(sleep(Duration.ofSeconds(1)));
                } catch (CancelledError e) {
                    log("inside:", e, "expired", entered.expired(), "cancelling", me.cancelling());
                    throw e;
                }
                return Coroutine.done();
            }));
        } catch (AsyncTimeoutException e) {
            log("outside:", e, "expired", t[0].expired(), "cancelling", me.cancelling());
        }

        await(timeout(ms(10), entered -> {
            t[0] = entered;
            await(sleep(ms(5)));
            return Coroutine.done();
        }));
        log("met; expired", t[0].expired(), "when", millis(t[0]));
        await(sleep(ms(20)));

        await(timeout(null, entered -> {
            t[0] = entered;
            await(sleep(ms(100)));
            return Coroutine.done();
        }));
        log("none; when", t[0].when(), "expired", t[0].expired());

        try {
            await(timeoutAt(loop.time() + ms(10).toNanos(), entered -> {
                t[0] = entered;
                throw new Boom("body");
            }));
        } catch (Boom e) {
            log("body failed:", e, "expired", t[0].expired());
        }

        try {
            await(timeout(ms(10), entered -> {
                t[0] = entered;
                try {
                    await(sleep(Duration.ofSeconds(1)));
                } catch (CancelledError e) {
                    throw new Boom("in the handler");
                }
                return Coroutine.done();
            }));
        } catch (Boom e) {
            log("another failure:", e, "expired", t[0].expired(), "cancelling", me.cancelling());
        }
        return Coroutine.done();
    }
}
