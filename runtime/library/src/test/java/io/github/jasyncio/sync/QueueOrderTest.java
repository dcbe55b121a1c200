package io.github.jasyncio.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which item comes first: where the three kinds of queue differ. */
class QueueOrderTest {

    private static List<@Nullable Object> passThrough(Queue<@Nullable Object> queue, @Nullable Object... items) {
        for (Object item : items) {
            queue.putNowait(item);
        }
        List<@Nullable Object> out = new ArrayList<>();
        while (!queue.isEmpty()) {
            out.add(queue.getNowait());
        }
        return out;
    }

    @Test
    void a_queue_gives_the_first_first() {
        assertThat(passThrough(new Queue<>(), 1, 3, 2)).containsExactly(1, 3, 2);
    }

    @Test
    void a_lifo_queue_gives_the_last_first() {
        assertThat(passThrough(new LifoQueue<>(), 1, 3, 2)).containsExactly(2, 3, 1);
    }

    @Test
    void a_priority_queue_gives_the_least_first() {
        assertThat(passThrough(new PriorityQueue<>(), 1, 3, 2)).containsExactly(1, 2, 3);
        assertThat(passThrough(new PriorityQueue<>(Comparator.comparing(Object::toString)), 10, 9, 1))
                .containsExactly(1, 10, 9);
    }

    /** Its ring grows wherever the first item stands in it. */
    @Test
    void a_queue_gives_the_first_first_however_full_it_is() {
        Random random = new Random(7);
        Queue<@Nullable Integer> queue = new Queue<>();
        Deque<Integer> expected = new ArrayDeque<>();
        for (int i = 0; i < 100_000; i++) {
            boolean grows = (i / 1000) % 2 == 0;
            if (random.nextInt(10) < (grows ? 6 : 4)) {
                queue.putNowait(i);
                expected.add(i);
            } else if (!queue.isEmpty()) {
                assertThat(queue.getNowait()).isEqualTo(expected.remove());
            }
            assertThat(queue.size()).isEqualTo(expected.size());
        }
        assertThat(queue.toString()).contains("_queue=" + expected);
        assertThat(expected).hasSizeGreaterThan(16);
    }

    @Test
    void null_is_an_item_like_any_other() {
        assertThat(passThrough(new Queue<>(), 1, null, 2)).containsExactly(1, null, 2);
        assertThat(passThrough(new LifoQueue<>(), 1, null, 2)).containsExactly(2, null, 1);
        assertThat(passThrough(
                        new PriorityQueue<>(Comparator.nullsFirst(Comparator.comparing(Object::toString))), 1, null, 2))
                .containsExactly(null, 1, 2);

        Queue<@Nullable Object> queue = new Queue<>();
        queue.putNowait(null);
        assertThat(queue).hasToString("<Queue maxsize=0 _queue=[null] tasks=1>");
    }

    /** A letter puts in an item of that letter and its place, a dash takes one out; letters alone count. Recorded from heapq. */
    @ParameterizedTest(name = "{0} comes out as {1}")
    @CsvSource({
        "bbbbb-----, b0 b2 b4 b1 b3 | ",
        "aabbaabb--------, a0 a5 a1 a4 b6 b2 b7 b3 | ",
        "abab-ab--ba---, a0 a2 a5 a10 b6 b1 | b3 b9",
        "ccbbaaccbbaa------cab---, a4 a5 a11 a10 b3 b2 a19 b9 b8 | b20 c7 c6 c1 c18 c0",
        "c-bcc-aa-a---b, c0 b2 a6 a7 a9 c4 | b13 c3",
        "b-b-a-c-a-a-aab--c-c, b0 b2 a4 c6 a8 a10 a12 a13 b14 | c17 c19",
        "ab--ab--ccb---c-ba-abab-, a0 b1 a4 b5 b10 c9 c8 c14 a17 a19 | a21 b16 b20 b22"
    })
    void equal_items_of_a_priority_queue_come_as_heapq_gives_them(String program, String expected) {
        Queue<String> queue = new PriorityQueue<>(Comparator.comparing((String item) -> item.charAt(0)));
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < program.length(); i++) {
            if (program.charAt(i) == '-') {
                out.append(queue.getNowait()).append(' ');
            } else {
                queue.putNowait(program.charAt(i) + "" + i);
            }
        }

        assertThat((out + "| " + queueText(queue)).trim()).isEqualTo(expected);
    }

    /** The items as they lie in the heap. */
    private static String queueText(Queue<String> queue) {
        String text = queue.toString();
        int begin = text.indexOf("_queue=[");
        return begin < 0 ? "" : text.substring(begin + 8, text.indexOf(']')).replace(",", "");
    }

    @Test
    void an_item_that_cannot_be_compared_is_refused_and_changes_nothing() {
        Queue<Object> queue = new PriorityQueue<>();

        assertThatThrownBy(() -> queue.putNowait(new Object())).isInstanceOf(ClassCastException.class);
        queue.putNowait(1);
        assertThatThrownBy(() -> queue.putNowait("text")).isInstanceOf(ClassCastException.class);
        assertThat(queue).hasToString("<PriorityQueue maxsize=0 _queue=[1] tasks=1>");
        assertThat(Arrays.asList(queue.getNowait())).containsExactly(1);
    }
}
