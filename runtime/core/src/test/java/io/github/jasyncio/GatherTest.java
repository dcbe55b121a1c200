package io.github.jasyncio;

import static io.github.jasyncio.Asyncio.gather;
import static io.github.jasyncio.Asyncio.gatherOutcomes;
import static io.github.jasyncio.Asyncio.shield;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Scripted.await;
import static io.github.jasyncio.Scripted.coroutine;
import static io.github.jasyncio.Scripted.fail;
import static io.github.jasyncio.Scripted.give;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Semantics: {@code asyncio.gather} and {@code asyncio.shield}; the order is that of the traces gather_* and shield_*. */
@NullUnmarked // null is tested as well
class GatherTest extends LoopTest {

    @Test
    void results_stand_in_the_order_of_the_arguments() {
        assertThat(run(gather(sleep(ms(20), "a"), sleep(ms(10), null), sleep(ms(30), "c"))))
                .containsExactly("a", null, "c");
        assertThat(loop.time()).isEqualTo(ms(30).toNanos());
    }

    @Test
    void gathering_nothing_is_done_at_once() {
        assertThat(Asyncio.<String>gather().result()).isEmpty();
        assertThat(Asyncio.<String>gatherOutcomes(List.of()).result()).isEmpty();
    }

    @Test
    void the_same_one_twice_is_awaited_once_and_given_twice() {
        Future<String> future = loop.createFuture();
        Coroutine<String> coroutine = sleep(ms(1), "c");
        loop.callLater(ms(10), () -> future.setResult("f"));

        assertThat(run(gather(future, coroutine, future, coroutine))).containsExactly("f", "c", "f", "c");
    }

    @Test
    void the_first_failure_is_passed_on_and_the_others_go_on() {
        Task<String> other = loop.createTask(coroutine(() -> await(sleep(ms(20)), v -> {
            log("other ends");
            return give("other");
        })));

        assertThatThrownBy(() -> run(gather(other, fails(ms(10), "first"), fails(ms(15), "second"))))
                .hasMessage("first");
        log("failed");
        run(other);

        assertThat(trace).containsExactly("10 failed", "20 other ends");
    }

    @Test
    void a_cancelled_child_is_a_failure() {
        Task<Void> child = loop.createTask(sleep(ms(20)));
        Future<List<Void>> all = gather(child, sleep(ms(30)));
        turns(1);

        child.cancel("child");

        assertThatExceptionOfType(CancelledError.class)
                .isThrownBy(() -> run(all))
                .withMessage("child");
        assertThat(all.isCancelled()).isFalse();
    }

    @Test
    void cancelling_it_cancels_the_children_and_leaves_it_to_them_to_end_it() {
        Task<String> lingers = loop.createTask(coroutine(() ->
                await(sleep(ms(50)), v -> give("slept"), e -> await(sleep(ms(5)), v -> fail(e)))));
        Future<List<String>> all = gather(lingers, sleep(ms(50), "b"));
        turns(1);

        assertThat(all.cancel("all")).isTrue();

        assertThat(all.isDone()).isFalse();
        assertThatExceptionOfType(CancelledError.class)
                .isThrownBy(() -> run(all))
                .withMessage("all");
        assertThat(all.cancel()).isFalse();
        run(gatherOutcomes(lingers));
        assertThat(loop.time()).isEqualTo(ms(5).toNanos());
    }

    @Test
    void a_cancelled_gathering_is_cancelled_even_if_all_children_refuse() {
        Task<String> refuses =
                loop.createTask(coroutine(() -> await(sleep(ms(50)), v -> give("slept"), e -> give("stays"))));
        Future<List<Outcome<String>>> all = gatherOutcomes(refuses);
        turns(1);

        all.cancel();

        assertThatThrownBy(() -> run(all)).isInstanceOf(CancelledError.class);
    }

    @Test
    void outcomes_tell_of_failures_and_cancellations() {
        Task<String> cancelled = loop.createTask(sleep(ms(50), "never"));
        loop.callLater(ms(5), () -> cancelled.cancel("c"));

        List<Outcome<String>> outcomes = run(gatherOutcomes(sleep(ms(1), "a"), fails(ms(2), "b"), cancelled));

        assertThat(outcomes.get(0)).isEqualTo(new Outcome.Success<>("a"));
        assertThat(outcomes.get(1))
                .isInstanceOfSatisfying(
                        Outcome.Failure.class, f -> assertThat(f.error()).hasMessage("b"));
        assertThat(outcomes.get(2))
                .isInstanceOfSatisfying(
                        Outcome.Failure.class, f -> assertThat(f.error()).isInstanceOf(CancelledError.class));
    }

