package io.github.jasyncio.staggered;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.staggered.Staggered.firstOf;
import static io.github.jasyncio.staggered.Staggered.staggeredRace;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncCallable;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.ExceptionGroup;
import io.github.jasyncio.Task;
import io.github.jasyncio.TaskFactory;
import io.github.jasyncio.cpython.OnVirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Semantics: {@code asyncio.staggered.staggered_race}; what CPython logs. */
@NullUnmarked // as free as a test
class StaggeredRaceTest extends OnVirtualTime {

    private final List<Integer> dropped = new ArrayList<>();

    private Runnable whenWon = () -> {};

    /** Succeeds after a time, or fails. */
    private record Attempt(int millis, boolean succeeds) {

        /** From {@code 100} or {@code 100!}, which fails. */
        static Attempt of(String text) {
            return text.endsWith("!")
                    ? new Attempt(Integer.parseInt(text.substring(0, text.length() - 1)), false)
                    : new Attempt(Integer.parseInt(text), true);
        }
    }

    @Async
    private Coroutine<Integer> run(int index, Attempt attempt) throws IOException {
        log(index, "begins");
        try {
            await(sleep(ms(attempt.millis)));
        } catch (CancelledError e) {
            log(index, "cancelled");
            throw e;
        }
        log(index, attempt.succeeds ? "wins" : "fails");
        loop.callSoon(whenWon);
        if (!attempt.succeeds) {
            throw new IOException("attempt " + index);
        }
        return Coroutine.of(index);
    }

    @Async
    private Coroutine<Void> race(List<Attempt> attempts, int delay) {
        List<AsyncCallable<Integer>> callables = new ArrayList<>();
        for (int i = 0; i < attempts.size(); i++) {
            int index = i;
            callables.add(() -> run(index, attempts.get(index)));
        }
        log("result", await(staggeredRace(callables, ms(delay), dropped::add)).winner());
        return Coroutine.done();
    }

    @ParameterizedTest(name = "{0} ms, {1} ms apart")
    @CsvSource({
        "1000 100 100, 250, '0 0 begins, 250 1 begins, 350 1 wins, 350 0 cancelled, 350 result 1'",
        "10! 100, 250, '0 0 begins, 10 0 fails, 10 1 begins, 110 1 wins, 110 result 1'",
        "10! 20!, 250, '0 0 begins, 10 0 fails, 10 1 begins, 30 1 fails, 30 result null'",
        "300 1000, 250, '0 0 begins, 250 1 begins, 300 0 wins, 300 1 cancelled, 300 result 0'",
        "100 50 70, 0, '0 0 begins, 0 1 begins, 0 2 begins, 50 1 wins, 50 0 cancelled, 50 2 cancelled, 50 result 1'",
    })
    void attempts_begin_and_end_as_cpython_s_do(String attempts, int delay, String expected) {
        run(race(List.of(attempts.split(" ")).stream().map(Attempt::of).toList(), delay));

        assertThat(String.join(", ", trace)).isEqualTo(expected);
        assertThat(dropped).isEmpty();
    }

    @Test
    void a_race_of_nobody_has_no_winner() {
        run(race(List.of(), 250));

        assertThat(trace).containsExactly("0 result null");
    }

    @Test
    void cancelling_the_race_cancels_all_attempts() {
        Task<Void> race = loop.createTask(race(List.of(Attempt.of("1000"), Attempt.of("1000")), 250));
        loop.callLater(ms(300), race::cancel);

        assertThat(failureOf(race)).isInstanceOf(CancelledError.class);
        turns(2);

        assertThat(trace).containsExactly("0 0 begins", "250 1 begins", "300 0 cancelled", "300 1 cancelled");
    }

    @Test
    void the_winner_of_a_race_that_is_cancelled_at_its_end_is_dropped() {
        Task<Void> race = loop.createTask(race(List.of(Attempt.of("10")), 250));
        // Before those hear of it who wait for the winner.
        whenWon = race::cancel;

        assertThat(failureOf(race)).isInstanceOf(CancelledError.class);
        assertThat(dropped).containsExactly(0);
    }

