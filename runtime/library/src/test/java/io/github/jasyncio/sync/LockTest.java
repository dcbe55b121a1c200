package io.github.jasyncio.sync;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.gatherOutcomes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Future;
import io.github.jasyncio.Task;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Semantics: {@code asyncio.Lock}. */
class LockTest extends LoopTest {

    private final Lock lock = new Lock();

    @Test
    void the_text_form_tells_the_state_and_the_waiters() {
        run(() -> {
            assertThat(lock).hasToString("<Lock [unlocked]>");
            await(lock.acquire());
            assertThat(lock).hasToString("<Lock [locked]>");
            Task<Boolean> waiter = createTask(lock.acquire());
            Task<Boolean> another = createTask(lock.acquire());
            await(turn());
            assertThat(lock).hasToString("<Lock [locked, waiters:2]>");
            lock.release();
            assertThat(lock).hasToString("<Lock [unlocked, waiters:2]>");
            await(waiter);
            assertThat(lock).hasToString("<Lock [locked, waiters:1]>");
            lock.release();
            await(another);
            return Coroutine.done();
        });
    }

    @Test
    void tasks_get_it_in_the_order_in_which_they_asked_one_turn_after_the_release() {
        run(() -> {
            assertThat(await(lock.acquire())).isTrue();
            createTask(noteAfter(lock.acquire(), 1));
            createTask(noteAfter(lock.acquire(), 2));
            await(turn());
            assertThat(seen).isEmpty();

            lock.release();
            await(turn());
            assertThat(seen).containsExactly(1);
            await(turn());
            assertThat(seen).containsExactly(1);

            createTask(noteAfter(lock.acquire(), 3));
            lock.release();
            await(turn());
            assertThat(seen).containsExactly(1, 2);

            lock.release();
            await(turn());
            assertThat(seen).containsExactly(1, 2, 3);
            return Coroutine.done();
        });
    }

    @Test
    void a_free_lock_is_taken_without_suspending() {
        run(() -> {
            loop.callSoon(() -> seen.add("a turn of the loop"));
            for (int i = 0; i < 3; i++) {
                await(lock.acquire());
                lock.release();
            }
            assertThat(seen).isEmpty();
            await(turn());
            return Coroutine.done();
        });
    }

    @Test
    void a_cancelled_waiter_leaves_the_queue() {
        run(() -> {
            await(lock.acquire());
            Task<Boolean> waiter = createTask(lock.acquire());
            loop.callSoon(waiter::cancel);
            assertThat(await(failureOf(waiter))).isInstanceOf(CancelledError.class);
            assertThat(lock).hasToString("<Lock [locked]>");
            return Coroutine.done();
        });
    }

    @Async
    private Coroutine<Void> hold(String name, Future<Void> until) {
        await(lock.acquire());
        try {
            seen.add(name);
            await(until);
        } finally {
            lock.release();
        }
        return Coroutine.done();
    }

    @Test
    void a_release_passes_over_a_waiter_that_was_just_cancelled() {
        run(() -> {
            Future<Void> mayGo = loop.createFuture();
            Future<Void> gone = loop.createFuture();
            gone.setResult(null);
            Task<Void> a = createTask(hold("a", mayGo));
            Task<Void> b = createTask(hold("b", gone));
            Task<Void> c = createTask(hold("c", gone));
            await(turn());
            assertThat(lock).hasToString("<Lock [locked, waiters:2]>");

            mayGo.setResult(null);
            b.cancel();
            await(turn());
            assertThat(lock.isLocked()).isFalse();
            assertThat(a.isDone()).isTrue();
            assertThat(b.isCancelled()).isTrue();
            await(c);
            assertThat(seen).containsExactly("a", "c");
            return Coroutine.done();
        });
    }

    @Test
    void a_waiter_that_is_chosen_and_cancelled_passes_it_on_to_one_other() {
        run(() -> {
            await(lock.acquire());
            Task<Void> first = createTask(noteAfter(lock.acquire(), 1));
            Task<Void> second = createTask(noteAfter(lock.acquire(), 2));
            Task<Void> third = createTask(noteAfter(lock.acquire(), 3));
            await(turn());

            lock.release();
            first.cancel();
            assertThat(await(failureOf(first))).isInstanceOf(CancelledError.class);
            await(second);

            assertThat(seen).containsExactly(2);
            third.cancel();
            await(turn());
            assertThat(third.isCancelled()).isTrue();
            return Coroutine.done();
        });
    }

    @Test
    void a_cancelled_waiter_before_the_release_wakes_the_next() {
        run(() -> {
            await(lock.acquire());
            Task<Boolean> b = createTask(lock.acquire());
            await(turn());
            Task<Boolean> c = createTask(lock.acquire());
            b.cancel();
            lock.release();
            await(turn());

            assertThat(lock.isLocked()).isTrue();
            assertThat(b.isCancelled()).isTrue();
            await(c);
            return Coroutine.done();
        });
    }

    @Test
    void a_newcomer_does_not_overtake_the_one_that_was_chosen() {
        run(() -> {
            await(lock.acquire());
            Task<Void> waiter = createTask(noteAfter(lock.acquire(), "waiter"));
            await(turn());

            lock.release();
            assertThat(lock.isLocked()).isFalse();
            Task<Void> newcomer = createTask(noteAfter(lock.acquire(), "newcomer"));
            await(waiter);
            lock.release();
            await(newcomer);
            assertThat(seen).containsExactly("waiter", "newcomer");
            return Coroutine.done();
        });
    }

    @Test
    void a_release_too_many_is_refused() {
        assertThatThrownBy(lock::release)
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("release: <Lock [unlocked]> is not acquired; call it once for each acquire()");
    }

    @Test
    void a_release_without_waiters_frees_it() {
        run(() -> {
            await(lock.acquire());
            assertThat(lock.isLocked()).isTrue();
            lock.release();
            assertThat(lock.isLocked()).isFalse();
            return Coroutine.done();
        });
    }

    @Test
    void with_holds_it_during_the_body_and_gives_its_value() {
        run(() -> {
            String value = await(lock.with(() -> {
                assertThat(lock.isLocked()).isTrue();
                await(turn());
                return Coroutine.of("value");
            }));
            assertThat(value).isEqualTo("value");
            assertThat(lock.isLocked()).isFalse();
            return Coroutine.done();
        });
    }

    @Test
    void with_lets_the_very_failure_of_its_body_through_and_releases() {
        IOException failure = new IOException("of the body");
        run(() -> {
            assertThat(await(failureOf(lock.with(() -> {
                        await(turn());
                        throw failure;
                    }))))
                    .isSameAs(failure);
            assertThat(await(failureOf(lock.with(() -> {
                        throw failure;
                    }))))
                    .isSameAs(failure);
            assertThat(lock.isLocked()).isFalse();
            return Coroutine.done();
        });
    }

    @Test
    void with_does_not_release_what_it_did_not_get() {
        run(() -> {
            await(lock.acquire());
            Task<Void> waiter = createTask(lock.with(() -> Coroutine.done()));
            await(turn());
            waiter.cancel();
            await(gatherOutcomes(waiter));
            assertThat(lock.isLocked()).isTrue();
            return Coroutine.done();
        });
    }
}
