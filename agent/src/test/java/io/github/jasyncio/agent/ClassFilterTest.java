package io.github.jasyncio.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassFilterTest {

    @ParameterizedTest(name = "{0} fits {1}: {2}")
    @CsvSource({
        "shop.Orders, shop.Orders, true",
        "shop.Orders, shop.Orders2, false",
        "shop.Orders, shop.Order, false",
        "shop.Orders, shop.Orders$Line, true",
        "shop.Orders, shop.Orders$Line$Tax, true",
        "shop.*, shop.Orders, true",
        "shop.*, shop.stock.Item, true",
        "shop.*, shopping.Cart, false",
        "shop.*, shop, false",
        "*, shop.Orders, true",
        "*.Orders, shop.Orders, true",
        "*.Orders, shop.stock.Orders, true",
        "*.Orders, shop.OrdersX, false",
        "*.Orders, shop.Orders$Line, true",
        "*Test, shop.OrdersTest, true",
        "s*.O*s, shop.stock.Orders, true",
        "s*.O*s, shop.stock.Order, false",
        "**, shop.Orders, true",
    })
    void a_pattern_fits_a_name(String pattern, String name, boolean expected) {
        ClassFilter filter = new ClassFilter(List.of(pattern), List.of());

        assertThat(filter.accepts(name)).isEqualTo(expected);
    }

    @Test
    void without_includes_everything_is_accepted() {
        assertThat(ClassFilter.ALL.accepts("shop.Orders")).isTrue();
    }

    @Test
    void what_is_excluded_stays_out_even_if_included() {
        ClassFilter filter = new ClassFilter(List.of("shop.*"), List.of("shop.stock.*", "shop.Legacy"));

        assertThat(filter.accepts("shop.Orders")).isTrue();
        assertThat(filter.accepts("shop.stock.Item")).isFalse();
        assertThat(filter.accepts("shop.Legacy$Row")).isFalse();
        assertThat(filter.accepts("other.Thing")).isFalse();
    }
}
