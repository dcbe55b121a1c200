package shop;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.run;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;

public final class Main {

    private Main() {}

    @Async
    static Coroutine<String> prices() {
        return Coroutine.of(await(Prices.price(1)) + ", " + await(Prices.price(2)));
    }

    public static void main(String[] arguments) {
        System.out.println(run(prices()));
    }
}
