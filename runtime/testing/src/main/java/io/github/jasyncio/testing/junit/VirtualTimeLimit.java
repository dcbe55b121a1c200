package io.github.jasyncio.testing.junit;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.timeout;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncTimeoutException;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Timeout;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A limit of virtual time for the body of a test. */
final class VirtualTimeLimit {

    private VirtualTimeLimit() {}

    static Coroutine<?> on(Coroutine<?> body, @Nullable Duration limit) {
        return limit == null ? body : limited(body, limit);
    }

    @Async
    private static <T> Coroutine<T> limited(Coroutine<T> body, Duration limit) {
        AtomicReference<@Nullable Timeout> ours = new AtomicReference<>();
        try {
            return Coroutine.of(await(timeout(limit, timeout -> {
                ours.set(timeout);
                return body;
            })));
        } catch (AsyncTimeoutException e) {
            Timeout timeout = ours.get();
            if (timeout != null && timeout.expired()) {
                throw new AssertionError(
                        "the test has not ended after " + limit.toMillis() / 1000.0 + " s of virtual time", e);
            }
            throw e; // one of the body's own
        }
    }
}
