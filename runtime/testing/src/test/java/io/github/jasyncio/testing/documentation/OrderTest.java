package io.github.jasyncio.testing.documentation;

import static io.github.jasyncio.Asyncio.*;
import static io.github.jasyncio.testing.AsyncAssertions.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.testing.AsyncTest;
import java.time.Duration;

class OrderTest {

    @AsyncTest
    void an_order_that_is_paid_does_not() {
        Order order = new Order();
        await(advance(Duration.ofHours(23)));
        order.pay();
        await(advance(Duration.ofHours(2)));
        assertThat(order.isExpired()).isFalse();
    }

    @AsyncTest
    void an_order_expires_after_a_day() {
        Order order = new Order();
        await(advance(Duration.ofDays(1)));
        assertThat(order.isExpired()).isTrue();
    }
}
