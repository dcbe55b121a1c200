package io.github.jasyncio.cpython;

import static io.github.jasyncio.Asyncio.async;
import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.waitOn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncTimeoutException;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Future;
import io.github.jasyncio.KeyboardInterrupt;
import io.github.jasyncio.ReturnWhen;
import io.github.jasyncio.Task;
import io.github.jasyncio.TimerHandle;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The cancelling of tasks in {@code test_tasks}, where the traces cancel_* do not cover it. */
@NullUnmarked // null is tested as well
class CancellationsTest extends OnVirtualTime {

    private final Future<String> first = loop.createFuture();
    private final Future<String> second = loop.createFuture();
    private final Future<String> third = loop.createFuture();

    @ParameterizedTest(name = "message {0}")
    @NullSource
    @ValueSource(strings = {"", "my message"})
    void a_message_comes_out_of_the_task_that_looks_at_the_result(String message) {
        Throwable failure = failureOf(async(() -> {
            Task<Void> sleeper = createTask(sleep(Duration.ofSeconds(10)));
            await(sleep(Duration.ZERO));
            sleeper.cancel(message);
            await(waitOn(List.of(sleeper), ReturnWhen.ALL_COMPLETED));
            sleeper.result();
            return Coroutine.done();
        }));

        assertThat(failure).isInstanceOf(CancelledError.class).hasMessage(message);
    }

    @ParameterizedTest(name = "message {0}")
    @NullSource
    @ValueSource(strings = {"", "my message"})
    void a_message_comes_out_of_the_task_that_awaits(String message) {
        Throwable failure = failureOf(async(() -> {
            Task<Void> sleeper = createTask(sleep(Duration.ofSeconds(10)));
            await(sleep(Duration.ZERO));
            sleeper.cancel(message);
            await(sleeper);
            return Coroutine.done();
        }));

        assertThat(failure).isInstanceOf(CancelledError.class).hasMessage(message);
    }

    @Test
    void a_message_for_a_task_that_has_not_begun_is_kept() {
        Task<Void> sleeper = loop.createTask(sleep(ms(10)));

        sleeper.cancel("my message");

        assertThatExceptionOfType(CancelledError.class)
                .isThrownBy(() -> run(sleeper))
                .withMessage("my message");
    }

    @Test
    void the_future_that_a_task_awaits_can_be_cancelled_under_it_and_the_task_as_well() {
        Task<String> task = loop.createTask(async(() -> Coroutine.of(await(first))));
        turns(1);
        first.cancel("future");
        task.cancel("task");

        // asyncio: the second message is the one that a task cancelled by itself carries; what is thrown is the first.
        assertThat(failureOf(task)).isInstanceOf(CancelledError.class).hasMessage("future");
        assertThat(task.isCancelled()).isTrue();
    }

    @Test
    void a_future_cancelled_under_a_task_is_caught_like_any_cancellation() {
        Task<String> task = loop.createTask(async(() -> {
            try {
                return Coroutine.of(await(first));
            } catch (CancelledError e) {
                return Coroutine.of("caught " + current().cancelling());
            }
        }));
        turns(1);

        first.cancel();

        assertThat(run(task)).isEqualTo("caught 0");
    }

    @Test
    void a_task_that_refuses_awaits_the_next_thing_which_nobody_cancels() {
        Task<String> task = loop.createTask(async(() -> {
            await(first);
            try {
                await(second);
            } catch (CancelledError e) {
                log("refused");
            }
            return Coroutine.of(await(third));
        }));
        turns(1);
        first.setResult("1");
        turns(2);

        assertThat(task.cancel()).isTrue();
        turns(2);
        third.setResult("3");

        assertThat(run(task)).isEqualTo("3");
        assertThat(second.isCancelled()).isTrue();
        assertThat(third.isCancelled()).isFalse();
    }

