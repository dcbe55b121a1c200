package io.github.jasyncio.testing.exploration;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.testing.junit.Views;
import java.time.Duration;

/**
 * Lets those come to their end who wait for nothing any more, before anybody looks for what was left behind: which of two tasks takes its last step first is a
 * matter of the order.
 */
public final class LastSteps {

    /** Whoever takes more goes round in circles. */
    private static final int MOST = 100;

    private LastSteps() {}

    /** Takes them; the clock stands still. */
    @Async
    public static Coroutine<Void> take() {
        for (int i = 0; i < MOST && Views.here().ready() > 0; i++) {
            await(sleep(Duration.ZERO));
        }
        return Coroutine.done();
    }
}
