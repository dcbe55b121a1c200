package shop;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.run;
import static io.github.jasyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OrdersTest {

    @Test
    void some_lines_are_run() {
        assertEquals(30, run(Orders.price(3)));
        assertThrows(CancelledError.class, () -> run(someOfTheEndless()));
    }

    @Async
    private static Coroutine<Integer> someOfTheEndless() {
        Task<Integer> endless = createTask(Orders.endless(0));
        for (int turn = 0; turn < 10; turn++) {
            await(sleep(Duration.ZERO));
        }
        endless.cancel();
        return Coroutine.of(await(endless));
    }
}
