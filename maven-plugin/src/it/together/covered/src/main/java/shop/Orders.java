package shop;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import java.time.Duration;

final class Orders {

    private Orders() {}

    @Async
    static Coroutine<Integer> price(int item) {
        int price = item * 10;
        await(sleep(Duration.ZERO));
        if (price > 1000) {
            price = await(rebate(price));
            throw new IllegalStateException("no test comes here: " + price);
        }
        return Coroutine.of(price);
    }

    @Async
    static Coroutine<Integer> rebate(int price) {
        await(sleep(Duration.ZERO));
        return Coroutine.of(price - 1);
    }

    @Async
    static Coroutine<Integer> endless(int item) {
        while (true) {
            item += await(price(item));
            if (item > 1000) {
                throw new IllegalStateException("no test comes here, either");
            }
        }
    }
}
