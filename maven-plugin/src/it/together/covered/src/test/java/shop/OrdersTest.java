package shop;

import static io.github.jasyncio.Asyncio.run;
import static io.github.jasyncio.Asyncio.waitFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.jasyncio.AsyncTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OrdersTest {

    @Test
    void some_lines_are_run() {
        assertEquals(30, run(Orders.price(3)));
        assertThrows(AsyncTimeoutException.class, () -> run(waitFor(Orders.endless(0), Duration.ofMillis(1))));
    }
}
