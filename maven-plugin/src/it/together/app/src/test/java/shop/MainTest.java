package shop;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.run;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import org.junit.jupiter.api.Test;

class MainTest {

    @Test
    void prices_of_the_other_module_are_waited_for() {
        run(checks());
    }

    @Async
    private static Coroutine<Void> checks() {
        assertEquals("price 10, price 20", await(Main.prices()));
        return Coroutine.done();
    }
}
