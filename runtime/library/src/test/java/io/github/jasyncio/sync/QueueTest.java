package io.github.jasyncio.sync;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.gather;
import static io.github.jasyncio.Asyncio.waitFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncTimeoutException;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Semantics: what {@code asyncio.Queue}, {@code asyncio.LifoQueue} and {@code asyncio.PriorityQueue} have in common. */
@ParameterizedClass
@EnumSource(QueueTest.Kind.class)
class QueueTest extends LoopTest {

    enum Kind {
        FIFO,
        LIFO,
        PRIORITY;

        Queue<Object> make(int maxSize) {
            return switch (this) {
                case FIFO -> new Queue<>(maxSize);
                case LIFO -> new LifoQueue<>(maxSize);
                case PRIORITY -> new PriorityQueue<>(maxSize);
            };
        }

        String className() {
            return switch (this) {
                case FIFO -> "Queue";
                case LIFO -> "LifoQueue";
                case PRIORITY -> "PriorityQueue";
            };
        }
    }

    @Parameter
    private Kind kind = Kind.FIFO;

    private Queue<Object> queue(int maxSize) {
        return kind.make(maxSize);
    }

    private String text(String contents) {
        return "<" + kind.className() + " " + contents + ">";
    }

    private static void assertThatGivesAndTakesNothing(Queue<Object> queue) {
        assertThatThrownBy(() -> queue.putNowait("data")).isInstanceOf(QueueShutDownException.class);
        assertThatThrownBy(queue::getNowait).isInstanceOf(QueueShutDownException.class);
    }

    // ------------------------------------------------------------------------------------------------ basics

    @Test
    void the_text_form_tells_what_is_in_and_who_waits() {
        run(() -> {
            Queue<Object> queue = queue(1);
            assertThat(queue).hasToString(text("maxsize=1"));
            Task<Object> getter = createTask(queue.get());
            await(turn());
            assertThat(queue).hasToString(text("maxsize=1 _getters[1]"));
            queue.putNowait(1);
            assertThat(queue).hasToString(text("maxsize=1 _queue=[1] tasks=1"));
            assertThat(await(getter)).isEqualTo(1);

            queue.putNowait(2);
            Task<Void> putter = createTask(queue.put(3));
            await(turn());
            assertThat(queue).hasToString(text("maxsize=1 _queue=[2] _putters[1] tasks=2"));
            queue.getNowait();
            await(putter);
            queue.shutdown();
            assertThat(queue).hasToString(text("maxsize=1 _queue=[3] tasks=3 shutdown"));
            return Coroutine.done();
        });
    }

    @Test
    void a_queue_is_empty_in_the_beginning_and_in_the_end() {
        run(() -> {
            Queue<Object> queue = queue(0);
            assertThat(queue.isEmpty()).isTrue();
            await(queue.put(1));
            assertThat(queue.isEmpty()).isFalse();
            assertThat(queue.size()).isEqualTo(1);
            assertThat(await(queue.get())).isEqualTo(1);
            assertThat(queue.isEmpty()).isTrue();
            return Coroutine.done();
        });
    }

    @Test
    void one_without_a_maximum_is_never_full() {
        for (int maxSize : new int[] {0, -1}) {
            Queue<Object> queue = queue(maxSize);
            for (int i = 0; i < 100; i++) {
                queue.putNowait(i);
            }
            assertThat(queue.isFull()).isFalse();
            assertThat(queue.maxSize()).isEqualTo(maxSize);
        }
    }

    @Async
    private Coroutine<Void> putThree(Queue<Object> queue) {
        for (int i = 0; i < 3; i++) {
            await(queue.put(i));
            seen.add(i);
        }
        return Coroutine.done();
    }

    @Test
    void who_puts_into_a_full_queue_waits_until_somebody_gets() {
        run(() -> {
            Queue<Object> queue = queue(2);
            Task<Void> putter = createTask(putThree(queue));
            await(turn());
            await(turn());
            assertThat(seen).containsExactly(0, 1);
            assertThat(queue.isFull()).isTrue();

            await(queue.get());
            await(turn());
            assertThat(seen).containsExactly(0, 1, 2);
            assertThat(putter.isDone()).isTrue();
            assertThat(queue.size()).isEqualTo(2);
            return Coroutine.done();
        });
    }

    @Test
    void neither_put_nor_get_suspend_where_they_need_not_wait() {
        run(() -> {
            loop.callSoon(() -> seen.add("a turn of the loop"));
            Queue<Object> queue = queue(1);
            await(queue.put(1));
            assertThat(await(queue.get())).isEqualTo(1);
            assertThat(seen).isEmpty();
            await(turn());
            return Coroutine.done();
        });
    }

