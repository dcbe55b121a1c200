package io.github.jasyncio.testing;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncCallable;
import io.github.jasyncio.Awaitable;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Outcome;
import io.github.jasyncio.testing.junit.Views;
import java.time.Duration;

/** What async tests say: meant for static import. Everything here gives a coroutine, so that it is awaited. */
public final class AsyncAssertions {

    private AsyncAssertions() {}

    /**
     * Awaits what {@code code} gives, and expects that it fails.
     *
     * <pre>{@code
     * IOException e = await(assertThrows(IOException.class, () -> fetch(url)));
     * }</pre>
     *
     * @param expected the type of the failure, or a supertype
     * @return the failure
     * @throws AssertionError if nothing fails, or something else
     */
    @Async
    public static <E extends Throwable, T> Coroutine<E> assertThrows(Class<E> expected, AsyncCallable<T> code) {
        Object value;
        try {
            value = await(code.call());
        } catch (Throwable failure) {
            if (expected.isInstance(failure)) {
                return Coroutine.of(expected.cast(failure));
            }
            if (failure instanceof CancelledError cancelled) {
                throw cancelled; // the test itself is to end
            }
            throw new AssertionError(
                    "expected " + expected.getName() + " to be thrown, but it was " + failure, failure);
        }
        throw new AssertionError(
                "expected " + expected.getName() + " to be thrown, but nothing was; the value is " + value);
    }

    /**
     * Awaits {@code awaitable}, however that ends, and gives an assertion on what came of it: on its value or failure, on the time of the loop's clock that
     * it took, and on the trace of its failure. Needs AssertJ.
     *
     * <pre>{@code
     * await(assertOutcome(fetch(url))).failedWith(AsyncTimeoutException.class).took(Duration.ofSeconds(10));
     * }</pre>
     */
    @Async
    public static <T> Coroutine<OutcomeAssert<T>> assertOutcome(Awaitable<T> awaitable) {
        EventLoop loop = getRunningLoop();
        long begin = loop.time();
        Outcome<T> outcome;
        try {
            outcome = new Outcome.Success<>(await(awaitable));
        } catch (Throwable failure) {
            outcome = new Outcome.Failure<>(failure);
        }
        return Coroutine.of(new OutcomeAssert<>(outcome, Duration.ofNanos(loop.time() - begin)));
    }

    /**
     * Lets the clock go on, and everything run that falls due meanwhile, and what follows from it.
     *
     * @param time zero or negative lets only run what is ready
     */
    @Async
    public static Coroutine<Void> advance(Duration time) {
        if (!time.isZero() && !time.isNegative()) {
            await(sleep(time));
        }
        await(runUntilIdle());
        return Coroutine.done();
    }

    /** Lets everything run that is ready, and what that makes ready, until all others wait; the clock stands still. */
    @Async
    public static Coroutine<Void> runUntilIdle() {
        while (Views.here().ready() > 0) {
            await(sleep(Duration.ZERO));
        }
        return Coroutine.done();
    }
}
