package io.github.jasyncio.cpython;

import static io.github.jasyncio.Asyncio.async;
import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.gather;
import static io.github.jasyncio.Asyncio.gatherOutcomes;
import static io.github.jasyncio.Asyncio.newEventLoop;
import static io.github.jasyncio.Asyncio.setEventLoop;
import static io.github.jasyncio.Asyncio.shield;
import static io.github.jasyncio.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.Async;
import io.github.jasyncio.Awaitable;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import io.github.jasyncio.Outcome;
import io.github.jasyncio.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code gather} and {@code shield} in {@code test_tasks}, where the traces gather_* and shield_* do not cover them. */
@NullUnmarked // null is tested as well
class GatheringTest extends OnVirtualTime {

    private final List<Future<String>> children =
            Stream.generate(() -> loop.<String>createFuture()).limit(3).toList();

    /** Completes children: {@code 2=c} sets the value, {@code 2!c} fails it, {@code 2x} cancels it. */
    private void complete(String steps) {
        for (String step : steps.split(" ", -1)) {
            Future<String> child = children.get(step.charAt(0) - '0');
            switch (step.charAt(1)) {
                case '=' -> child.setResult(step.substring(2));
                case '!' -> child.setException(new Boom(step.substring(2)));
                default -> child.cancel();
            }
            turns(1);
        }
    }

    private static String text(Future<? extends List<?>> gathering) {
        if (!gathering.isDone()) {
            return "pending";
        }
        if (gathering.isCancelled()) {
            return "cancelled";
        }
        Throwable failure = gathering.exception();
        return failure == null
                ? gathering.result().stream().map(GatheringTest::text).collect(Collectors.joining(" "))
                : text(failure);
    }

