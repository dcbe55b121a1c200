package io.github.jasyncio;

import static io.github.jasyncio.Asyncio.asCompleted;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.currentTask;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.taskGroup;
import static io.github.jasyncio.Asyncio.timeout;
import static io.github.jasyncio.Asyncio.timeoutAt;
import static io.github.jasyncio.Asyncio.waitFor;
import static io.github.jasyncio.Asyncio.waitOn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.internal.Execution;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the golden traces of timeouts, groups, waitOn and asCompleted do not show: values, types, messages, bodies that never suspend. */
class CompositesTest {

    private final EventLoop loop = EventLoop.builder().virtualTime().build();

    @AfterEach
    void close() {
        loop.close();
    }

    private <T> T run(Awaitable<T> awaitable) {
        return loop.runUntilComplete(awaitable);
    }

    private static <T> Coroutine<T> async(Sequential.Body<T> body) {
        return new Sequential<>(body);
    }

    private static <T> T await(Awaitable<? extends T> awaitable) {
        return Sequential.<T>await(awaitable);
    }

    private static Duration ms(long n) {
        return Duration.ofMillis(n);
    }

    private static Coroutine<Void> failing(Throwable failure) {
        return async(() -> {
            throw failure;
        });
    }

    // ------------------------------------------------------------------------------------------------ timeouts

    @Test
    void a_timeout_gives_its_bodys_value() {
        String atOnce = run(timeout(ms(10), t -> Coroutine.of("value")));
        String later = run(timeout(ms(10), t -> sleep(ms(5), "later")));

        assertThat(atOnce).isEqualTo("value");
        assertThat(later).isEqualTo("later");
    }

    @Test
    void a_body_that_throws_before_it_makes_a_coroutine_has_failed() {
        IOException failure = new IOException("at once");
        Timeout[] left = new Timeout[1];

        assertThatThrownBy(() -> run(timeout(ms(10), t -> {
                    left[0] = t;
                    throw failure;
                })))
                .isSameAs(failure);

        assertThat(left[0]).hasToString("<Timeout [finished]>");
    }

    @Test
    @SuppressWarnings("NullAway") // a body that forgets its coroutine is what is tested
    void a_body_that_returns_null_is_told_what_to_return() {
        assertThatThrownBy(() -> run(timeout(ms(10), t -> null)))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("return Coroutine.done();");
        assertThatThrownBy(() -> run(taskGroup(g -> null)))
                .isInstanceOfSatisfying(
                        ExceptionGroup.class,
                        e -> assertThat(e.exceptions()).singleElement().isInstanceOf(NullPointerException.class));
    }

    @Test
    void the_cancellation_is_the_cause_of_the_timeout() {
        assertThatThrownBy(() -> run(timeout(ms(10), t -> sleep(ms(20)))))
                .isInstanceOf(AsyncTimeoutException.class)
                .hasMessage("timeout timed out")
                .hasCauseInstanceOf(CancelledError.class);
        assertThatThrownBy(() -> run(waitFor(sleep(ms(20)), ms(10))))
                .isInstanceOf(AsyncTimeoutException.class)
                .hasMessage("waitFor timed out")
                .hasCauseInstanceOf(CancelledError.class);
        assertThatThrownBy(() -> run(waitFor(sleep(ms(20)), Duration.ZERO)))
                .isInstanceOf(AsyncTimeoutException.class)
                .hasMessage("waitFor timed out")
                .hasCauseInstanceOf(CancelledError.class);
    }

    @Test
    void a_timeout_says_its_state_and_its_deadline_in_seconds() {
        List<String> shown = new ArrayList<>();
        Timeout[] left = new Timeout[1];

        run(timeout(null, t -> {
            shown.add(t.toString());
            return Coroutine.done();
        }));
        assertThatThrownBy(() -> run(timeoutAt(
                        loop.time() + 1_500_400_000L,
                        t -> async(() -> {
                            left[0] = t;
                            shown.add(t.toString());
                            try {
                                return await(sleep(Duration.ofSeconds(5)));
                            } finally {
                                shown.add(t.toString());
                            }
                        }))))
                .isInstanceOf(AsyncTimeoutException.class);
        shown.add(left[0].toString());

        assertThat(shown)
                .containsExactly(
                        "<Timeout [active] when=null>",
                        "<Timeout [active] when=1.5>",
                        "<Timeout [expiring]>",
                        "<Timeout [expired]>");
    }

