package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.timeout;
import static io.github.jasyncio.Asyncio.timeoutAt;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncFunction;
import io.github.jasyncio.AsyncTimeoutException;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Timeout;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * A deadline that has passed, or zero: the body starts, and gets the error at its first real suspension. Without one
 * it ends in peace.
 */
class TimeoutPastTest extends Twin {

    @Async
    @Override
    Coroutine<Void> main() {
        EventLoop loop = getRunningLoop();
        await(sleep(ms(10)));
        List<Function<AsyncFunction<Timeout, Void>, Coroutine<Void>>> makers = List.of(
                body -> timeout(Duration.ZERO, body),
                body -> timeout(Duration.ofSeconds(-1), body),
                body -> timeoutAt(loop.time() - ms(5).toNanos(), body),
                body -> timeoutAt(loop.time(), body));
        Timeout[] t = new Timeout[1];
        for (Function<AsyncFunction<Timeout, Void>, Coroutine<Void>> make : makers) {
            try {
                await(make.apply(entered -> {
                    t[0] = entered;
                    log("body starts");
                    await(sleep(Duration.ZERO));
                    log("never here");
                    return Coroutine.done();
                }));
            } catch (AsyncTimeoutException e) {
                log("timeout");
            }
            await(make.apply(entered -> {
                t[0] = entered;
                log("no suspension");
                return Coroutine.done();
            }));
            log("expired", t[0].expired());
        }
        try {
            await(timeout(Duration.ZERO, entered -> {
                await(sleep(ms(5)));
                return Coroutine.done();
            }));
        } catch (AsyncTimeoutException e) {
            log("timeout while sleeping");
        }
        return Coroutine.done();
    }
}