    /** As CPython orders them. A gathering stands in a task itself only as long as it is all that waits for it. */
    @Test
    void gatherings_of_a_task_have_their_turns_among_all_who_wait_for_it() {
        Task<String> task = loop.createTask(sleep(ms(1), "v"));
        gather(task).addDoneCallback(f -> log("gathered", f.result()));
        gather(task, task).addDoneCallback(f -> log("again", f.result()));
        task.addDoneCallback(f -> log("callback"));
        loop.createTask(coroutine(() -> await(task, v -> {
            log("waiter");
            return give("");
        })));

        run(sleep(ms(2)));

        assertThat(trace).containsExactly("1 callback", "1 waiter", "1 gathered [v]", "1 again [v, v]");
    }

    @Test
    void a_gathering_is_among_the_callbacks_in_the_text_of_a_task() {
        Task<String> task = loop.createTask(sleep(ms(1), "v"), "t");

        gather(task);
        assertThat(task).hasToString("<Task pending name='t' cb=[gather]>");
        task.addDoneCallback(f -> {});
        assertThat(task.toString()).startsWith("<Task pending name='t' cb=[gather, lambda in ");
        assertThat(task.removeDoneCallback(f -> {})).isZero();
        run(sleep(ms(2)));
    }

    @Test
    void a_gathered_task_that_is_done_tells_of_it_in_the_next_turn() {
        Task<String> task = loop.createTask(Coroutine.of("v"));
        Future<List<String>> all = gather(task);

        turns(1);
        assertThat(task).hasToString("<Task finished name='" + task.getName() + "' result='v'>");
        assertThat(all.isDone()).isFalse();
        turns(1);
        assertThat(all.result()).containsExactly("v");
    }

    @Test
    void the_list_of_results_cannot_be_changed_and_is_not_that_of_the_arguments() {
        Future<String> future = loop.createFuture();
        List<Awaitable<String>> arguments = new ArrayList<>(List.of(future, sleep(ms(1), "b")));
        Future<List<String>> all = gather(arguments);
        arguments.clear();
        future.setResult("a");

        List<String> results = run(all);

        assertThat(results).containsExactly("a", "b");
        assertThatThrownBy(() -> results.set(0, "c")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void futures_of_two_loops_cannot_be_gathered() {
        EventLoop other = EventLoop.builder().virtualTime().build();

        assertThatThrownBy(() -> gather(loop.createFuture(), other.createFuture()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("gather: the future belongs to a different loop");
        assertThatThrownBy(() -> gather(loop.createFuture(), null))
                .hasMessage("gather: a coroutine, future or task was expected, got null");
        other.close();
    }

    @Test
    void a_shield_is_cancelled_without_what_is_inside() {
        Task<String> inner = loop.createTask(sleep(ms(20), "inner"));
        Future<String> outer = shield(inner);

        assertThat(outer.cancel("outside")).isTrue();

        assertThatExceptionOfType(CancelledError.class)
                .isThrownBy(() -> run(outer))
                .withMessage("outside");
        assertThat(run(inner)).isEqualTo("inner");
        assertThat(shield(inner)).isSameAs(inner);
    }

    @Test
    void a_shield_passes_on_failure_and_cancellation_of_what_is_inside() {
        Future<String> inner = loop.createFuture();
        Future<String> outer = shield(inner);

        inner.cancel("inside");

        assertThatThrownBy(() -> run(outer)).isInstanceOf(CancelledError.class);
        assertThatThrownBy(() -> run(shield(fails(ms(1), "b")))).hasMessage("b");
    }

    @Test
    void the_failure_of_what_is_inside_a_cancelled_shield_is_not_lost() {
        Task<String> inner = loop.createTask(fails(ms(10), "late"));
        Future<String> outer = shield(inner);
        turns(1);

        outer.cancel();
        run(sleep(ms(20)));
        loop.close();

        assertThat(reports).containsExactly("Task exception was never retrieved Boom: late");
        reports.clear();
    }

    private static Coroutine<String> fails(java.time.Duration delay, String message) {
        return coroutine(() -> await(sleep(delay), v -> fail(new Boom(message))));
    }
}
