package io.github.jasyncio.testing.documentation;

import static io.github.jasyncio.Asyncio.*;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;
import java.time.Duration;

/** What the README's tests test. */
final class Order {

    private boolean isExpired;
    private final Task<Void> expiry = createTask(expire(), "expiry");

    @Async
    private Coroutine<Void> expire() {
        await(sleep(Duration.ofDays(1)));
        isExpired = true;
        return Coroutine.done();
    }

    void pay() {
        expiry.cancel();
    }

    boolean isExpired() {
        return isExpired;
    }
}
