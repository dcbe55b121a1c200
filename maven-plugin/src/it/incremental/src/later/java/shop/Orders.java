package shop;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.run;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;

public final class Orders {

    @Async
    static Coroutine<Integer> total() {
        return Coroutine.of(await(Stock.amount()) * 7);
    }

    public static void main(String[] arguments) {
        System.out.println("total " + run(total()));
    }
}
