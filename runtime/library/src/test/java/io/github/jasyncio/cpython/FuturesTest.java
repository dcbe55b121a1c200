package io.github.jasyncio.cpython;

import static io.github.jasyncio.Asyncio.async;
import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.setEventLoop;
import static io.github.jasyncio.Asyncio.wrapFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Context;
import io.github.jasyncio.ContextVar;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code test_futures} and {@code test_futures2}, where the traces future_*, callbacks_* and never_retrieved do not cover them. */
@NullUnmarked // null is tested as well
class FuturesTest extends OnVirtualTime {

    private final Future<String> future = loop.createFuture();

    /** What is done to a future whose failure nobody awaits. */
    enum Look {
        AT_NOTHING("Future exception was never retrieved Boom: unseen"),
        AT_THE_RESULT(null),
        AT_THE_EXCEPTION(null),
        BY_CANCELLING_TOO_LATE(null);

        private final String report;

        Look(String report) {
            this.report = report;
        }

        void at(Future<?> future) {
            switch (this) {
                case AT_NOTHING -> {}
                case AT_THE_RESULT -> assertThatThrownBy(future::result).isInstanceOf(Boom.class);
                case AT_THE_EXCEPTION -> assertThat(future.exception()).isInstanceOf(Boom.class);
                case BY_CANCELLING_TOO_LATE -> assertThat(future.cancel()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_failure_is_reported_at_the_end_unless_somebody_has_looked(Look look) {
        future.setException(new Boom("unseen"));
        look.at(future);

        loop.close();

        assertThat(reports).isEqualTo(look.report == null ? List.of() : List.of(look.report));
        reports.clear();
    }

    @Test
    void what_is_abandoned_pending_or_with_a_value_is_not_reported() {
        Future<String> unread = loop.createFuture();
        unread.setResult("unread");

        loop.close();

        assertThat(future.isDone()).isFalse();
        assertThat(reports).isEmpty();
    }

    @ParameterizedTest(name = "{0}: done {1}, cancelled {2}, result {3}, exception {4}")
    @CsvSource({
        "pending, false, false, InvalidStateException, InvalidStateException",
        "value, true, false, value, null",
        "failed, true, false, Boom, Boom",
        "cancelled, true, true, CancelledError, CancelledError"
    })
    void each_state_answers(String state, boolean isDone, boolean isCancelled, String result, String exception) {
        switch (state) {
            case "value" -> future.setResult("value");
            case "failed" -> future.setException(new Boom("failed"));
            case "cancelled" -> assertThat(future.cancel()).isTrue();
            default -> {}
        }

        assertThat(future.isDone()).isEqualTo(isDone);
        assertThat(future.isCancelled()).isEqualTo(isCancelled);
        assertThat(answer(future::result)).isEqualTo(result);
        assertThat(answer(future::exception)).isEqualTo(exception);
        assertThat(answer(future::result)).as("the second time").isEqualTo(result);
        if (isDone) {
            assertThat(future.cancel()).isFalse();
            assertThat(answer(() -> set("other"))).isEqualTo("InvalidStateException");
            assertThat(answer(() -> fail("other"))).isEqualTo("InvalidStateException");
        }
    }

    private Object set(String value) {
        future.setResult(value);
        return "set";
    }

    private Object fail(String message) {
        future.setException(new Boom(message));
        return "set";
    }

    private static String answer(java.util.function.Supplier<?> question) {
        try {
            Object answer = question.get();
            return answer instanceof Boom ? "Boom" : String.valueOf(answer);
        } catch (RuntimeException | CancelledError e) {
            return e.getClass().getSimpleName();
        }
    }

    private Consumer<Future<String>> callback(String name) {
        return done -> log(name, done == future);
    }

    @ParameterizedTest(name = "without {0}: {1}")
    @CsvSource({
        "'', 0 1 2 3",
        "0, 1 2 3",
        "0 1, 2 3",
        "2, 0 1 3",
        "3, 0 1 2",
        "0 1 2 3, ''",
        "1 1, 0 2 3",
    })
    void callbacks_that_were_removed_are_not_called_and_the_others_keep_their_order(String removed, String called) {
        List<Consumer<Future<String>>> callbacks = List.of(callback("0"), callback("1"), callback("2"), callback("3"));
        callbacks.forEach(future::addDoneCallback);
        for (String number : removed.isEmpty() ? new String[0] : removed.split(" ", -1)) {
            future.removeDoneCallback(callbacks.get(Integer.parseInt(number)));
        }

        future.setResult("value");
        assertThat(trace).isEmpty();
        turns(1);

        assertThat(trace.stream().map(line -> line.split(" ", -1)[1]).toList())
                .isEqualTo(called.isEmpty() ? List.of() : List.of(called.split(" ", -1)));
    }

    @Test
    void one_that_was_added_several_times_is_called_as_often_and_removed_at_once() {
        Consumer<Future<String>> one = callback("one");
        Consumer<Future<String>> two = callback("two");
        future.addDoneCallback(one);
        future.addDoneCallback(two);
        future.addDoneCallback(one);

        assertThat(future.removeDoneCallback(one)).isEqualTo(2);
        assertThat(future.removeDoneCallback(one)).isZero();
        assertThat(future.removeDoneCallback(two)).isEqualTo(1);
        future.addDoneCallback(two);
        future.addDoneCallback(two);
        future.setException(new Boom("seen"));
        assertThat(future.exception()).isNotNull();
        turns(1);

        assertThat(trace).containsExactly("0 two true", "0 two true");
    }

    /** Removes another callback when it is compared. */
    private static final class Meddles implements Consumer<Future<String>> {

        private final Future<String> future;
        private final Consumer<Future<String>> other;
        private boolean isMeddling;

        Meddles(Future<String> future, Consumer<Future<String>> other) {
            this.future = future;
            this.other = other;
        }

        @Override
        public void accept(Future<String> done) {}

        @Override
        public boolean equals(Object that) {
            if (!isMeddling) {
                isMeddling = true;
                future.removeDoneCallback(other);
                isMeddling = false;
            }
            return that == this;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    @Test
    void an_equals_that_meddles_does_no_harm() {
        Consumer<Future<String>> one = callback("one");
        Meddles meddles = new Meddles(future, one);
        future.addDoneCallback(meddles);
        future.addDoneCallback(one);
        future.addDoneCallback(meddles);
        future.addDoneCallback(callback("two"));

        future.removeDoneCallback(callback("unknown"));
        future.removeDoneCallback(meddles);
        future.setResult("value");
        turns(1);

        assertThat(trace).containsExactly("0 two true");
    }

    @Test
    void a_callback_that_adds_another_to_the_done_future_sees_it_called_in_the_next_turn() {
        future.addDoneCallback(done -> {
            log("first");
            done.addDoneCallback(again -> log("second"));
        });
        future.setResult("value");

        turns(1);
        assertThat(trace).containsExactly("0 first");
        turns(1);
        assertThat(trace).containsExactly("0 first", "0 second");
    }

    @Test
    void a_future_may_be_awaited_again_and_does_not_suspend_then() {
        loop.createTask(async(() -> {
            log("A");
            log("B", await(future));
            log("C", await(future));
            return Coroutine.done();
        }));
        turns(1);
        assertThat(trace).containsExactly("0 A");

        future.setResult("42");
        turns(1);

        assertThat(trace).containsExactly("0 A", "0 B 42", "0 C 42");
    }

    @Test
    void the_handler_is_called_in_the_context_of_the_task_whose_failure_was_never_seen() {
        ContextVar<String> name = new ContextVar<>("name", "foo");
        List<String> names = new ArrayList<>();
        loop.setExceptionHandler((lp, context) -> names.add(name.get()));
        loop.createTask(async(() -> {
            name.set("bar");
            throw new Boom("unseen");
        }));
        loop.callSoon(() -> {
            name.set("baz");
            throw new Boom("callback");
        });
        turns(1);

        loop.close();

        assertThat(names).containsExactly("baz", "bar");
    }

    @Test
    void a_value_whose_text_fails_does_not_break_the_future_s_text() {
        class Broken {

            @Override
            public String toString() {
                throw new IllegalStateException("no text");
            }
        }
        Future<Broken> broken = loop.createFuture();
        broken.setResult(new Broken());

        assertThat(broken.toString()).startsWith("<Future finished result=<").endsWith("Broken instance>>");
    }

    // ------------------------------------------------------------------------------------------------ Java's own

    @Test
    void a_stage_completed_elsewhere_comes_through_the_loop() {
        CompletableFuture<String> stage = new CompletableFuture<>();
        Future<String> wrapped = wrapFuture(stage);
        Thread thread = new Thread(() -> stage.complete("elsewhere"));
        thread.start();

        assertThat(run(wrapped)).isEqualTo("elsewhere");
        assertThat(wrapped.getLoop()).isSameAs(loop);
    }

    @Test
    void cancelling_what_wraps_a_stage_cancels_the_stage_in_the_next_turn() {
        CompletableFuture<String> stage = new CompletableFuture<>();
        Future<String> wrapped = wrapFuture(stage);

        wrapped.cancel();
        assertThat(stage).isNotCancelled();
        turns(1);

        assertThat(stage).isCancelled();
        assertThat(wrapped.isCancelled()).isTrue();
    }

    @Test
    void cancelling_what_wraps_a_stage_that_has_just_come_leaves_the_stage_its_value() {
        CompletableFuture<String> stage = new CompletableFuture<>();
        Future<String> wrapped = wrapFuture(stage);

        stage.complete("value");
        wrapped.cancel();
        turns(2);

        assertThat(stage).isCompletedWithValue("value");
        assertThat(wrapped.isCancelled()).isTrue();
    }

    @Test
    void wrapping_needs_a_loop() {
        setEventLoop(null);

        assertThatThrownBy(() -> wrapFuture(new CompletableFuture<>()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no current event loop");
    }

    @Test
    void a_callback_s_context_may_be_given_and_may_not_be_entered_twice() {
        ContextVar<String> name = new ContextVar<>("name", "none");
        Context context = new Context();
        context.run(() -> {
            name.set("given");
        });
        future.addDoneCallback(done -> log(name.get()), context);
        future.addDoneCallback(done -> log(name.get()));
        future.setResult("value");

        run(async(() -> {
            await(future);
            return Coroutine.done();
        }));
        turns(1);

        assertThat(trace).containsExactly("0 given", "0 none");
    }
}
