package shop;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.run;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import org.junit.jupiter.api.Test;

class PricesTest {

    @Test
    void a_price_is_ten_times_the_item() {
        run(checks());
    }

    @Async
    private static Coroutine<Void> checks() {
        assertEquals(70, await(Prices.price(3)) + await(Prices.price(4)));
        return Coroutine.done();
    }
}
