package io.github.jasyncio;

import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Scripted.await;
import static io.github.jasyncio.Scripted.coroutine;
import static io.github.jasyncio.Scripted.doing;
import static io.github.jasyncio.Scripted.fail;
import static io.github.jasyncio.Scripted.give;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Semantics: {@code Task.cancel}, {@code cancelling}, {@code uncancel}; the order is that of the traces cancel_*. */
@NullUnmarked // null is tested as well
class CancelTest extends LoopTest {

    @Test
    void a_task_that_waits_gets_the_cancellation_at_its_await() {
        Future<Integer> future = loop.createFuture();
        Task<Integer> task = loop.createTask(coroutine(() -> await(future, v -> give(v), e -> {
            log("caught", e.getMessage());
            return fail(e);
        })));
        turns(1);

        assertThat(task.cancel("reason")).isTrue();

        assertThat(future.isCancelled()).isTrue();
        assertThat(task.isDone()).isFalse();
        assertThatExceptionOfType(CancelledError.class)
                .isThrownBy(() -> run(task))
                .withMessage("reason");
        assertThat(task.isCancelled()).isTrue();
        assertThat(trace).containsExactly("0 caught reason");
    }

    @Test
    void a_delivered_cancellation_shows_where_the_task_stood() {
        Task<Integer> task = loop.createTask(coroutine(() -> await(loop.<Integer>createFuture(), v -> give(v))));
        turns(1);
        task.cancel();
        turns(1);

        assertThatThrownBy(task::result)
                .extracting(Throwable::getStackTrace)
                .satisfies(stack -> assertThat(stack[0].toString()).endsWith("Scripted.body(Scripted.java:1)"));
    }

    @Test
    void a_task_cancelled_before_it_begins_runs_nothing_and_uses_its_coroutine_up() {
        Coroutine<Void> coroutine = doing(() -> log("never here"));
        Task<Void> task = loop.createTask(coroutine);

        task.cancel();

        assertThatThrownBy(() -> run(task)).isInstanceOf(CancelledError.class);
        assertThat(trace).isEmpty();
        assertThatThrownBy(() -> run(coroutine)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_finished_task_cannot_be_cancelled() {
        Task<Integer> task = loop.createTask(Coroutine.of(1));
        run(task);

        assertThat(task.cancel()).isFalse();
        assertThat(task.cancelling()).isZero();
        assertThat(task.isCancelled()).isFalse();
    }

    @Test
    void a_task_may_refuse() {
        Task<String> task = loop.createTask(coroutine(() ->
                await(sleep(ms(10)), v -> give("slept"), e -> await(sleep(ms(5)), v -> give("stays")))));
        turns(1);

        task.cancel();

        assertThat(run(task)).isEqualTo("stays");
        assertThat(task.cancelling()).isEqualTo(1);
        assertThat(loop.time()).isEqualTo(ms(5).toNanos());
    }

    @Test
    void a_task_that_cancels_itself_goes_on_to_its_next_suspension() {
        Task<Void> task = loop.createTask(coroutine(() -> {
            Asyncio.currentTask().cancel("self");
            return await(
                    doing(() -> log("goes on")),
                    v -> await(sleep(Duration.ZERO), w -> give(null), e -> {
                        log("delivered", e.getMessage());
                        return fail(e);
                    }));
        }));

        assertThatExceptionOfType(CancelledError.class)
                .isThrownBy(() -> run(task))
                .withMessage("self");
        assertThat(trace).containsExactly("0 goes on", "0 delivered self");
    }

    @Test
    void a_task_that_cancels_itself_and_returns_is_cancelled() {
        Task<String> task = loop.createTask(coroutine(() -> {
            Asyncio.currentTask().cancel("self");
            return give("a value");
        }));

        assertThatExceptionOfType(CancelledError.class)
                .isThrownBy(() -> run(task))
                .withMessage("self");
    }

    @Test
    void a_failure_wins_over_a_request() {
        Task<String> task = loop.createTask(coroutine(() -> {
            Asyncio.currentTask().cancel();
            return fail(new Boom("failure"));
        }));

        assertThatThrownBy(() -> run(task)).isInstanceOf(Boom.class);
        assertThat(task.isCancelled()).isFalse();
    }

    @Test
    void taking_back_the_request_of_a_failed_task_leaves_it_its_failure() {
        Boom failure = new Boom("failure");
        Task<String> task = loop.createTask(coroutine(() -> {
            Asyncio.currentTask().cancel();
            return fail(failure);
        }));
        assertThatThrownBy(() -> run(task)).isSameAs(failure);

        assertThat(task.uncancel()).isZero();

        assertThat(task.exception()).isSameAs(failure);
    }

    @Test
    void what_a_task_that_cancelled_itself_begins_to_await_is_cancelled() {
        Future<Integer> future = loop.createFuture();
        Task<Integer> task = loop.createTask(coroutine(() -> {
            Asyncio.currentTask().cancel("self");
            return await(future, v -> give(v));
        }));

        assertThatExceptionOfType(CancelledError.class)
                .isThrownBy(() -> run(task))
                .withMessage("self");
        assertThat(future.isCancelled()).isTrue();
    }

    @Test
    void a_request_that_comes_when_the_result_is_there_is_delivered_all_the_same() {
        Future<Integer> future = loop.createFuture();
        Task<Integer> task = loop.createTask(coroutine(() -> await(future, v -> give(v))));
        turns(1);

        future.setResult(1);
        assertThat(task.cancel("late")).isTrue();

        assertThatExceptionOfType(CancelledError.class)
                .isThrownBy(() -> run(task))
                .withMessage("late");
    }

    @Test
    void taking_back_the_last_request_drops_it() {
        Task<Void> task = loop.createTask(coroutine(() -> {
            Task<?> me = Asyncio.currentTask();
            log(me.cancelling(), me.uncancel());
            me.cancel("one");
            log(me.cancelling(), me.uncancel());
            return await(sleep(ms(1)), v -> {
                me.cancel("one");
                me.cancel("two");
                log(me.uncancel());
                return await(sleep(ms(1)), w -> give(null), e -> {
                    log(e.getMessage(), me.cancelling());
                    return give(null);
                });
            });
        }));

        run(task);

        assertThat(trace).containsExactly("0 0 0", "0 1 0", "1 1", "1 two 1");
    }

    @Test
    void a_request_passes_through_tasks_to_the_innermost_future() {
        Task<Void> inner = loop.createTask(coroutine(() -> await(sleep(ms(10)), v -> give(null), e -> {
            log("inner", e.getMessage());
            return fail(e);
        })));
        Task<Void> outer = loop.createTask(coroutine(() -> await(inner, v -> give(null))));
        turns(1);

        outer.cancel("reason");

        assertThatThrownBy(() -> run(outer)).isInstanceOf(CancelledError.class);
        assertThat(inner.isCancelled()).isTrue();
        assertThat(inner.cancelling()).isEqualTo(1);
        assertThat(trace).containsExactly("0 inner reason");
    }
}
