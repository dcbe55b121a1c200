package shop;

import static io.github.jasyncio.Asyncio.await;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;

public final class Orders {

    final int price;

    Orders(Coroutine<Integer> price) {
        this.price = await(price);
    }

    @Async
    static Coroutine<Integer> locked(Object lock, Coroutine<Integer> price) {
        synchronized (lock) {
            return Coroutine.of(await(price));
        }
    }
}
