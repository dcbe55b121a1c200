package shop;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import java.time.Duration;

public final class Prices {

    private Prices() {}

    @Async
    public static Coroutine<String> price(int item) {
        await(sleep(Duration.ZERO));
        return Coroutine.of("price " + item * 10);
    }
}
