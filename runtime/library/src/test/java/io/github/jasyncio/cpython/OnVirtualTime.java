package io.github.jasyncio.cpython;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.sleep;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.jasyncio.Async;
import io.github.jasyncio.Asyncio;
import io.github.jasyncio.Awaitable;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.ExceptionGroup;
import io.github.jasyncio.Task;
import io.github.jasyncio.fixtures.VirtualTime;
import java.time.Duration;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullUnmarked;

/** For tests of what runs when, with the coroutines that many of CPython's tests have in common. */
@NullUnmarked // null is tested as well
public abstract class OnVirtualTime extends VirtualTime {

    /** What running it throws. */
    protected final Throwable failureOf(Awaitable<?> awaitable) {
        return catchThrowable(() -> run(awaitable));
    }

    /** The task that runs now. */
    protected static Task<?> current() {
        return requireNonNull(Asyncio.currentTask());
    }

    /** The failures in a group and in the groups in it: {@code [a, [b, c]]}. */
    static String shape(Throwable failure) {
        if (failure instanceof ExceptionGroup group) {
            return group.exceptions().stream().map(OnVirtualTime::shape).collect(Collectors.joining(", ", "[", "]"));
        }
        return failure instanceof Boom ? failure.getMessage() : String.valueOf(failure);
    }

    @Async
    static Coroutine<String> failsAfter(long millis, String message) {
        await(sleep(ms(millis)));
        throw new Boom(message);
    }

    /** Fails when it is cancelled. */
    @Async
    static Coroutine<String> failsWhenCancelled(String message) {
        try {
            await(sleep(Duration.ofSeconds(10)));
        } catch (CancelledError e) {
            throw new Boom(message);
        }
        return Coroutine.of("slept");
    }

    /** Throws on the cancellation, but not before it has cleaned up for a time. */
    @Async
    static Coroutine<String> cleansUpFor(long millis) {
        try {
            await(sleep(Duration.ofSeconds(10)));
        } catch (CancelledError e) {
            await(sleep(ms(millis)));
            throw e;
        }
        return Coroutine.of("slept");
    }

    /** Returns when it is cancelled, as if nothing was. */
    @Async
    static Coroutine<String> returnsWhenCancelled() {
        try {
            await(sleep(Duration.ofSeconds(10)));
        } catch (CancelledError e) {
            return Coroutine.of("all the same");
        }
        return Coroutine.of("slept");
    }
}