    // ------------------------------------------------------------------------------------------------ get

    @Test
    void a_getter_waits_for_an_item() {
        run(() -> {
            Queue<Object> queue = queue(0);
            Task<Object> getter = createTask(queue.get());
            loop.callLater(Duration.ofMillis(10), () -> queue.putNowait(1));
            await(turn());
            assertThat(getter.isDone()).isFalse();
            assertThat(await(getter)).isEqualTo(1);
            return Coroutine.done();
        });
    }

    @Test
    void get_nowait_of_an_empty_queue_fails() {
        assertThatThrownBy(queue(0)::getNowait)
                .isExactlyInstanceOf(QueueEmptyException.class)
                .hasMessage("getNowait: " + text("maxsize=0") + " is empty; get() waits until there is an item");
    }

    @Test
    void an_item_passes_over_a_getter_that_was_cancelled() {
        run(() -> {
            Queue<Object> queue = queue(0);
            Task<Object> first = createTask(queue.get());
            Task<Object> second = createTask(queue.get());
            await(turn());
            first.cancel();
            await(turn());
            assertThat(first.isDone()).isTrue();
            await(queue.put("a"));
            await(turn());
            assertThat(second.result()).isEqualTo("a");
            return Coroutine.done();
        });
    }

    @Test
    void putters_and_getters_meet_in_a_queue_of_one() {
        run(() -> {
            Queue<Object> queue = queue(1);
            createTask(queue.put("a"));
            createTask(queue.put("b"));
            assertThat(await(queue.get())).isEqualTo("a");
            assertThat(await(queue.get())).isEqualTo("b");
            return Coroutine.done();
        });
    }

