package io.github.jasyncio.sync;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.gather;
import static io.github.jasyncio.Asyncio.gatherOutcomes;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.waitFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Semantics: {@code asyncio.Semaphore}, {@code asyncio.BoundedSemaphore}. */
class SemaphoreTest extends LoopTest {

    @Test
    void the_text_form_tells_the_value_and_the_waiters() {
        run(() -> {
            Semaphore semaphore = new Semaphore();
            assertThat(semaphore).hasToString("<Semaphore [unlocked, value:1]>");
            await(semaphore.acquire());
            assertThat(semaphore).hasToString("<Semaphore [locked]>");
            Task<Boolean> waiter = createTask(semaphore.acquire());
            await(turn());
            assertThat(semaphore).hasToString("<Semaphore [locked, waiters:1]>");
            semaphore.release();
            await(waiter);
            assertThat(new BoundedSemaphore(2)).hasToString("<BoundedSemaphore [unlocked, value:2]>");
            return Coroutine.done();
        });
    }

    @Test
    void one_without_permits_is_locked_from_the_beginning() {
        assertThat(new Semaphore(0).isLocked()).isTrue();
        assertThat(new Semaphore().isLocked()).isFalse();
        assertThat(new BoundedSemaphore().value()).isEqualTo(1);
    }

    @Test
    void a_negative_value_is_refused() {
        assertThatThrownBy(() -> new Semaphore(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Semaphore: initial value must not be negative, got -1");
        assertThatThrownBy(() -> new BoundedSemaphore(-2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("BoundedSemaphore: initial value must not be negative, got -2");
    }

    @Test
    void permits_are_given_in_the_order_in_which_tasks_asked() {
        run(() -> {
            Semaphore semaphore = new Semaphore(3);
            await(semaphore.acquire());
            await(semaphore.acquire());
            assertThat(semaphore.isLocked()).isFalse();
            for (int i = 1; i <= 3; i++) {
                createTask(noteAfter(semaphore.acquire(), i));
            }
            await(turn());
            assertThat(seen).containsExactly(1);
            assertThat(semaphore).hasToString("<Semaphore [locked, waiters:2]>");

            Task<Void> fourth = createTask(noteAfter(semaphore.acquire(), 4));
            semaphore.release();
            semaphore.release();
            assertThat(semaphore.value()).isZero();
            await(turn());
            assertThat(seen).containsExactly(1, 2, 3);
            assertThat(semaphore).hasToString("<Semaphore [locked, waiters:1]>");

            semaphore.release();
            await(fourth);
            return Coroutine.done();
        });
    }

    @Test
    void a_cancelled_waiter_leaves() {
        run(() -> {
            Semaphore semaphore = new Semaphore();
            await(semaphore.acquire());
            Task<Boolean> waiter = createTask(semaphore.acquire());
            loop.callSoon(waiter::cancel);
            assertThat(await(failureOf(waiter))).isInstanceOf(CancelledError.class);
            assertThat(semaphore).hasToString("<Semaphore [locked]>");
            return Coroutine.done();
        });
    }

    @Test
    void a_release_passes_over_waiters_that_were_just_cancelled() {
        run(() -> {
            Semaphore semaphore = new Semaphore(0);
            List<Task<Boolean>> tasks = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                tasks.add(createTask(semaphore.acquire()));
            }
            await(turn());

            tasks.get(0).cancel();
            tasks.get(1).cancel();
            semaphore.release();
            await(turn());
            await(turn());

            assertThat(tasks.stream().map(Task::isDone)).containsExactly(true, true, true, false);
            tasks.get(3).cancel();
            await(gatherOutcomes(tasks));
            return Coroutine.done();
        });
    }

    @Test
    void the_permit_of_a_cancelled_waiter_goes_to_the_next() {
        run(() -> {
            Semaphore semaphore = new Semaphore(0);
            Task<Boolean> first = createTask(semaphore.acquire());
            Task<Boolean> second = createTask(semaphore.acquire());
            await(turn());

            first.cancel();
            semaphore.release();
            await(turn());
            await(turn());

            assertThat(semaphore.isLocked()).isTrue();
            assertThat(second.isDone()).isTrue();
            return Coroutine.done();
        });
    }

    @Test
    void a_waiter_that_is_cancelled_when_it_was_just_given_a_permit_gives_it_back() {
        run(() -> {
            Semaphore semaphore = new Semaphore(1);
            Task<?>[] second = new Task<?>[1];
            Task<Void> first = createTask(releaseAndCancel(semaphore, second));
            second[0] = createTask(semaphore.with(() -> {
                seen.add("never");
                return Coroutine.done();
            }));
            await(first);
            assertThat(await(failureOf(second[0]))).isInstanceOf(CancelledError.class);

            await(waitFor(semaphore.acquire(), Duration.ofSeconds(1)));
            assertThat(seen).isEmpty();
            return Coroutine.done();
        });
    }

    @Async
    private static Coroutine<Void> releaseAndCancel(Semaphore semaphore, Task<?>[] victim) {
        await(semaphore.acquire());
        await(turn());
        semaphore.release();
        victim[0].cancel();
        return Coroutine.done();
    }

    @Test
    void a_release_without_waiters_frees_a_permit() {
        run(() -> {
            Semaphore semaphore = new Semaphore();
            await(semaphore.acquire());
            assertThat(semaphore.isLocked()).isTrue();
            semaphore.release();
            assertThat(semaphore.isLocked()).isFalse();
            semaphore.release();
            assertThat(semaphore).hasToString("<Semaphore [unlocked, value:2]>");
            return Coroutine.done();
        });
    }

    @Test
    void a_bounded_one_refuses_a_release_too_many() {
        BoundedSemaphore semaphore = new BoundedSemaphore();

        assertThatThrownBy(semaphore::release)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "release: <BoundedSemaphore [unlocked, value:1]> was released too many times, it was made with"
                                + " value 1; call it once for each acquire()");
        assertThat(semaphore.value()).isEqualTo(1);
    }

    @Async
    private Coroutine<Void> acquireTwice(Semaphore semaphore, String tag) {
        for (int i = 1; i <= 2; i++) {
            await(semaphore.acquire());
            seen.add(tag + i);
            await(sleep(Duration.ofMillis(10)));
            semaphore.release();
        }
        return Coroutine.done();
    }

    @Test
    void who_asks_again_queues_behind_the_others() {
        run(() -> {
            Semaphore semaphore = new Semaphore(1);
            await(gather(acquireTwice(semaphore, "a"), acquireTwice(semaphore, "b"), acquireTwice(semaphore, "c")));
            assertThat(seen).containsExactly("a1", "b1", "c1", "a2", "b2", "c2");
            return Coroutine.done();
        });
    }

    @Async
    private Coroutine<Void> acquireReleaseAcquire(Semaphore semaphore) {
        await(semaphore.acquire());
        seen.add(2);
        semaphore.release();
        await(semaphore.acquire());
        seen.add(4);
        return Coroutine.done();
    }

    @Test
    void nobody_overtakes_a_waiter_with_a_permit_that_he_has_just_released() {
        run(() -> {
            Semaphore semaphore = new Semaphore(1);
            Task<Void> first = createTask(noteAfter(semaphore.acquire(), 1));
            Task<Void> second = createTask(acquireReleaseAcquire(semaphore));
            Task<Void> third = createTask(noteAfter(semaphore.acquire(), 3));
            await(turn());

            semaphore.release();
            semaphore.release();
            await(gather(first, second, third));

            assertThat(seen).containsExactly(1, 2, 3, 4);
            return Coroutine.done();
        });
    }

    @Test
    void the_order_is_kept_when_the_first_is_cancelled() {
        run(() -> {
            Semaphore semaphore = new Semaphore(0);
            Task<Void> first = createTask(noteAfter(semaphore.acquire(), 1));
            Task<Void> second = createTask(noteAfter(semaphore.acquire(), 2));
            Task<Void> third = createTask(noteAfter(semaphore.acquire(), 3));
            await(turn());

            first.cancel();
            await(turn());
            semaphore.release();
            semaphore.release();
            await(gatherOutcomes(first, second, third));

            assertThat(seen).containsExactly(2, 3);
            return Coroutine.done();
        });
    }

    /** What waits only because others were first is woken by the first, in the same turn. */
    @Test
    void who_had_to_queue_although_permits_were_free_is_woken_by_the_one_before() {
        run(() -> {
            Semaphore semaphore = new Semaphore(0);
            List<Task<Void>> tasks = new ArrayList<>();
            tasks.add(createTask(firstOfFour(semaphore, tasks)));
            tasks.add(createTask(releaseThreeTimes(semaphore)));
            tasks.add(createTask(noteAfter(semaphore.acquire(), 3)));

            await(turn());
            assertThat(semaphore.value()).isEqualTo(2);
            assertThat(semaphore).hasToString("<Semaphore [locked, waiters:3]>");
            await(turn());
            await(gather(tasks));

            assertThat(seen).containsExactly(1, 2, 3, 4);
            return Coroutine.done();
        });
    }

    @Async
    private Coroutine<Void> firstOfFour(Semaphore semaphore, List<Task<Void>> tasks) {
        await(semaphore.acquire());
        assertThat(semaphore.value()).isZero();
        tasks.add(createTask(noteAfter(Coroutine.done(), 4)));
        seen.add(1);
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> releaseThreeTimes(Semaphore semaphore) {
        semaphore.release();
        semaphore.release();
        semaphore.release();
        assertThat(semaphore.value()).isEqualTo(2);
        assertThat(semaphore.isLocked()).isTrue();
        await(semaphore.acquire());
        seen.add(2);
        return Coroutine.done();
    }
}
