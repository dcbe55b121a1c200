package io.github.jasyncio.cpython;

import static io.github.jasyncio.Asyncio.async;
import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.shield;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncTimeoutException;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Future;
import io.github.jasyncio.Task;
import java.time.Duration;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code test_waitfor}, where the traces waitfor_* do not cover it. */
@NullUnmarked // null is tested as well
class WaitForTest extends OnVirtualTime {

    /** Goes on whatever it is told, until its time is over. */
    @Async
    private Coroutine<String> stubborn(long millis) {
        long end = loop.time() + ms(millis).toNanos();
        while (loop.time() < end) {
            try {
                await(sleep(Duration.ofNanos(end - loop.time())));
            } catch (CancelledError e) {
                log("refuses");
            }
        }
        log("exits");
        return Coroutine.of("stubborn");
    }

    @Test
    void what_goes_on_although_the_time_is_up_is_waited_for_and_its_value_counts() {
        assertThat(run(waitFor(stubborn(200), ms(100)))).isEqualTo("stubborn");

        assertThat(trace).containsExactly("100 refuses", "200 exits");
    }

    @Test
    void what_goes_on_although_the_waiting_task_is_cancelled_is_waited_for() {
        Task<String> waiting = loop.createTask(waitFor(stubborn(200), ms(400)));
        turns(1);

        waiting.cancel();

        assertThat(run(waiting)).isEqualTo("stubborn");
        assertThat(trace).containsExactly("0 refuses", "200 exits");
    }

    @ParameterizedTest(name = "limit {0} ms")
    @ValueSource(longs = {0, -1})
    void without_any_time_a_task_that_runs_is_cancelled_and_waited_for(long limit) {
        Task<String> task = loop.createTask(cleansUpFor(20));
        turns(1);

        Throwable failure = failureOf(waitFor(task, ms(limit)));

        assertThat(failure).isInstanceOf(AsyncTimeoutException.class).hasCauseInstanceOf(CancelledError.class);
        assertThat(task.isCancelled()).isTrue();
        assertThat(millis()).isEqualTo(20);
    }

    @Test
    void in_time_it_waits_for_the_end_of_the_task_it_cancels() {
        Task<String> task = loop.createTask(cleansUpFor(20));

        Throwable failure = failureOf(waitFor(task, ms(100)));

        assertThat(failure).isInstanceOf(AsyncTimeoutException.class).hasCauseInstanceOf(CancelledError.class);
        assertThat(task.isCancelled()).isTrue();
        assertThat(millis()).isEqualTo(120);
    }

    @ParameterizedTest(name = "limit {0} ms")
    @ValueSource(longs = {0, 100})
    void the_failure_with_which_a_task_answers_its_cancellation_is_thrown(long limit) {
        Task<String> task = loop.createTask(failsWhenCancelled("answer"));
        turns(1);

        assertThat(failureOf(waitFor(task, ms(limit)))).isInstanceOf(Boom.class).hasMessage("answer");
    }

    @ParameterizedTest(name = "limit {0} ms")
    @NullSource
    @ValueSource(longs = 60_000)
    void cancelling_who_waits_cancels_what_is_waited_for(Long limit) {
        Task<String> task = loop.createTask(async(() -> Coroutine.of(await(loop.<String>createFuture()))));
        Task<String> waiting = loop.createTask(waitFor(task, limit == null ? null : ms(limit)));
        loop.callSoon(waiting::cancel);

        assertThat(failureOf(waiting)).isInstanceOf(CancelledError.class);
        assertThat(task.isCancelled()).isTrue();
        assertThat(millis()).isZero();
    }

    @Test
    void a_request_that_comes_when_the_value_is_there_cancels_who_waits_and_loses_nothing() {
        Task<String> inner = loop.createTask(async(() -> Coroutine.of("done")));
        Task<Void> waiting = loop.createTask(async(() -> {
            await(waitFor(inner, Duration.ofSeconds(100)));
            await(sleep(ms(1000)));
            log("never here");
            return Coroutine.done();
        }));
        turns(1);

        waiting.cancel();

        assertThat(failureOf(waiting)).isInstanceOf(CancelledError.class);
        assertThat(inner.result()).isEqualTo("done");
        assertThat(trace).isEmpty();
    }

    @Test
    void a_value_that_comes_before_the_waiting_begins_is_given() {
        Future<String> future = loop.createFuture();
        Coroutine<String> waiting = waitFor(future, ms(200));
        loop.callSoon(() -> future.setResult("ok"));

        assertThat(run(waiting)).isEqualTo("ok");
    }

    @ParameterizedTest(name = "{0} ms: too late: {1}, the shield is cancelled: {2}")
    @CsvSource({"0, true, true", "10, true, true", "200, false, false", ", false, false"})
    void a_shielded_task_goes_on(Long limit, boolean isTooLate, boolean isShieldCancelled) {
        Task<String> task = loop.createTask(sleep(ms(100), "done"));
        Future<String> shielded = shield(task);

        Throwable failure = failureOf(waitFor(shielded, limit == null ? null : ms(limit)));

        assertThat(failure instanceof AsyncTimeoutException).isEqualTo(isTooLate);
        assertThat(shielded.isCancelled()).isEqualTo(isShieldCancelled);
        assertThat(run(task)).isEqualTo("done");
        assertThat(millis()).isEqualTo(100);
    }
}