    @Async
    private Coroutine<Void> getSome(Queue<Object> queue, int n) {
        for (int i = 0; i < n; i++) {
            await(queue.get());
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> putSome(Queue<Object> queue, int n) {
        for (int i = 0; i < n; i++) {
            await(queue.put(i));
        }
        return Coroutine.done();
    }

    @Test
    void a_producer_and_a_consumer_come_to_an_end() {
        run(() -> {
            Queue<Object> queue = queue(1);
            await(gather(putSome(queue, 5), getSome(queue, 5)));
            assertThat(queue).hasToString(text("maxsize=1 tasks=5"));
            return Coroutine.done();
        });
    }

    @Test
    void a_cancelled_getter_is_not_kept() {
        run(() -> {
            Queue<Object> queue = queue(5);
            assertThat(await(failureOf(waitFor(queue.get(), Duration.ofMillis(100)))))
                    .isInstanceOf(AsyncTimeoutException.class);
            assertThat(queue).hasToString(text("maxsize=5"));
            return Coroutine.done();
        });
    }

    @Test
    void a_getter_that_is_chosen_and_cancelled_leaves_the_item() {
        run(() -> {
            Queue<Object> queue = queue(0);
            Task<Object> reader = createTask(queue.get());
            await(turn());
            queue.putNowait(1);
            reader.cancel();
            assertThat(await(failureOf(reader))).isInstanceOf(CancelledError.class);
            assertThat(await(queue.get())).isEqualTo(1);
            return Coroutine.done();
        });
    }

    @Test
    void and_the_next_one_gets_it() {
        run(() -> {
            Queue<Object> queue = queue(0);
            List<Task<Object>> readers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                readers.add(createTask(queue.get()));
            }
            await(turn());
            queue.putNowait(1);
            queue.putNowait(2);
            readers.get(0).cancel();
            assertThat(await(failureOf(readers.get(0)))).isInstanceOf(CancelledError.class);
            assertThat(List.of(await(readers.get(1)), await(readers.get(2)))).containsExactlyInAnyOrder(1, 2);
            return Coroutine.done();
        });
    }

    // ------------------------------------------------------------------------------------------------ put

    @Test
    void a_putter_waits_for_room() {
        run(() -> {
            Queue<Object> queue = queue(1);
            queue.putNowait(1);
            loop.callLater(Duration.ofMillis(10), queue::getNowait);
            Task<Void> putter = createTask(queue.put(2));
            await(turn());
            assertThat(putter.isDone()).isFalse();
            await(putter);
            assertThat(queue.getNowait()).isEqualTo(2);
            return Coroutine.done();
        });
    }

    @Test
    void put_nowait_into_a_full_queue_fails() {
        Queue<Object> queue = queue(1);
        queue.putNowait(1);

        assertThatThrownBy(() -> queue.putNowait(2))
                .isExactlyInstanceOf(QueueFullException.class)
                .hasMessage("putNowait: " + text("maxsize=1 _queue=[1] tasks=1")
                        + " is full; put(...) waits until there is room");
        assertThat(queue.size()).isEqualTo(1);
    }

    @Test
    void a_putter_that_is_chosen_and_cancelled_puts_nothing_in() {
        run(() -> {
            Queue<Object> queue = queue(1);
            queue.putNowait(1);
            Task<Void> writer = createTask(queue.put(2));
            await(turn());
            assertThat(queue.getNowait()).isEqualTo(1);
            writer.cancel();
            assertThat(await(failureOf(writer))).isInstanceOf(CancelledError.class);
            assertThat(queue).hasToString(text("maxsize=1 tasks=1"));
            await(queue.put(2));
            assertThat(queue.getNowait()).isEqualTo(2);
            return Coroutine.done();
        });
    }

    @Test
    void and_the_next_putter_takes_its_place() {
        run(() -> {
            Queue<Object> queue = queue(1);
            queue.putNowait(1);
            Task<Void> chosen = createTask(queue.put(2));
            Task<Void> next = createTask(queue.put(3));
            await(turn());
            queue.getNowait();
            chosen.cancel();
            await(next);
            assertThat(chosen.isCancelled()).isTrue();
            assertThat(queue.getNowait()).isEqualTo(3);
            return Coroutine.done();
        });
    }

    @Test
    void room_passes_over_a_putter_that_was_cancelled() {
        run(() -> {
            Queue<Object> queue = queue(1);
            Task<Void> a = createTask(queue.put("a"));
            Task<Void> b = createTask(queue.put("b"));
            Task<Void> c = createTask(queue.put("c"));
            await(turn());
            assertThat(a.isDone()).isTrue();
            assertThat(b.isDone()).isFalse();

            c.cancel();
            await(turn());
            assertThat(c.isDone()).isTrue();
            assertThat(queue).hasToString(text("maxsize=1 _queue=[a] _putters[1] tasks=1"));
            assertThat(queue.getNowait()).isEqualTo("a");
            await(turn());
            assertThat(queue.getNowait()).isEqualTo("b");
            await(b);
            return Coroutine.done();
        });
    }

    @Test
    void a_waiting_getter_gets_what_is_put() {
        run(() -> {
            Queue<Object> queue = queue(0);
            Task<Object> getter = createTask(queue.get());
            await(turn());
            await(queue.put("a"));
            assertThat(await(getter)).isEqualTo("a");
            return Coroutine.done();
        });
    }

    @Async
    private Coroutine<Void> getAllNowait(Queue<Object> queue) {
        await(turn());
        for (int n = queue.size(); n > 0; n--) {
            queue.getNowait();
        }
        return Coroutine.done();
    }

    @Test
    void each_item_that_is_taken_out_wakes_one_putter() {
        run(() -> {
            Queue<Object> queue = queue(2);
            await(gather(getAllNowait(queue), queue.put(0), queue.put(1), queue.put(2), queue.put(3)));
            assertThat(queue.size()).isEqualTo(2);
            return Coroutine.done();
        });
    }

    // ------------------------------------------------------------------------------------------------ join

    @Test
    void a_task_done_too_many_is_refused() {
        assertThatThrownBy(queue(0)::taskDone)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("taskDone: called too many times on " + text("maxsize=0")
                        + "; call it once for each item that was taken out");
    }

    @Async
    private Coroutine<Void> work(Queue<Object> queue) {
        while (true) {
            Object item = await(queue.get());
            if (item.equals(-1)) {
                return Coroutine.done();
            }
            seen.add(item);
            queue.taskDone();
        }
    }

    @Test
    void join_ends_when_all_work_is_done() {
        run(() -> {
            Queue<Object> queue = queue(0);
            for (int i = 0; i < 100; i++) {
                queue.putNowait(i);
            }
            List<Task<Void>> workers = List.of(createTask(work(queue)), createTask(work(queue)));

            await(queue.join());
            assertThat(seen).hasSize(100).doesNotHaveDuplicates();

            queue.putNowait(-1);
            queue.putNowait(-1);
            await(gather(workers));
            return Coroutine.done();
        });
    }

    @Test
    void join_of_an_empty_queue_does_not_suspend() {
        run(() -> {
            loop.callSoon(() -> seen.add("a turn of the loop"));
            Queue<Object> queue = queue(0);
            await(queue.join());
            await(queue.join());
            assertThat(seen).isEmpty();
            await(turn());
            return Coroutine.done();
        });
    }

    @Test
    void join_waits_for_work_that_came_later_too() {
        run(() -> {
            Queue<Object> queue = queue(0);
            queue.putNowait(1);
            Task<Void> join = createTask(queue.join());
            await(turn());
            queue.putNowait(2);
            queue.taskDone();
            await(turn());
            assertThat(join.isDone()).isFalse();
            queue.taskDone();
            await(join);
            return Coroutine.done();
        });
    }

    // ------------------------------------------------------------------------------------------------ shutdown

    @Test
    void shutdown_of_an_empty_queue_ends_who_gets() {
        run(() -> {
            Queue<Object> queue = queue(0);
            Task<Object> getter = createTask(queue.get());
            await(turn());

            queue.shutdown(false);
            await(queue.join());
            await(turn());

            assertThat(getter.isDone()).isTrue();
            assertThat(getter.exception())
                    .isExactlyInstanceOf(QueueShutDownException.class)
                    .hasMessage("get: " + text("maxsize=0 shutdown") + " is shut down and empty");
            assertThat(await(failureOf(queue.put("data"))))
                    .isExactlyInstanceOf(QueueShutDownException.class)
                    .hasMessage("put: " + text("maxsize=0 shutdown") + " is shut down; it takes no new items");
            assertThat(await(failureOf(queue.get()))).isInstanceOf(QueueShutDownException.class);
            assertThatGivesAndTakesNothing(queue);
            return Coroutine.done();
        });
    }

    @Test
    void shutdown_ends_who_puts_but_what_is_in_can_be_taken_out() {
        run(() -> {
            Queue<Object> queue = queue(1);
            queue.putNowait("data");
            Task<Void> join = createTask(queue.join());
            Task<Void> putter = createTask(queue.put("data2"));
            await(turn());
            assertThat(putter.isDone()).isFalse();

            queue.shutdown();
            assertThat(queue.size()).isEqualTo(1);
            await(turn());
            assertThat(putter.exception()).isInstanceOf(QueueShutDownException.class);

            assertThat(await(failureOf(queue.put("data")))).isInstanceOf(QueueShutDownException.class);
            assertThat(await(queue.get())).isEqualTo("data");
            await(turn());
            assertThat(join.isDone()).isFalse();
            assertThatGivesAndTakesNothing(queue);
            assertThat(await(failureOf(queue.get()))).isInstanceOf(QueueShutDownException.class);

            queue.taskDone();
            await(turn());
            assertThat(join.isDone()).isTrue();
            assertThatThrownBy(queue::taskDone).isInstanceOf(IllegalArgumentException.class);
            return Coroutine.done();
        });
    }

    @Test
    void immediate_shutdown_throws_away_what_is_in() {
        run(() -> {
            Queue<Object> queue = queue(0);
            queue.putNowait("data");
            Task<Void> join = createTask(queue.join());
            await(turn());

            queue.shutdown(true);
            assertThat(queue.size()).isZero();
            await(turn());

            assertThat(join.isDone()).isTrue();
            assertThatGivesAndTakesNothing(queue);
            assertThat(await(failureOf(queue.put("data")))).isInstanceOf(QueueShutDownException.class);
            assertThat(await(failureOf(queue.get()))).isInstanceOf(QueueShutDownException.class);
            assertThatThrownBy(queue::taskDone).isInstanceOf(IllegalArgumentException.class);
            return Coroutine.done();
        });
    }

    @Test
    void immediate_shutdown_leaves_work_that_was_begun_to_be_done() {
        run(() -> {
            Queue<Object> queue = queue(0);
            queue.putNowait("data");
            queue.putNowait("data");
            Task<Void> join = createTask(queue.join());
            assertThat(await(queue.get())).isEqualTo("data");

            queue.shutdown(true);
            assertThat(queue.size()).isZero();
            await(turn());
            assertThat(join.isDone()).isFalse();
            assertThatGivesAndTakesNothing(queue);

            queue.taskDone();
            assertThatThrownBy(queue::taskDone).isInstanceOf(IllegalArgumentException.class);
            await(turn());
            assertThat(join.isDone()).isTrue();
            return Coroutine.done();
        });
    }

    @Test
    void shutdown_again_does_no_harm_and_may_be_immediate_then() {
        Queue<Object> queue = queue(0);
        queue.putNowait("data");

        queue.shutdown();
        queue.shutdown();
        assertThat(queue).hasToString(text("maxsize=0 _queue=[data] tasks=1 shutdown"));
        queue.shutdown(true);
        queue.shutdown(true);
        assertThat(queue).hasToString(text("maxsize=0 shutdown"));
    }
}
