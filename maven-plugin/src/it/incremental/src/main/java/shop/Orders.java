package shop;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.run;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;

public final class Orders {

    @Async
    static Coroutine<Integer> total() {
        return Coroutine.of(await(Stock.amount()) * await(price()));
    }

    @Async
    static Coroutine<Integer> price() {
        return Coroutine.of(10);
    }

    public static void main(String[] arguments) {
        System.out.println("total " + run(total()));
    }
}
