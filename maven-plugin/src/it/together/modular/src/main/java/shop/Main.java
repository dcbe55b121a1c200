package shop;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.run;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import java.time.Duration;

public final class Main {

    private Main() {}

    @Async
    static Coroutine<String> where() {
        return Coroutine.of(await(sleep(Duration.ZERO, "in ")) + Main.class.getModule());
    }

    public static void main(String[] arguments) {
        System.out.println(run(where()));
    }
}
