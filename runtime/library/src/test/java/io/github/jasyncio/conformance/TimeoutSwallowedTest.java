package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.currentTask;
import static io.github.jasyncio.Asyncio.gatherOutcomes;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.shield;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.timeout;
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
 * The body swallows the cancellation of its timeout: no TimeoutError then, but expired() says it. The next await is
 * not disturbed.
 */
class TimeoutSwallowedTest extends Twin {

    @Async
    @Override
    Coroutine<Void> main() {
        Task<?> me = requireNonNull(currentTask());
        Timeout[] t = new Timeout[1];
        await(timeout(ms(10), entered -> {
            t[0] = entered;
            try {
                await(sleep(Duration.ofSeconds(1)));
            } catch (CancelledError e) {
                log("swallowed; cancelling", me.cancelling());
            }
            await(sleep(ms(20)));
            log("slept on");
            return Coroutine.done();
        }));
        log("left; expired", t[0].expired(), "cancelling", me.cancelling());

        try {
            await(timeout(ms(10), entered -> {
                t[0] = entered;
                await(shield(sleep(ms(30))));
                return Coroutine.done();
            }));
        } catch (AsyncTimeoutException e) {
            log("shielded: timeout");
        }

        await(timeout(ms(10), entered -> {
            t[0] = entered;
            await(gatherOutcomes(sleep(ms(5))));
            EventLoop loop = getRunningLoop();
            loop.callLater(ms(5), me::cancel); // due together with the deadline, but made later
            try {
                await(sleep(Duration.ofSeconds(1)));
            } catch (CancelledError e) {
                log("twice; cancelling", me.cancelling(), "expired", entered.expired());
                me.uncancel();
            }
            return Coroutine.done();
        }));
        log("end; expired", t[0].expired(), "cancelling", me.cancelling());
        return Coroutine.done();
    }
}
