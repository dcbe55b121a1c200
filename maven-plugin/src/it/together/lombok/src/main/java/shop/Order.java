package shop;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.run;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import java.io.IOException;
import java.time.Duration;
import lombok.Cleanup;
import lombok.SneakyThrows;
import lombok.Value;
import lombok.val;

@Value
public class Order implements AutoCloseable {

    String item;
    int amount;

    @Async
    Coroutine<String> describe() {
        @Cleanup val copy = new Order(item, await(sleep(Duration.ZERO, amount)) + 1);
        return Coroutine.of(copy.toString());
    }

    @Async
    @SneakyThrows
    Coroutine<String> fails() {
        await(sleep(Duration.ZERO));
        throw new IOException("checked");
    }

    @Override
    public void close() {
        System.out.println("closed " + amount);
    }

    public static void main(String[] arguments) {
        Order order = new Order("apples", 3);
        System.out.println(run(order.describe()));
        try {
            run(order.fails());
        } catch (Exception e) {
            System.out.println(e);
        }
    }
}
