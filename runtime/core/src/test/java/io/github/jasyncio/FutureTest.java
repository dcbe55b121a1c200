package io.github.jasyncio;

import static io.github.jasyncio.Scripted.await;
import static io.github.jasyncio.Scripted.coroutine;
import static io.github.jasyncio.Scripted.give;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.internal.functions.StopWhenDone;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Semantics: {@code asyncio.Future}; the order is that of the traces callbacks_*, future_* and never_retrieved. */
@NullUnmarked // null is tested as well
class FutureTest extends LoopTest {

    @Test
    void a_pending_future_has_neither_result_nor_exception() {
        Future<String> future = loop.createFuture();

        assertThat(future.isDone()).isFalse();
        assertThat(future.isCancelled()).isFalse();
        assertThatThrownBy(future::result)
                .isInstanceOf(InvalidStateException.class)
                .hasMessage("result is not ready: <Future pending>; await it, or ask for the result in a callback"
                        + " (addDoneCallback)");
        assertThatThrownBy(future::exception).isInstanceOf(InvalidStateException.class);
    }

    @Test
    void a_result_is_given_and_may_be_null() {
        Future<String> future = loop.createFuture();
        Future<String> nothing = loop.createFuture();

        future.setResult("r");
        nothing.setResult(null);

        assertThat(future.result()).isEqualTo("r");
        assertThat(future.exception()).isNull();
        assertThat(nothing.isDone()).isTrue();
        assertThat(nothing.result()).isNull();
    }

    @Test
    void a_failure_is_thrown_as_the_very_same_object_checked_or_not() {
        IOException failure = new IOException("disk");
        Future<String> future = loop.createFuture();

        future.setException(failure);

        assertThatThrownBy(future::result).isSameAs(failure);
        assertThat(future.exception()).isSameAs(failure);
    }

    @Test
    void a_future_is_completed_once() {
        Future<Integer> future = loop.createFuture();
        future.setResult(1);

        assertThatThrownBy(() -> future.setResult(2))
                .isInstanceOf(InvalidStateException.class)
                .hasMessage("setResult: already done: <Future finished result=1>; a future is completed once (check"
                        + " isDone() where several may complete it)");
        assertThatThrownBy(() -> future.setException(new Boom("late"))).isInstanceOf(InvalidStateException.class);
        assertThat(future.cancel()).isFalse();
        assertThat(future.result()).isEqualTo(1);
    }

