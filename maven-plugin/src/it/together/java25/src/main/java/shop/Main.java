package shop;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.run;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import java.time.Duration;

public final class Main {

    record Order(String item, int amount) {}

    private Main() {}

    @Async
    static Coroutine<String> describe(Object thing) {
        return switch (thing) {
            case Order(var item, int amount) when amount > await(sleep(Duration.ZERO, 1)) ->
                Coroutine.of(await(sleep(Duration.ZERO, amount)) + " of " + item);
            case Object _ -> Coroutine.of("one");
        };
    }

    public static void main(String[] arguments) {
        System.out.println(run(describe(new Order("apples", 3))) + " on " + Runtime.version().feature());
    }
}