    @Test
    void eager_tasks_race_as_well() {
        loop.setTaskFactory(TaskFactory.EAGER);

        run(race(List.of(Attempt.of("1000"), Attempt.of("10!"), Attempt.of("10")), 250));

        assertThat(trace)
                .containsExactly(
                        "0 0 begins",
                        "250 1 begins",
                        "260 1 fails",
                        "260 2 begins",
                        "270 2 wins",
                        "270 0 cancelled",
                        "270 result 2");
    }

    @Test
    void the_result_says_who_won_and_what_became_of_the_others() {
        RaceResult<Integer> result = run(staggeredRace(
                List.of(
                        () -> run(0, Attempt.of("1000")),
                        () -> run(1, Attempt.of("10!")),
                        () -> run(2, Attempt.of("10")),
                        () -> run(3, Attempt.of("10"))),
                ms(250)));

        assertThat(result.isWon()).isTrue();
        assertThat(result.winner()).isEqualTo(2);
        assertThat(result.index()).isEqualTo(2);
        assertThat(result.failures()).hasSize(3);
        assertThat(result.failures().get(0)).isInstanceOf(CancelledError.class);
        assertThat(result.failures().get(1)).hasMessage("attempt 1");
        assertThat(result.failures().get(2)).isNull();
    }

    @Test
    void who_succeeds_although_he_was_overtaken_is_dropped() {
        int first = run(firstOf(() -> run(0, Attempt.of("10")), () -> run(1, Attempt.of("20"))));
        RaceResult<Integer> second = run(staggeredRace(
                List.of(() -> run(0, Attempt.of("10")), () -> succeedsWhenCancelled(1)), ms(0), dropped::add));

        assertThat(first).isZero();
        assertThat(second.winner()).isZero();
        assertThat(dropped).containsExactly(1);
    }

    @Async
    private Coroutine<Integer> succeedsWhenCancelled(int value) {
        try {
            await(sleep(ms(1000)));
        } catch (CancelledError e) {
            return Coroutine.of(value);
        }
        return Coroutine.of(-1);
    }

    @Test
    void without_a_delay_all_begin_together_and_without_time_one_after_the_failure_of_the_other() {
        run(firstOf(() -> run(0, Attempt.of("100")), () -> run(1, Attempt.of("50"))));
        assertThat(trace).containsExactly("0 0 begins", "0 1 begins", "50 1 wins", "50 0 cancelled");

        trace.clear();
        run(firstOf((Duration) null, () -> run(0, Attempt.of("1000!")), () -> run(1, Attempt.of("10"))));
        assertThat(trace).containsExactly("50 0 begins", "1050 0 fails", "1050 1 begins", "1060 1 wins");
    }

    @Test
    void if_all_fail_all_failures_are_told() {
        assertThat(failureOf(firstOf(() -> run(0, Attempt.of("20!")), () -> run(1, Attempt.of("10!")))))
                .isInstanceOfSatisfying(
                        ExceptionGroup.class,
                        group -> assertThat(group.exceptions())
                                .extracting(Throwable::getMessage)
                                .containsExactly("attempt 0", "attempt 1"));
        assertThat(failureOf(firstOf())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_null_can_win() {
        assertThat(run(firstOf(() -> Coroutine.<Object>of(null), () -> Coroutine.of("late"))))
                .isNull();
    }

    @Test
    void cancelling_who_waits_cancels_all() {
        Task<Integer> task = loop.createTask(firstOf(() -> run(0, Attempt.of("100")), () -> run(1, Attempt.of("50"))));
        loop.callLater(ms(10), task::cancel);

        assertThat(failureOf(task)).isInstanceOf(CancelledError.class);
        turns(2);

        assertThat(trace).containsExactly("0 0 begins", "0 1 begins", "10 0 cancelled", "10 1 cancelled");
    }
}