    @Test
    void null_is_no_failure() {
        Future<Integer> future = loop.createFuture();

        assertThatThrownBy(() -> future.setException(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("setException: an exception was expected, got null");
    }

    @Test
    void a_cancelled_future_throws_a_cancellation_with_its_message() {
        Future<Integer> future = loop.createFuture();

        assertThat(future.cancel("reason")).isTrue();

        assertThat(future.cancel("again")).isFalse();
        assertThat(future.isCancelled()).isTrue();
        assertThatExceptionOfType(CancelledError.class)
                .isThrownBy(future::result)
                .withMessage("reason");
        assertThatExceptionOfType(CancelledError.class).isThrownBy(future::exception);
        assertThatThrownBy(() -> future.setResult(1)).isInstanceOf(InvalidStateException.class);
    }

    @Test
    void callbacks_and_tasks_run_in_the_order_in_which_they_came_and_never_inside_of_set_result() {
        Future<String> future = loop.createFuture();
        future.addDoneCallback(f -> log("callback 1", f.result()));
        Task<Void> waiter = loop.createTask(coroutine(() -> await(future, v -> {
            log("waiter", v);
            return give(null);
        })));
        turns(1);
        future.addDoneCallback(f -> log("callback 2", f.result()));

        loop.callSoon(() -> log("before"));
        future.setResult("value");
        log("set");
        loop.callSoon(() -> log("after"));
        future.addDoneCallback(f -> log("late", f.result()));
        run(waiter);

        assertThat(trace)
                .containsExactly(
                        "0 set",
                        "0 before",
                        "0 callback 1 value",
                        "0 waiter value",
                        "0 callback 2 value",
                        "0 after",
                        "0 late value");
    }

    @Test
    void removing_a_callback_takes_all_its_entries() {
        Future<String> future = loop.createFuture();
        Consumer<Future<String>> one = f -> log("one");
        Consumer<Future<String>> two = f -> log("two");
        future.addDoneCallback(one);
        assertThat(future.removeDoneCallback(one)).isEqualTo(1);
        future.addDoneCallback(one);
        future.addDoneCallback(two);
        future.addDoneCallback(one);
        future.addDoneCallback(two);

        assertThat(future.removeDoneCallback(one)).isEqualTo(2);
        assertThat(future.removeDoneCallback(one)).isZero();
        future.addDoneCallback(one);
        future.setResult(null);
        assertThat(future.removeDoneCallback(one)).isZero();
        turns(1);

        assertThat(trace).containsExactly("0 two", "0 two", "0 one");
    }

    @Test
    void many_callbacks_run_in_order() {
        Future<String> future = loop.createFuture();
        for (int i = 0; i < 20; i++) {
            int number = i;
            future.addDoneCallback(f -> log(number));
        }

        future.setResult(null);
        turns(1);

        assertThat(trace).hasSize(20).startsWith("0 0", "0 1").endsWith("0 18", "0 19");
    }

    @Test
    void a_callback_that_fails_is_reported_and_the_others_run() {
        Future<String> future = loop.createFuture();
        future.addDoneCallback(f -> {
            throw new Boom("callback");
        });
        future.addDoneCallback(f -> log("second"));

        future.setResult(null);
        turns(1);

        assertThat(trace).containsExactly("0 second");
        assertThat(reports)
                .containsExactly("Exception in callback lambda in io.github.jasyncio.FutureTest Boom: callback");
        reports.clear();
    }

    @Test
    void its_text_is_asyncio_s() {
        Future<Object> pending = loop.createFuture();
        Future<Object> text = loop.createFuture();
        Future<Object> failed = loop.createFuture();
        Future<Object> cancelled = loop.createFuture();
        Future<Object> itself = loop.createFuture();
        Future<Object> called = loop.createFuture();
        text.setResult("x");
        failed.setException(new Boom("b"));
        failed.exception();
        cancelled.cancel();
        itself.setResult(itself);
        called.addDoneCallback(new StopWhenDone<>());

        assertThat(pending).hasToString("<Future pending>");
        assertThat(text).hasToString("<Future finished result='x'>");
        assertThat(failed).hasToString("<Future finished exception=Boom: b>");
        assertThat(cancelled).hasToString("<Future cancelled>");
        assertThat(itself).hasToString("<Future finished result=...>");
        assertThat(called).hasToString("<Future pending cb=[runUntilComplete]>");
    }

    @Test
    void a_failure_at_which_nobody_looks_is_reported_when_the_loop_is_closed() {
        loop.createFuture().setException(new Boom("unseen"));
        Future<Object> seen = loop.createFuture();
        seen.setException(new Boom("seen"));
        seen.exception();
        Future<Object> givenUp = loop.createFuture();
        givenUp.setException(new Boom("given up"));
        givenUp.cancel();

        loop.close();

        assertThat(reports).containsExactly("Future exception was never retrieved Boom: unseen");
        reports.clear();
    }

    @Test
    void a_failure_at_which_nobody_looks_is_reported_when_the_future_is_garbage() {
        WeakReference<Object> gone = new WeakReference<>(failedFuture());
        loop.setExceptionHandler((lp, context) -> reports.add(context.get("message") + " " + context.get("future")));

        while (gone.get() != null || reports.isEmpty()) {
            System.gc();
            turns(1);
        }

        assertThat(reports)
                .containsExactly("Future exception was never retrieved <Future finished exception=Boom: unseen>");
        reports.clear();
    }

    private Future<Object> failedFuture() {
        Future<Object> future = loop.createFuture();
        future.setException(new Boom("unseen"));
        return future;
    }

    @Test
    void its_completable_future_comes_to_the_same_and_cancels_it() {
        Future<Integer> value = loop.createFuture();
        Future<Integer> failing = loop.createFuture();
        Future<Integer> cancelled = loop.createFuture();
        Future<Integer> asked = loop.createFuture();
        CompletableFuture<Integer> javaValue = value.toCompletableFuture();
        CompletableFuture<Integer> javaFailing = failing.toCompletableFuture();
        CompletableFuture<Integer> javaCancelled = cancelled.toCompletableFuture();
        CompletableFuture<Integer> javaAsked = asked.toCompletableFuture();

        value.setResult(1);
        failing.setException(new Boom("b"));
        cancelled.cancel();
        javaAsked.cancel(true);
        turns(1);

        assertThat(javaValue).isCompletedWithValue(1);
        assertThatThrownBy(javaFailing::join).hasCauseInstanceOf(Boom.class);
        assertThat(javaCancelled).isCancelled();
        assertThat(asked.isCancelled()).isTrue();
        assertThat(value.toCompletableFuture()).isCompletedWithValue(1);
    }
}