    @Test
    void what_a_task_awaits_after_cancelling_itself_is_cancelled_with_it() {
        Task<?>[] nested = new Task<?>[1];
        Task<Void> task = loop.createTask(async(() -> {
            nested[0] = createTask(async(() -> Coroutine.of(await(first))));
            await(sleep(Duration.ZERO));
            current().cancel();
            await(nested[0]);
            return Coroutine.done();
        }));

        assertThat(failureOf(task)).isInstanceOf(CancelledError.class);
        assertThat(task.isCancelled()).isTrue();
        assertThat(nested[0].isCancelled()).isTrue();
        assertThat(first.isCancelled()).isTrue();
    }

    @Test
    void an_interrupt_thrown_while_a_task_is_cancelled_leaves_the_loop_and_is_the_task_s_failure() {
        KeyboardInterrupt interrupt = new KeyboardInterrupt("Ctrl-C");
        Task<Void> task = loop.createTask(async(() -> {
            try {
                await(sleep(Duration.ofSeconds(10)));
            } catch (CancelledError e) {
                throw interrupt;
            }
            return Coroutine.done();
        }));
        turns(1);
        task.cancel();

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> turns(1)))
                .isSameAs(interrupt);
        assertThat(task.isDone()).isTrue();
        assertThat(task.isCancelled()).isFalse();
        assertThat(task.exception()).isSameAs(interrupt);
    }

    @Test
    void an_exception_of_one_s_own_that_is_a_cancellation_cancels_the_task() {
        Task<Void> task = loop.createTask(async(() -> {
            await(sleep(Duration.ZERO));
            throw new CancelledError("of one's own");
        }));

        assertThat(failureOf(task)).hasMessage("of one's own");
        assertThat(task.isCancelled()).isTrue();
        assertThat(task.cancelling()).isZero();
    }

    @Test
    void requests_are_counted_and_taken_back_down_to_zero() {
        Task<Void> task = loop.createTask(sleep(ms(10)));
        for (int i = 1; i <= 3; i++) {
            task.cancel();
            assertThat(task.cancelling()).isEqualTo(i);
        }
        for (int i = 2; i >= 0; i--) {
            assertThat(task.uncancel()).isEqualTo(i);
        }
        assertThat(task.uncancel()).isZero();

        run(task);

        assertThat(task.isCancelled()).isFalse();
    }

    /** A deadline such as users write it, with {@code uncancel}. */
    @Async
    private Coroutine<Void> withDeadline(long work, long deadline) {
        Task<?> task = current();
        boolean[] isLate = {false};
        TimerHandle timer = loop.callLater(ms(deadline), () -> {
            isLate[0] = true;
            task.cancel();
        });
        try {
            try {
                await(sleep(ms(work)));
                log("block done");
            } catch (CancelledError e) {
                if (isLate[0] && task.uncancel() == 0) {
                    throw new AsyncTimeoutException("late", e);
                }
                throw e;
            } finally {
                timer.cancel();
            }
        } catch (AsyncTimeoutException e) {
            log(e.getMessage());
        }
        await(sleep(ms(100)));
        log("outer code done");
        return Coroutine.done();
    }

    @ParameterizedTest(name = "work {0} ms, deadline {1} ms, cancelled after {2} ms: {3}")
    @CsvSource({
        "10, 50, , 10 block done; 110 outer code done",
        "100, 50, , 50 late; 150 outer code done",
        "100, 50, 20, cancelled",
        "100, 50, 50, cancelled",
        "10, 50, 70, 10 block done; cancelled",
        "100, 50, 70, 50 late; cancelled"
    })
    void a_deadline_takes_back_its_own_request_and_no_other(
            long work, long deadline, Long cancelledAfter, String expected) {
        Task<Void> task = loop.createTask(withDeadline(work, deadline));
        if (cancelledAfter != null) {
            loop.callLater(ms(cancelledAfter), task::cancel);
        }

        Throwable failure = failureOf(task);

        assertThat(String.join("; ", trace) + (failure == null ? "" : (trace.isEmpty() ? "" : "; ") + "cancelled"))
                .isEqualTo(expected);
        assertThat(task.isCancelled()).isEqualTo(failure != null);
    }
}
