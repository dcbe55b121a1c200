package shop;

import static io.github.jasyncio.Asyncio.await;

import io.github.jasyncio.Coroutine;

public final class Stock {

    static int amount(Coroutine<Integer> amount) {
        return await(amount);
    }
}
