package io.github.jasyncio.programs;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import java.time.Duration;

/** What other agents and frameworks get their hands on: it is covered, mocked and proxied. */
public class Shop {

    @Async
    public Coroutine<Integer> price(int item) {
        int price = item * 10;
        await(sleep(Duration.ZERO));
        if (price > 1000) {
            price = await(rebate(price));
        }
        return Coroutine.of(price);
    }

    @Async
    private Coroutine<Integer> rebate(int price) {
        await(sleep(Duration.ZERO));
        return Coroutine.of(price - 1);
    }

    @Async
    public Coroutine<Integer> total(int items) {
        int total = 0;
        for (int item = 1; item <= items; item++) {
            total += await(price(item));
        }
        return Coroutine.of(total);
    }
}
