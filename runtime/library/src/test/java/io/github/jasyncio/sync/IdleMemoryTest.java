package io.github.jasyncio.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What many items, or many who waited, needed is given back when they have gone. */
class IdleMemoryTest extends LoopTest {

    private static final int MANY = 100_000;

    static Stream<Items<Integer>> items() {
        return Stream.of(new Items.Fifo<>(), new Items.Lifo<>(), new Heap<>(Comparator.<Integer>naturalOrder()));
    }

    @ParameterizedTest
    @MethodSource("items")
    void items_that_have_gone_leave_no_memory_behind(Items<Integer> items) throws ReflectiveOperationException {
        for (int i = 0; i < MANY; i++) {
            items.add(i);
        }
        int full = capacity(items);

        for (int i = 0; i < MANY - 10; i++) {
            items.remove();
        }

        assertThat(full).isGreaterThanOrEqualTo(MANY);
        assertThat(capacity(items)).isLessThanOrEqualTo(4096);
        assertThat(items.toList())
                .hasSize(10)
                .isSubsetOf(Stream.iterate(0, i -> i + 1).limit(MANY).toList());
    }

    /** The array is that of java.util.ArrayList, whose field is closed to us, or one of our own. */
    private static int capacity(Items<Integer> items) throws ReflectiveOperationException {
        if (items instanceof Items.Fifo) {
            Field ring = Items.Fifo.class.getDeclaredField("ring");
            ring.setAccessible(true);
            return ((Object[]) ring.get(items)).length;
        }
        Field list = items.getClass().getDeclaredField("items");
        list.setAccessible(true);
        return ((ShrinkingList<?>) list.get(items)).bound();
    }

    @Test
    void those_who_have_waited_leave_no_memory_behind() {
        Waiters<Void> waiters = new Waiters<>();
        for (int i = 0; i < MANY; i++) {
            waiters.add(loop.createFuture());
        }
        assertThat(waiters.isKept()).isTrue();

        while (waiters.dismissNext(null)) {}

        assertThat(waiters.isKept()).isFalse();
    }
}
