package io.github.jasyncio.sync;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.run;
import static io.github.jasyncio.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The plugin of this very build has been here. */
class RewritingTest {

    @Test
    void tests_of_this_module_may_have_async_methods() {
        assertThat(run(suspendsOnce())).isEqualTo(1);
    }

    @Async
    private static Coroutine<Integer> suspendsOnce() {
        await(sleep(Duration.ZERO));
        return Coroutine.of(1);
    }
}
