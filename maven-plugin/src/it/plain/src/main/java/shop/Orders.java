package shop;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.run;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;
import java.time.Duration;

public final class Orders {

    @Async
    static Coroutine<Integer> price(int item) {
        await(sleep(Duration.ZERO));
        return Coroutine.of(item * 10);
    }

    @Async
    static Coroutine<Integer> total() {
        Task<Integer> first = createTask(price(1));
        Task<Integer> second = createTask(price(2));
        return Coroutine.of(await(first) + await(second));
    }

    public static void main(String[] arguments) {
        System.out.println("total " + run(total()));
    }
}
