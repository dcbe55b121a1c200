package io.github.jasyncio.testing.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.testing.AsyncTest;

/** A test that fails, run by another. */
class Cases {

    @AsyncTest
    void a_new_order_is_not_expired() {
        Order order = new Order();
        assertThat(order.isExpired()).isFalse();
    }
}
