package io.github.jasyncio.sync;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.gather;
import static io.github.jasyncio.Asyncio.gatherOutcomes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncCallable;
import io.github.jasyncio.Asyncio;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Semantics: {@code asyncio.Barrier}. */
class BarrierTest extends LoopTest {

    private static final int N = 5;

    private final Barrier barrier = new Barrier(N);

    private int count;

    @AfterEach
    void nobody_is_in_the_barrier() {
        assertThat(barrier.nWaiting()).isZero();
    }

    private static <T> List<Task<T>> tasks(int n, AsyncCallable<T> body) {
        List<Task<T>> tasks = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            tasks.add(createTask(Asyncio.async(body)));
        }
        return tasks;
    }

    /** Runs n tasks of the same body to their ends. */
    private void runTasks(int n, AsyncCallable<Void> body) {
        run(() -> {
            await(gather(tasks(n, body)));
            return Coroutine.done();
        });
    }

    private List<Object> times(int n, Object word) {
        return Collections.nCopies(n, word);
    }

    @Test
    void the_text_form_tells_the_state_and_the_waiters() {
        run(() -> {
            assertThat(barrier).hasToString("<Barrier [filling, waiters:0/5]>");
            List<Task<Integer>> waiters = tasks(2, barrier::waitOn);
            await(turn());
            assertThat(barrier).hasToString("<Barrier [filling, waiters:2/5]>");

            waiters.addAll(tasks(3, barrier::waitOn));
            await(turn());
            assertThat(barrier).hasToString("<Barrier [draining, waiters:0/5]>");

            waiters.addAll(tasks(2, barrier::waitOn));
            await(turn());
            await(barrier.reset());
            assertThat(barrier).hasToString("<Barrier [resetting, waiters:0/5]>");

            waiters.addAll(tasks(2, barrier::waitOn));
            await(turn());
            await(barrier.abort());
            assertThat(barrier).hasToString("<Barrier [broken]>");
            assertThat(barrier.isBroken()).isTrue();

            await(gatherOutcomes(waiters));
            return Coroutine.done();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -4})
    void there_must_be_a_party(int parties) {
        assertThatThrownBy(() -> new Barrier(parties))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Barrier: parties must be 1 or more, got " + parties);
    }

    @Test
    void each_of_a_round_gets_another_index() {
        runTasks(N, () -> {
            seen.add(await(barrier.waitOn()));
            return Coroutine.done();
        });

        assertThat(seen).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
        assertThat(barrier.isBroken()).isFalse();
        assertThat(barrier.parties()).isEqualTo(N);
    }

    @Test
    void one_party_never_waits() {
        Barrier alone = new Barrier(1);
        run(() -> {
            loop.callSoon(() -> seen.add("a turn of the loop"));
            assertThat(await(alone.waitOn())).isZero();
            assertThat(await(alone.waitOn())).isZero();
            assertThat(seen).isEmpty();
            await(turn());
            return Coroutine.done();
        });
    }

    @Test
    void it_fills_task_by_task() {
        run(() -> {
            List<Task<Integer>> tasks = new ArrayList<>();
            for (int i = 1; i < N; i++) {
                tasks.add(createTask(barrier.waitOn()));
                await(turn());
                assertThat(barrier.nWaiting()).isEqualTo(i);
            }
            tasks.add(createTask(barrier.waitOn()));
            await(gather(tasks));
            assertThat(barrier).hasToString("<Barrier [filling, waiters:0/5]>");
            return Coroutine.done();
        });
    }

    @Test
    void it_serves_for_many_rounds() {
        runTasks(N, () -> {
            for (int round = 0; round < 3; round++) {
                await(barrier.waitOn());
                seen.add(round);
            }
            return Coroutine.done();
        });

        assertThat(seen).containsExactly(0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2);
    }

    @Test
    void it_drains_until_the_last_has_gone() {
        runTasks(N, () -> {
            await(barrier.waitOn());
            seen.add(barrier.toString());
            return Coroutine.done();
        });

        assertThat(seen.subList(0, N - 1)).containsOnly("<Barrier [draining, waiters:0/5]>");
        assertThat(seen.get(N - 1)).isEqualTo("<Barrier [filling, waiters:0/5]>");
    }

    @Test
    void who_comes_while_it_drains_waits_for_the_next_round() {
        Barrier others = new Barrier(N - 2);
        runTasks(N, () -> {
            await(barrier.waitOn());
            if (count++ < 2) {
                await(barrier.waitOn());
            } else {
                await(others.waitOn());
                seen.add("others");
                await(barrier.waitOn());
            }
            seen.add("end");
            return Coroutine.done();
        });

        assertThat(seen).hasSize(8).startsWith("others", "others", "others").endsWith("end", "end");
    }

    @Test
    void a_cancelled_waiter_just_leaves() {
        run(() -> {
            Task<Integer> first = createTask(barrier.waitOn());
            Task<Integer> second = createTask(barrier.waitOn());
            await(turn());
            assertThat(barrier.nWaiting()).isEqualTo(2);

            first.cancel();
            await(turn());
            assertThat(barrier.nWaiting()).isEqualTo(1);
            assertThat(await(failureOf(first))).isInstanceOf(CancelledError.class);

            List<Task<Integer>> tasks = tasks(N - 1, barrier::waitOn);
            tasks.add(second);
            await(gather(tasks));
            assertThat(barrier.isBroken()).isFalse();
            return Coroutine.done();
        });
    }

    @Test
    void reset_of_an_empty_barrier_changes_nothing() {
        run(() -> {
            await(barrier.reset());
            assertThat(barrier).hasToString("<Barrier [filling, waiters:0/5]>");
            return Coroutine.done();
        });
    }

    @Test
    void reset_throws_out_who_waits() {
        run(() -> {
            List<Task<Integer>> waiters = tasks(N - 1, barrier::waitOn);
            await(turn());
            await(barrier.reset());
            for (Task<Integer> waiter : waiters) {
                assertThat(await(failureOf(waiter)))
                        .isExactlyInstanceOf(BrokenBarrierException.class)
                        .hasMessageStartingWith("waitOn: <Barrier [resetting, waiters:0/5]> was aborted or reset");
            }
            assertThat(barrier).hasToString("<Barrier [filling, waiters:0/5]>");
            return Coroutine.done();
        });
    }

    /** The first ones are out, the others are woken already but have not gone. */
    @Test
    void reset_while_it_drains_throws_out_who_has_not_gone() {
        runTasks(N, () -> {
            try {
                await(barrier.waitOn());
                count++;
            } catch (BrokenBarrierException e) {
                seen.add("broken");
                return Coroutine.done();
            }
            if (count == N - N / 2) {
                await(barrier.reset());
            }
            return Coroutine.done();
        });

        assertThat(seen).isEqualTo(times(N / 2, "broken"));
        assertThat(barrier).hasToString("<Barrier [filling, waiters:0/5]>");
    }

    @Test
    void reset_while_it_drains_spares_who_came_for_the_next_round() {
        runTasks(N, () -> {
            try {
                await(barrier.waitOn());
            } catch (BrokenBarrierException e) {
                seen.add("thrown out");
                await(barrier.waitOn());
                return Coroutine.done();
            }
            count++;
            if (count > N / 2) {
                await(barrier.reset());
                await(barrier.waitOn());
                return Coroutine.done();
            }
            try {
                await(barrier.waitOn());
            } catch (BrokenBarrierException e) {
                seen.add("thrown out of the next round");
            }
            return Coroutine.done();
        });

        assertThat(seen).isEqualTo(times(N / 2, "thrown out"));
        assertThat(barrier).hasToString("<Barrier [filling, waiters:0/5]>");
    }

    @Test
    void who_was_thrown_out_may_wait_again() {
        run(() -> {
            List<Task<Void>> tasks = tasks(N - 1, () -> {
                try {
                    await(barrier.waitOn());
                } catch (BrokenBarrierException e) {
                    seen.add("thrown out");
                }
                await(barrier.waitOn());
                seen.add("through");
                return Coroutine.done();
            });
            createTask(barrier.reset());
            await(turn());
            Task<Void> last = createTask(noteAfter(barrier.waitOn(), "through"));
            await(gather(tasks));
            await(last);

            assertThat(seen).hasSize(9).startsWith(times(4, "thrown out").toArray());
            assertThat(seen.subList(4, 9)).containsOnly("through");
            assertThat(barrier.isBroken()).isFalse();
            return Coroutine.done();
        });
    }

    @Test
    void reset_by_the_last_that_left_a_round_hurts_nobody() {
        runTasks(N, () -> {
            await(barrier.waitOn());
            if (++count == N) {
                await(barrier.reset());
            }
            await(barrier.waitOn());
            seen.add(2);
            await(barrier.waitOn());
            seen.add(3);
            return Coroutine.done();
        });

        assertThat(seen).containsExactly(2, 2, 2, 2, 2, 3, 3, 3, 3, 3);
    }

    @Test
    void abort_breaks_it_until_a_reset() {
        run(() -> {
            await(barrier.abort());
            assertThat(barrier.isBroken()).isTrue();
            assertThat(await(failureOf(barrier.waitOn())))
                    .isExactlyInstanceOf(BrokenBarrierException.class)
                    .hasMessage("waitOn: <Barrier [broken]> was aborted; reset() makes it serve again");
            await(barrier.reset());
            assertThat(barrier.isBroken()).isFalse();
            return Coroutine.done();
        });
    }

    @Test
    void abort_while_it_drains_throws_out_all_but_who_has_gone_for_good() {
        runTasks(N, () -> {
            try {
                await(barrier.waitOn());
            } catch (BrokenBarrierException e) {
                seen.add("draining");
                return Coroutine.done();
            }
            count++;
            if (count > N / 2) {
                await(barrier.abort());
                return Coroutine.done();
            }
            try {
                await(barrier.waitOn());
            } catch (BrokenBarrierException e) {
                seen.add("next round");
            }
            return Coroutine.done();
        });

        assertThat(seen).containsExactlyInAnyOrder("draining", "draining", "next round", "next round");
        assertThat(barrier.isBroken()).isTrue();
    }

    /** The one in the middle fails after the first round, and aborts the second for the others. */
    @Async
    private Coroutine<Void> failInTheMiddleAndAbort() {
        try {
            if (await(barrier.waitOn()) == N / 2) {
                throw new ArithmeticException();
            }
            await(barrier.waitOn());
            seen.add("never");
        } catch (BrokenBarrierException e) {
            seen.add("broken");
        } catch (ArithmeticException e) {
            await(barrier.abort());
        }
        return Coroutine.done();
    }

    @Test
    void one_that_fails_can_abort_it_for_the_others() {
        runTasks(N, this::failInTheMiddleAndAbort);

        assertThat(seen).isEqualTo(times(N - 1, "broken"));
        assertThat(barrier.isBroken()).isTrue();
    }

    @Test
    void it_serves_again_after_abort_and_reset() {
        Barrier meeting = new Barrier(N);
        runTasks(N, () -> {
            await(failInTheMiddleAndAbort());
            if (await(meeting.waitOn()) == N / 2) {
                await(barrier.reset());
            }
            await(meeting.waitOn());
            await(barrier.waitOn());
            seen.add("through");
            return Coroutine.done();
        });

        assertThat(seen.subList(0, N - 1)).containsOnly("broken");
        assertThat(seen.subList(N - 1, seen.size())).isEqualTo(times(N, "through"));
        assertThat(barrier.isBroken()).isFalse();
    }

    /** A waiter is cancelled before, with and after the round's end: the others go, or wait for one more. */
    @ParameterizedTest(name = "cancelled {0} turns after the last has come: {1} of the others go")
    @CsvSource({"0, 4", "1, 4", "2, 4"})
    void a_waiter_that_is_cancelled_while_it_drains_holds_up_nobody(int turns, int gone) {
        run(() -> {
            List<Task<Integer>> tasks = tasks(N, barrier::waitOn);
            await(turn());
            for (int i = 0; i < turns; i++) {
                await(turn());
            }
            tasks.get(1).cancel();
            await(gatherOutcomes(tasks));
            assertThat(tasks.stream().filter(task -> !task.isCancelled()).count())
                    .isGreaterThanOrEqualTo(gone);
            assertThat(barrier).hasToString("<Barrier [filling, waiters:0/5]>");
            return Coroutine.done();
        });
    }

    @Async
    private Coroutine<Void> pass() {
        await(barrier.waitOn());
        return Coroutine.done();
    }

    @Test
    void more_than_the_parties_go_in_rounds() {
        run(() -> {
            List<Task<Void>> tasks = tasks(2 * N, this::pass);
            await(gather(tasks));
            return Coroutine.done();
        });

        assertThat(barrier).hasToString("<Barrier [filling, waiters:0/5]>");
    }
}
