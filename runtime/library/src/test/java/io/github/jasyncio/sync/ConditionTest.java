package io.github.jasyncio.sync;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.waitFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncTimeoutException;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Semantics: {@code asyncio.Condition}. */
class ConditionTest extends LoopTest {

    private static final String NOT_ACQUIRED =
            ": <Condition [unlocked]> is not acquired; call it between acquire() and release()";

    private final Condition condition = new Condition();

    /** What predicates look at. */
    private int state;

    private @Nullable Throwable raised;

    /** Keeps the lock. */
    @Async
    private Coroutine<Void> acquireAndWait(int number) {
        await(condition.acquire());
        if (await(condition.waitOn())) {
            seen.add(number);
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> waitHolding(int number) {
        await(condition.acquire());
        try {
            await(condition.waitOn());
            seen.add(number);
        } finally {
            condition.release();
        }
        return Coroutine.done();
    }

    @Test
    void the_text_form_tells_the_state_and_the_waiters() {
        run(() -> {
            assertThat(condition).hasToString("<Condition [unlocked]>");
            Task<Void> first = createTask(waitHolding(1));
            Task<Void> second = createTask(waitHolding(2));
            await(turn());
            assertThat(condition).hasToString("<Condition [unlocked, waiters:2]>");
            await(condition.acquire());
            assertThat(condition).hasToString("<Condition [locked, waiters:2]>");
            condition.notifyAllWaiters();
            condition.release();
            await(first);
            await(second);
            return Coroutine.done();
        });
    }

    @Test
    void who_was_notified_goes_on_when_the_lock_is_released() {
        run(() -> {
            for (int i = 1; i <= 3; i++) {
                createTask(acquireAndWait(i));
            }
            await(turn());
            assertThat(seen).isEmpty();
            assertThat(condition.isLocked()).isFalse();

            assertThat(await(condition.acquire())).isTrue();
            condition.notify(1);
            await(turn());
            assertThat(seen).isEmpty();
            assertThat(condition.isLocked()).isTrue();

            condition.release();
            await(turn());
            assertThat(seen).containsExactly(1);
            assertThat(condition.isLocked()).isTrue();

            condition.notify(2);
            await(turn());
            assertThat(seen).containsExactly(1);

            condition.release();
            await(turn());
            assertThat(seen).containsExactly(1, 2);

            condition.release();
            await(turn());
            assertThat(seen).containsExactly(1, 2, 3);
            assertThat(condition.isLocked()).isTrue();
            return Coroutine.done();
        });
    }

    @Test
    void a_cancelled_waiter_has_the_lock_again() {
        run(() -> {
            await(condition.acquire());
            Task<Boolean> waiter = createTask(condition.waitOn());
            loop.callSoon(waiter::cancel);
            assertThat(await(failureOf(waiter))).isInstanceOf(CancelledError.class);
            assertThat(condition).hasToString("<Condition [locked]>");
            return Coroutine.done();
        });
    }

    @Test
    void a_notified_waiter_that_is_cancelled_while_others_compete_has_the_lock_again() {
        run(() -> {
            await(condition.acquire());
            Task<Boolean> waiter = createTask(condition.waitOn());
            await(turn());
            assertThat(condition.isLocked()).isFalse();

            await(condition.acquire());
            condition.notify(1);
            loop.callSoon(waiter::cancel);
            loop.callSoon(condition::release);
            await(failureOf(waiter));

            assertThat(condition.isLocked()).isTrue();
            return Coroutine.done();
        });
    }

    @Test
    void a_waiter_can_be_cancelled_while_it_acquires_the_lock_again() {
        run(() -> {
            Task<Void> waiter = createTask(waitHolding(1));
            await(turn());

            await(condition.acquire());
            condition.notify(1);
            await(turn());
            waiter.cancel();
            await(turn());
            assertThat(waiter.isDone()).isFalse();
            condition.release();
            await(turn());

            assertThat(waiter.isCancelled()).isTrue();
            assertThat(condition.isLocked()).isFalse();
            return Coroutine.done();
        });
    }

    @Test
    void waiting_without_the_lock_is_refused() {
        run(() -> {
            assertThat(await(failureOf(condition.waitOn())))
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessage("waitOn" + NOT_ACQUIRED);
            return Coroutine.done();
        });
    }

    @Async
    private Coroutine<Void> waitForState(int number) {
        await(condition.acquire());
        if (await(condition.waitFor(() -> state == 1))) {
            seen.add(number);
            condition.release();
        }
        return Coroutine.done();
    }

    @Test
    void wait_for_looks_again_each_time_it_is_notified() {
        run(() -> {
            Task<Void> waiter = createTask(waitForState(1));
            await(turn());

            await(condition.acquire());
            condition.notify(1);
            condition.release();
            await(turn());
            assertThat(seen).isEmpty();

            state = 1;
            await(condition.acquire());
            condition.notify(1);
            condition.release();
            await(turn());
            assertThat(seen).containsExactly(1);
            assertThat(waiter.isDone()).isTrue();
            return Coroutine.done();
        });
    }

    @Test
    void wait_for_needs_the_lock_only_if_it_has_to_wait() {
        run(() -> {
            assertThat(await(condition.waitFor(() -> true))).isTrue();
            assertThat(await(failureOf(condition.waitFor(() -> false))))
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessage("waitOn" + NOT_ACQUIRED);
            return Coroutine.done();
        });
    }

    @Test
    void notify_wakes_as_many_as_it_is_told_and_there_are() {
        run(() -> {
            for (int i = 1; i <= 3; i++) {
                createTask(waitHolding(i));
            }
            await(turn());

            await(condition.acquire());
            condition.notify(0);
            condition.notify(-1);
            condition.notify(1);
            condition.release();
            await(turn());
            assertThat(seen).containsExactly(1);

            await(condition.acquire());
            condition.notify(1);
            condition.notify(2048);
            condition.release();
            await(turn());
            assertThat(seen).containsExactly(1, 2, 3);
            return Coroutine.done();
        });
    }

    @Test
    void notify_all_wakes_all() {
        run(() -> {
            createTask(waitHolding(1));
            createTask(waitHolding(2));
            await(turn());

            await(condition.acquire());
            condition.notifyAllWaiters();
            condition.release();
            await(turn());

            assertThat(seen).containsExactly(1, 2);
            return Coroutine.done();
        });
    }

    @Test
    void notifying_without_the_lock_is_refused() {
        assertThatThrownBy(() -> condition.notify(1))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("notify" + NOT_ACQUIRED);
        assertThatThrownBy(condition::notifyAllWaiters)
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("notifyAllWaiters" + NOT_ACQUIRED);
    }

    @Test
    @SuppressWarnings("WaitNotInLoop") // a mistake, on purpose
    void the_methods_of_object_that_look_alike_do_not_pass_in_silence() {
        run(() -> {
            await(condition.acquire());
            assertThatThrownBy(condition::notify).isInstanceOf(IllegalMonitorStateException.class);
            assertThatThrownBy(condition::notifyAll).isInstanceOf(IllegalMonitorStateException.class);
            assertThatThrownBy(() -> condition.wait(1)).isInstanceOf(IllegalMonitorStateException.class);
            return Coroutine.done();
        });
    }

    @Test
    void with_holds_the_lock_during_the_body() {
        run(() -> {
            await(condition.with(() -> {
                assertThat(condition.isLocked()).isTrue();
                return Coroutine.done();
            }));
            assertThat(condition.isLocked()).isFalse();
            return Coroutine.done();
        });
    }

    @Test
    void a_lock_can_be_shared() {
        Lock lock = new Lock();
        Condition one = new Condition(lock);
        Condition other = new Condition(lock);
        run(() -> {
            await(one.acquire());
            assertThat(List.of(lock.isLocked(), one.isLocked(), other.isLocked()))
                    .containsOnly(true);
            other.release();
            assertThat(List.of(lock.isLocked(), one.isLocked(), other.isLocked()))
                    .containsOnly(false);
            await(lock.acquire());
            assertThat(one.isLocked()).isTrue();
            lock.release();
            return Coroutine.done();
        });
    }

    @Test
    @SuppressWarnings("NullAway") // a mistake, on purpose
    void null_for_a_lock_is_refused() {
        assertThatThrownBy(() -> new Condition(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("Condition: a lock was expected, got null");
    }

    @Test
    void a_wait_can_be_limited_in_time() {
        run(() -> {
            await(condition.acquire());
            assertThat(await(failureOf(waitFor(condition.waitOn(), Duration.ofMillis(500)))))
                    .isInstanceOf(AsyncTimeoutException.class);
            assertThat(condition).hasToString("<Condition [locked]>");
            condition.release();
            return Coroutine.done();
        });
    }

    /** Raises on what it was cancelled with. */
    @Async
    private Coroutine<Void> waitAndTell() {
        await(condition.acquire());
        try {
            await(condition.waitFor(() -> state == 1));
        } catch (CancelledError e) {
            raised = e;
            throw e;
        } finally {
            condition.release();
        }
        return Coroutine.done();
    }

    @Test
    void the_cancellation_of_a_waiter_arrives_as_it_was_thrown() {
        run(() -> {
            Task<Void> task = createTask(waitAndTell());
            await(turn());
            task.cancel("message");

            assertThat(await(failureOf(task)))
                    .isInstanceOf(CancelledError.class)
                    .hasMessage("message")
                    .isSameAs(raised);
            return Coroutine.done();
        });
    }

    @Test
    void so_does_that_of_a_waiter_that_acquires_the_lock_again() {
        run(() -> {
            Task<Void> task = createTask(waitAndTell());
            await(turn());
            await(condition.acquire());
            state = 1;
            condition.notify(1);
            await(turn());
            task.cancel("message");
            condition.release();

            assertThat(await(failureOf(task)))
                    .isInstanceOf(CancelledError.class)
                    .hasMessage("message")
                    .isSameAs(raised);
            return Coroutine.done();
        });
    }

    /** Takes one off the state each time there is something; ends when it is negative. */
    @Async
    private Coroutine<Void> consume() {
        await(condition.acquire());
        try {
            while (true) {
                await(condition.waitFor(() -> state != 0));
                if (state < 0) {
                    return Coroutine.done();
                }
                state--;
            }
        } finally {
            condition.release();
        }
    }

    @ParameterizedTest(name = "cancelled {0} turns after the notification")
    @ValueSource(ints = {0, 1})
    void the_notification_of_a_waiter_that_is_cancelled_goes_to_another(int turns) {
        run(() -> {
            Task<Void> first = createTask(consume());
            Task<Void> second = createTask(consume());
            await(turn());
            await(condition.acquire());
            state++;
            condition.notify(1);
            for (int i = 0; i < turns; i++) {
                await(turn());
            }
            first.cancel();

            // Nobody announces that it has gone; by then it must have.
            assertThat(await(failureOf(waitFor(condition.waitFor(() -> state == 0), Duration.ofMillis(10)))))
                    .isInstanceOf(AsyncTimeoutException.class);
            assertThat(state).isZero();

            state = -1;
            condition.notifyAllWaiters();
            condition.release();
            await(second);
            assertThat(first.isCancelled()).isTrue();
            return Coroutine.done();
        });
    }
}