    private static String text(Object value) {
        if (value instanceof Outcome.Success<?> success) {
            return String.valueOf(success.value());
        }
        if (value instanceof Outcome.Failure<?> failure) {
            return text(failure.error());
        }
        return value instanceof Throwable failure
                ? failure instanceof CancelledError ? "CancelledError" : failure.getMessage() + "!"
                : String.valueOf(value);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "0=a 1=b, pending",
        "0=a 1=b 2=c, a b c",
        "2=c 0=a 1=b, a b c",
        "1!b, b!",
        "0=a 1!b 2=c, b!",
        // the first one counts, and nobody hears of the others
        "2!c 0!a 1!b, c!",
        "1x, CancelledError",
        "0=a 1x 2!c, CancelledError",
        "0!a 1x 2=c, a!"
    })
    void a_gathering_comes_to_the_values_or_the_first_failure(String steps, String expected) {
        Future<List<String>> gathering = gather(children);

        complete(steps);
        turns(1);

        assertThat(text(gathering)).isEqualTo(expected);
        if (gathering.cancel()) {
            assertThat(failureOf(gathering)).isInstanceOf(CancelledError.class);
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "0=a 1!b, pending",
        "2!c 0=a 1x, a CancelledError c!",
        "0!a 1!b 2!c, a! b! c!",
        "0x 1x 2x, CancelledError CancelledError CancelledError"
    })
    void outcomes_stand_in_the_order_of_the_arguments(String steps, String expected) {
        Future<List<Outcome<String>>> gathering = gatherOutcomes(children);

        complete(steps);
        turns(1);

        assertThat(text(gathering)).isEqualTo(expected);
        if (gathering.cancel()) {
            assertThat(failureOf(gathering)).isInstanceOf(CancelledError.class);
        }
    }

    @Test
    void a_gathering_of_nothing_needs_a_loop_and_belongs_to_it() {
        assertThat(gather(List.<Awaitable<String>>of()).getLoop()).isSameAs(loop);
        assertThat(run(gather(List.<Awaitable<String>>of()))).isEmpty();
        assertThat(run(gatherOutcomes(List.<Awaitable<String>>of()))).isEmpty();
        assertThat(run(async(
                        () -> Coroutine.of(gather(List.<Awaitable<String>>of()).getLoop()))))
                .isSameAs(loop);

        setEventLoop(null);

        assertThatThrownBy(() -> gather(List.<Awaitable<String>>of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no current event loop");
        assertThatThrownBy(() -> gather(sleep(ms(1)))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> shield(sleep(ms(1)))).isInstanceOf(IllegalStateException.class);
        assertThat(gather(children).getLoop()).isSameAs(loop);
        assertThat(shield(children.get(0)).getLoop()).isSameAs(loop);
    }

    @Test
    void coroutines_run_on_the_running_loop_rather_than_on_the_one_that_was_set() {
        EventLoop other = newEventLoop();
        setEventLoop(other);

        run(async(() -> {
            Future<List<Void>> gathering = gather(sleep(ms(1)));
            Future<Void> shielded = shield(sleep(ms(1)));
            log(gathering.getLoop() == loop, shielded.getLoop() == loop);
            await(gathering);
            await(shielded);
            return Coroutine.done();
        }));

        assertThat(trace).containsExactly("0 true true");
        other.close();
    }

    @Async
    private Coroutine<Void> logsWhenReleased(Future<String> release) {
        log(await(release));
        return Coroutine.done();
    }

    @Test
    void cancelling_who_awaits_a_gathering_cancels_all_the_way_down() {
        Task<Void> one = loop.createTask(logsWhenReleased(children.get(0)));
        Task<Void> two = loop.createTask(logsWhenReleased(children.get(0)));
        List<Future<List<Void>>> gathering = new ArrayList<>();
        Task<Void> outer = loop.createTask(async(() -> {
            gathering.add(gather(one, two));
            await(gathering.get(0));
            log("never here");
            return Coroutine.done();
        }));
        turns(2);

        assertThat(outer.cancel()).isTrue();

        assertThat(failureOf(outer)).isInstanceOf(CancelledError.class);
        assertThat(gathering.get(0).cancel()).isFalse();
        assertThat(children.get(0).isCancelled()).isTrue();
        assertThat(one.isCancelled()).isTrue();
        assertThat(two.isCancelled()).isTrue();
        assertThat(trace).isEmpty();
    }

    @Test
    void a_gathering_whose_children_are_all_done_cannot_be_cancelled_although_it_is_pending() {
        Future<List<String>> gathering = gather(children);
        children.forEach(child -> child.setResult("set"));

        assertThat(gathering.cancel()).isFalse();

        assertThat(gathering.isDone()).isFalse();
        assertThat(run(gathering)).containsExactly("set", "set", "set");
    }

    @ParameterizedTest(name = "message {0}")
    @NullSource
    @ValueSource(strings = "my message")
    void a_task_that_awaits_a_gathering_is_cancelled_with_the_message(String message) {
        Task<List<Void>> task = loop.createTask(async(() -> Coroutine.of(await(gather(sleep(ms(10)), sleep(ms(20)))))));
        turns(2);

        task.cancel(message);

        assertThat(failureOf(task)).isInstanceOf(CancelledError.class).hasMessage(message);
        assertThat(millis()).isZero();
    }

    @Test
    void the_failure_of_one_that_is_refused_further_on_is_nobody_s_business() {
        assertThatThrownBy(() -> gather(failsAfter(0, "before"), null)).isInstanceOf(NullPointerException.class);

        turns(5);
    }

    @Test
    void failures_behind_the_first_are_not_reported() {
        Coroutine<List<String>> fails = async(() -> {
            await(gather(failsAfter(10, "a"), failsAfter(10, "b"), failsAfter(30, "c")));
            return Coroutine.of(List.of());
        });

        assertThat(failureOf(fails)).hasMessage("a");
        run(sleep(ms(100)));
    }

    @Test
    void a_gathering_of_coroutines_that_is_given_one_twice_runs_it_once() {
        Coroutine<String> coroutine = async(() -> {
            log("runs");
            await(sleep(ms(1)));
            return Coroutine.of("once");
        });

        assertThat(run(gather(coroutine, coroutine, sleep(ms(1), "other")))).containsExactly("once", "once", "other");
        assertThat(trace).containsExactly("0 runs");
    }

    // ------------------------------------------------------------------------------------------------ shields

    @ParameterizedTest(name = "inner {0}: outer {1}")
    @CsvSource({"0=a, a", "0!a, a!", "0x, cancelled"})
    void a_shield_comes_to_the_same_as_what_is_inside(String step, String expected) {
        Future<String> outer = shield(children.get(0));
        Future<List<Outcome<String>>> outcome = gatherOutcomes(outer);

        complete(step);
        turns(2);

        assertThat(outer.isCancelled() ? "cancelled" : text(outcome)).isEqualTo(expected);
    }

    @Test
    void cancelling_what_awaits_a_shield_leaves_the_inner_task_alone() {
        Task<Void> inner = loop.createTask(logsWhenReleased(children.get(0)));
        Task<Void> outer = loop.createTask(async(() -> {
            await(shield(inner));
            log("never here");
            return Coroutine.done();
        }));
        turns(2);

        outer.cancel();

        assertThat(failureOf(outer)).isInstanceOf(CancelledError.class);
        complete("0=inner");
        assertThat(inner.isDone()).isTrue();
        assertThat(trace).containsExactly("0 inner");
    }

    @Test
    void a_shielded_gathering_goes_on() {
        Future<List<String>> gathering = gather(children);
        Future<List<String>> outer = shield(gathering);
        turns(1);

        outer.cancel();
        turns(1);
        complete("0=a 1=b 2=c");
        turns(1);

        assertThat(outer.isCancelled()).isTrue();
        assertThat(text(gathering)).isEqualTo("a b c");
    }

    @Test
    void gathered_shields_are_cancelled_and_their_insides_go_on() {
        Future<String> one = shield(children.get(0));
        Future<String> two = shield(children.get(1));
        Future<List<String>> gathering = gather(one, two);
        turns(1);

        gathering.cancel();
        turns(2);

        assertThat(text(gathering)).isEqualTo("CancelledError");
        assertThat(one.isCancelled()).isTrue();
        assertThat(two.isCancelled()).isTrue();
        complete("0=a 1=b");
        assertThat(children.get(1).result()).isEqualTo("b");
    }
}
