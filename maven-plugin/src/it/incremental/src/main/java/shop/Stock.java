package shop;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import java.time.Duration;

final class Stock {

    private Stock() {}

    @Async
    static Coroutine<Integer> amount() {
        await(sleep(Duration.ZERO));
        return Coroutine.of(3);
    }
}