    @Test
    void a_deadline_beyond_the_clocks_reach_is_never() {
        String met = run(timeout(Duration.ofSeconds(Long.MAX_VALUE), t -> sleep(ms(1), "met")));

        assertThat(met).isEqualTo("met");
        assertThatThrownBy(() -> run(timeout(Duration.ofSeconds(Long.MIN_VALUE), t -> sleep(ms(1)))))
                .isInstanceOf(AsyncTimeoutException.class);
    }

    @Test
    void a_timeout_that_is_over_cannot_be_rescheduled() {
        Timeout[] left = new Timeout[1];
        run(timeout(ms(10), t -> {
            left[0] = t;
            return Coroutine.done();
        }));

        assertThatThrownBy(() -> left[0].reschedule(null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("reschedule called on <Timeout [finished]>: only the deadline of a body that still runs"
                        + " and has not been cancelled by it can be moved");
    }

    @Test
    void a_limit_that_was_met_leaves_no_timer_behind() {
        run(async(() -> {
            await(timeout(Duration.ofHours(1), t -> Coroutine.done()));
            assertThat(loop.timers().isEmpty()).as("timeout").isTrue();
            await(waitFor(sleep(ms(1)), Duration.ofHours(1)));
            assertThat(loop.timers().isEmpty()).as("waitFor").isTrue();
            await(waitOn(List.of(createTask(sleep(ms(1)))), ReturnWhen.ALL_COMPLETED, Duration.ofHours(1)));
            assertThat(loop.timers().isEmpty()).as("waitOn").isTrue();
            for (Coroutine<String> next : asCompleted(List.of(sleep(ms(1), "x")), Duration.ofHours(1))) {
                await(next);
            }
            assertThat(loop.timers().isEmpty()).as("asCompleted").isTrue();
            return null;
        }));
    }

    @Test
    void a_wait_for_that_is_cancelled_while_it_waits_for_the_end_leaves_no_callback_behind() {
        run(async(() -> {
            Task<Void> stubborn = createTask(async(() -> {
                try {
                    return await(sleep(ms(100)));
                } catch (CancelledError e) {
                    return await(sleep(ms(10)));
                }
            }));
            await(sleep(ms(1)));
            Task<Void> waiting = createTask(waitFor(stubborn, Duration.ZERO));
            await(sleep(ms(1)));
            assertThat(stubborn.callbacks()).isNotNull();

            waiting.cancel();
            await(sleep(ms(1)));

            assertThat(waiting.isCancelled()).isTrue();
            assertThat(stubborn.callbacks()).isNull();
            return await(stubborn);
        }));
    }

    @Test
    void a_composite_can_be_awaited_once() {
        Coroutine<Void> once = timeout(ms(10), t -> Coroutine.done());
        run(once);

        assertThatThrownBy(() -> run(once))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot reuse already awaited coroutine: <coroutine started"
                        + " io.github.jasyncio.Asyncio.timeout(Asyncio.java)>");
    }

    /** A callback runs in no task, so there is nothing that could be cancelled. */
    @Test
    void timeout_and_group_are_refused_outside_a_task() {
        List<Throwable> refusals = new ArrayList<>();
        run(async(() -> {
            for (Coroutine<Void> coroutine :
                    List.of(timeout(ms(10), t -> Coroutine.<Void>done()), taskGroup(g -> Coroutine.<Void>done()))) {
                getRunningLoop().callSoon(() -> {
                    try {
                        coroutine.start(new Execution());
                    } catch (IllegalStateException e) {
                        refusals.add(e);
                    }
                });
            }
            return await(sleep(ms(1)));
        }));

        assertThat(refusals)
                .extracting(Throwable::getMessage)
                .containsExactly(
                        "timeout was awaited outside a task, so there is nothing to cancel; make a task of the coroutine that"
                                + " awaits it",
                        "taskGroup was awaited outside a task, so there is nothing to cancel if one of the group's tasks"
                                + " fails; make a task of the coroutine that awaits it");
    }

    // ------------------------------------------------------------------------------------------------ task groups

    @Test
    void a_group_gives_its_bodys_value_when_its_tasks_have_ended() {
        List<String> events = new ArrayList<>();

        String value = run(taskGroup(group -> {
            group.createTask(async(() -> {
                await(sleep(ms(10)));
                events.add("task ends");
                return null;
            }));
            events.add("body ends");
            return Coroutine.of("value");
        }));

        assertThat(value).isEqualTo("value");
        assertThat(events).containsExactly("body ends", "task ends");
    }

    @Test
    void a_group_reports_the_very_failures_and_counts_them() {
        Boom first = new Boom("first");
        Boom second = new Boom("second");

        assertThatThrownBy(() -> run(taskGroup(group -> {
                    group.createTask(failing(first));
                    group.createTask(failing(second));
                    return Coroutine.done();
                })))
                .isInstanceOfSatisfying(
                        ExceptionGroup.class, e -> assertThat(e.exceptions()).containsExactly(first, second))
                .hasMessage("unhandled errors in a TaskGroup (2 sub-exceptions)");
    }

    @Test
    void a_group_that_aborts_cancels_its_tasks_in_the_order_of_their_creation() {
        List<String> events = new ArrayList<>();

        assertThatThrownBy(() -> run(taskGroup(group -> async(() -> {
                    for (int i = 0; i < 20; i++) {
                        String name = "t" + i;
                        group.createTask(async(() -> {
                            try {
                                return await(sleep(ms(50)));
                            } finally {
                                events.add(name);
                            }
                        }));
                    }
                    await(sleep(ms(10)));
                    throw new Boom("body");
                }))))
                .isInstanceOf(ExceptionGroup.class);

        assertThat(events).hasSize(20);
        assertThat(events.get(2)).isEqualTo("t2");
        assertThat(events.get(19)).isEqualTo("t19");
    }

    @Test
    void a_group_shows_its_state() {
        List<String> shown = new ArrayList<>();
        TaskGroup[] left = new TaskGroup[1];

        assertThatThrownBy(() -> run(taskGroup(group -> async(() -> {
                    left[0] = group;
                    shown.add(group.toString());
                    group.createTask(failing(new Boom("task")));
                    group.createTask(sleep(ms(10)));
                    shown.add(group.toString());
                    try {
                        return await(sleep(ms(10)));
                    } finally {
                        shown.add(group.toString());
                    }
                }))))
                .isInstanceOf(ExceptionGroup.class);

        assertThat(shown)
                .containsExactly(
                        "<TaskGroup entered>",
                        "<TaskGroup tasks=2 entered>",
                        "<TaskGroup tasks=1 errors=1 cancelling>");
        assertThat(left[0]).hasToString("<TaskGroup cancelling>");
        assertThat(new TaskGroup()).hasToString("<TaskGroup>");
    }

    @Test
    void a_refused_coroutine_is_closed_and_the_refusal_says_why() {
        TaskGroup[] left = new TaskGroup[1];
        run(taskGroup(group -> {
            left[0] = group;
            return Coroutine.done();
        }));
        Coroutine<Void> refused = failing(new Boom("never runs"));

        assertThatThrownBy(() -> left[0].createTask(refused))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("createTask called on <TaskGroup entered>, but it is finished");

        assertThatThrownBy(() -> run(refused)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new TaskGroup().createTask(failing(new Boom("never runs"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("createTask called on <TaskGroup>, but it has not been entered");
    }

    @Test
    void a_groups_task_has_the_name_and_the_context_it_was_given() {
        Context context = Context.copyContext();
        List<Task<Void>> made = new ArrayList<>();

        run(taskGroup(group -> {
            made.add(group.createTask(sleep(ms(1)), "sleeper", context));
            return Coroutine.done();
        }));

        assertThat(made.get(0).getName()).isEqualTo("sleeper");
        assertThat(made.get(0).getContext()).isSameAs(context);
    }

    /** Semantics: KeyboardInterrupt and SystemExit are not put into the group. */
    @Test
    void an_interrupt_leaves_the_group_as_it_is_when_the_tasks_have_ended() {
        KeyboardInterrupt interrupt = new KeyboardInterrupt();
        List<String> events = new ArrayList<>();

        assertThatThrownBy(() -> run(taskGroup(group -> async(() -> {
                    group.createTask(async(() -> {
                        try {
                            return await(sleep(ms(50)));
                        } finally {
                            events.add("task ends");
                        }
                    }));
                    group.createTask(failing(new Boom("task")));
                    try {
                        return await(sleep(ms(10)));
                    } finally {
                        throwOn(interrupt);
                    }
                }))))
                .isSameAs(interrupt);

        assertThat(events).containsExactly("task ends");
    }

    private static void throwOn(Error error) {
        throw error;
    }

    @Test
    void an_eager_task_that_fails_at_once_does_not_cancel_who_creates_it_there_and_then() {
        List<String> events = new ArrayList<>();
        loop.setTaskFactory(TaskFactory.EAGER);

        assertThatThrownBy(() -> run(taskGroup(group -> async(() -> {
                    group.createTask(failing(new Boom("eager")));
                    events.add("cancelling "
                            + Objects.requireNonNull(currentTask()).cancelling());
                    group.createTask(async(() -> events.add("a second one runs")));
                    try {
                        return await(sleep(ms(10)));
                    } catch (CancelledError e) {
                        events.add("cancelled at the next suspension");
                        throw e;
                    }
                }))))
                .isInstanceOf(ExceptionGroup.class);

        assertThat(events).containsExactly("cancelling 0", "a second one runs", "cancelled at the next suspension");
    }

    // ------------------------------------------------------------------------------------------------ waiting

    @Test
    void wait_on_keeps_the_order_in_which_futures_were_given() {
        run(async(() -> {
            Set<Task<Integer>> tasks = new LinkedHashSet<>();
            for (int i = 0; i < 40; i++) {
                tasks.add(createTask(sleep(ms(i % 2 == 0 ? 1 : 10), i)));
            }

            WaitResult<Integer> result = await(waitOn(tasks, ReturnWhen.ALL_COMPLETED, ms(5)));

            assertThat(result.done())
                    .hasSize(20)
                    .isSubsetOf(tasks)
                    .first()
                    .isSameAs(tasks.iterator().next());
            assertThat(values(result.done())).isSorted();
            assertThat(values(await(waitOn(result.pending(), ReturnWhen.ALL_COMPLETED))
                            .done()))
                    .hasSize(20)
                    .isSorted();
            return null;
        }));
    }

    private static List<Integer> values(Set<Future<Integer>> done) {
        return done.stream().map(Future::result).toList();
    }

    @Test
    void wait_on_leaves_no_callback_behind() {
        run(async(() -> {
            Future<String> future = getRunningLoop().createFuture();

            await(waitOn(List.of(future), ReturnWhen.ALL_COMPLETED, ms(1)));

            assertThat(future.callbacks()).isNull();
            return null;
        }));
    }

    @Test
    void wait_on_nothing_is_refused_when_awaited() {
        Coroutine<WaitResult<@Nullable Object>> nothing = waitOn(List.of(), ReturnWhen.ALL_COMPLETED);

        assertThatThrownBy(() -> run(nothing))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("waitOn was given no futures to wait for");
    }

    @Test
    void as_completed_hands_out_one_coroutine_per_awaitable_and_no_more() {
        run(async(() -> {
            Task<String> twice = createTask(sleep(ms(1), "twice"));
            Iterator<Coroutine<String>> handedOut = Asyncio.<String>asCompleted(
                            List.of(twice, twice, sleep(ms(2), "once")))
                    .iterator();

            assertThat(await(handedOut.next())).isEqualTo("twice");
            assertThat(await(handedOut.next())).isEqualTo("once");
            assertThat(handedOut.hasNext()).isFalse();
            assertThatThrownBy(handedOut::next)
                    .isInstanceOf(NoSuchElementException.class)
                    .hasMessage("asCompleted has handed out a coroutine for each awaitable");
            return null;
        }));
    }

    /** Semantics: {@code asyncio.Queue.get}, whose turn passes on when its taker is cancelled. */
    @Test
    void a_cancelled_taker_passes_its_turn_on() {
        run(async(() -> {
            Future<String> a = getRunningLoop().createFuture();
            Future<String> b = getRunningLoop().createFuture();
            Iterator<Coroutine<String>> handedOut = asCompleted(List.of(a, b)).iterator();
            Task<String> first = createTask(handedOut.next());
            Task<String> second = createTask(handedOut.next());
            await(sleep(ms(1)));
            a.addDoneCallback(done -> first.cancel()); // when first has been woken, but has not resumed
            a.setResult("a");
            await(sleep(ms(1)));

            assertThat(first.isCancelled()).isTrue();
            assertThat(second.result()).isEqualTo("a");
            return null;
        }));
    }
}
