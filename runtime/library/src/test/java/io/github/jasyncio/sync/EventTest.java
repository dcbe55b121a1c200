package io.github.jasyncio.sync;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;
import org.junit.jupiter.api.Test;

/** Semantics: {@code asyncio.Event}. */
class EventTest extends LoopTest {

    private final Event event = new Event();

    @Test
    void the_text_form_tells_the_state_and_the_waiters() {
        run(() -> {
            assertThat(event).hasToString("<Event [unset]>");
            Task<Boolean> waiter = createTask(event.waitOn());
            await(turn());
            assertThat(event).hasToString("<Event [unset, waiters:1]>");
            event.set();
            assertThat(event).hasToString("<Event [set, waiters:1]>");
            await(waiter);
            assertThat(event).hasToString("<Event [set]>");
            return Coroutine.done();
        });
    }

    @Test
    void set_wakes_all_in_their_order_but_who_comes_later_needs_no_waking() {
        run(() -> {
            createTask(noteAfter(event.waitOn(), 1));
            createTask(noteAfter(event.waitOn(), 2));
            await(turn());
            assertThat(seen).isEmpty();

            createTask(noteAfter(event.waitOn(), 3));
            event.set();
            await(turn());
            assertThat(seen).containsExactly(3, 1, 2);
            return Coroutine.done();
        });
    }

    @Test
    void waiting_for_what_is_set_does_not_suspend() {
        run(() -> {
            event.set();
            loop.callSoon(() -> seen.add("a turn of the loop"));
            assertThat(await(event.waitOn())).isTrue();
            assertThat(seen).isEmpty();
            await(turn());
            return Coroutine.done();
        });
    }

    @Test
    void a_cancelled_waiter_leaves() {
        run(() -> {
            Task<Boolean> waiter = createTask(event.waitOn());
            loop.callSoon(waiter::cancel);
            assertThat(await(failureOf(waiter))).isInstanceOf(CancelledError.class);
            assertThat(event).hasToString("<Event [unset]>");
            return Coroutine.done();
        });
    }

    @Test
    void clear_unsets() {
        assertThat(event.isSet()).isFalse();
        event.set();
        assertThat(event.isSet()).isTrue();
        event.clear();
        assertThat(event.isSet()).isFalse();
    }

    @Test
    void who_was_woken_goes_on_even_if_the_event_is_cleared_meanwhile() {
        run(() -> {
            Task<Boolean> waiter = createTask(event.waitOn());
            await(turn());

            event.set();
            event.clear();
            event.set();
            event.set();
            event.clear();
            assertThat(event).hasToString("<Event [unset, waiters:1]>");
            await(turn());

            assertThat(event).hasToString("<Event [unset]>");
            assertThat(waiter.result()).isTrue();
            return Coroutine.done();
        });
    }
}
