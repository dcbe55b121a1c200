package io.github.jasyncio.conformance;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.currentTask;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.timeout;
import static io.github.jasyncio.Asyncio.waitFor;
import static java.util.Objects.requireNonNull;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncTimeoutException;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Timeout;
import java.time.Duration;

/**
 * Nested deadlines: each turns only its own cancellation into TimeoutError. When both are due at once, two requests
 * are open, and only the outer one reports: the inner one must not swallow what is not its own.
 */
class TimeoutNestedTest extends Twin {

    private static int cancelling() {
        return requireNonNull(currentTask()).cancelling();
    }

    @Async
    private Coroutine<Void> nested(Duration outer, Duration inner) {
        Timeout[] o = new Timeout[1];
        Timeout[] i = new Timeout[1];
        try {
            await(timeout(outer, enteredOuter -> {
                o[0] = enteredOuter;
                try {
                    await(timeout(inner, enteredInner -> {
                        i[0] = enteredInner;
                        await(sleep(Duration.ofSeconds(1)));
                        return Coroutine.done();
                    }));
                } catch (AsyncTimeoutException e) {
                    log("inner timeout;", i[0].expired(), o[0].expired(), "cancelling", cancelling());
                    await(sleep(ms(10)));
                    log("went on");
                } catch (CancelledError e) {
                    log("inner sees cancellation;", i[0].expired(), o[0].expired(), "cancelling", cancelling());
                    throw e;
                }
                return Coroutine.done();
            }));
        } catch (AsyncTimeoutException e) {
            log("outer timeout;", i[0].expired(), o[0].expired(), "cancelling", cancelling());
            return Coroutine.done();
        }
        log("outer met;", i[0].expired(), o[0].expired());
        return Coroutine.done();
    }

    @Async
    @Override
    Coroutine<Void> main() {
        await(nested(ms(30), ms(10)));
        await(nested(ms(15), ms(10)));
        await(nested(ms(10), ms(30)));
        await(nested(ms(10), ms(10)));
        await(nested(Duration.ZERO, Duration.ZERO));
        try {
            await(timeout(ms(10), t -> {
                await(waitFor(sleep(Duration.ofSeconds(1)), ms(10)));
                return Coroutine.done();
            }));
        } catch (AsyncTimeoutException e) {
            log("one TimeoutError; cancelling", cancelling());
        }
        return Coroutine.done();
    }
}
