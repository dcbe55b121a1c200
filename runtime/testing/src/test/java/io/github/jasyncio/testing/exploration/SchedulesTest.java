package io.github.jasyncio.testing.exploration;

import static io.github.jasyncio.Asyncio.*;
import static io.github.jasyncio.net.Net.openConnection;
import static io.github.jasyncio.net.Net.startServer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncCallable;
import io.github.jasyncio.AsyncGenerator;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import io.github.jasyncio.Runner;
import io.github.jasyncio.Task;
import io.github.jasyncio.net.Server;
import io.github.jasyncio.net.StreamConnection;
import io.github.jasyncio.sync.Lock;
import io.github.jasyncio.sync.Semaphore;
import io.github.jasyncio.testing.DeadlockError;
import io.github.jasyncio.testing.Exploration;
import io.github.jasyncio.testing.Reordering;
import io.github.jasyncio.testing.ScheduleError;
import io.github.jasyncio.testing.Schedules;
import io.github.jasyncio.testing.Search;
import io.github.jasyncio.testing.SimulatedNetwork;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What an exploration reorders, what it leaves alone, and what it tells. */
class SchedulesTest {

    /** Everything that happened in one run, over all runs. */
    private final Set<String> orders = new HashSet<>();

    private static <T> Exploration all(AsyncCallable<T> program) {
        return Schedules.explore(program)
                .search(Search.EXHAUSTIVE)
                .times(20_000)
                .run()
                .assertNoFailures();
    }

    @Async
    private static Coroutine<Void> says(String name, int times, List<String> said) {
        for (int i = 1; i <= times; i++) {
            said.add(name + i);
            if (i < times) {
                await(sleep(Duration.ZERO));
            }
        }
        return Coroutine.done();
    }

    // ------------------------------------------------------------------------------------------------ completeness

    @Async
    private Coroutine<Void> together(int tasks, int steps) {
        List<String> said = new ArrayList<>();
        List<Coroutine<Void>> all = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            all.add(says("abcdef".substring(i, i + 1), steps, said));
        }
        await(gather(all));
        orders.add(String.join(" ", said));
        return Coroutine.done();
    }

    @Test
    void six_tasks_with_one_step_come_in_all_720_orders() {
        Exploration exploration = all(() -> together(6, 1));

        assertThat(exploration.isComplete()).isTrue();
        assertThat(orders).hasSize(720);
        assertThat(exploration.schedulesRun()).isEqualTo(720);
    }

    @Test
    void three_tasks_with_two_steps_come_in_all_90_orders() {
        Exploration exploration = all(() -> together(3, 2));

        assertThat(exploration.isComplete()).isTrue();
        assertThat(orders).hasSize(90);
        assertThat(exploration.schedulesRun()).isEqualTo(90);
    }

    @Test
    void by_default_few_orders_are_run_completely_within_a_thousand() {
        Exploration exploration = Schedules.explore(() -> together(3, 2)).run();

        assertThat(exploration.isComplete()).isTrue();
        assertThat(orders).hasSize(90);
    }

    @Test
    void by_default_six_racing_steps_are_run_completely_within_a_thousand() {
        Exploration exploration = Schedules.explore(() -> together(6, 1)).run();

        assertThat(exploration.isComplete()).isTrue();
        assertThat(orders).hasSize(720);
    }

    @Test
    void what_follows_a_state_that_was_seen_is_not_run_again() {
        int[] sum = {0};
        AsyncCallable<Void> adds = () -> {
            sum[0]++;
            await(sleep(Duration.ZERO));
            sum[0]++;
            return Coroutine.done();
        };

        Exploration exploration = Schedules.explore(() -> {
                    sum[0] = 0;
                    await(gather(async(adds), async(adds), async(adds)));
                    orders.add("" + sum[0]);
                    return Coroutine.done();
                })
                .search(Search.EXHAUSTIVE)
                .state(() -> sum[0])
                .run();

        assertThat(exploration.isComplete()).isTrue();
        assertThat(orders).containsExactly("6");
        assertThat(exploration.schedulesRun()).isLessThan(90);
    }

    // ------------------------------------------------------------------------------------------------ what stays as it
    // is

    @Test
    void a_created_task_begins_before_its_creator_goes_on_from_a_yield() {
        all(() -> {
            List<String> said = new ArrayList<>();
            Task<Void> task = createTask(says("t", 1, said));
            await(sleep(Duration.ZERO));
            said.add("creator");
            await(task);
            orders.add(String.join(" ", said));
            return Coroutine.done();
        });

        assertThat(orders).containsExactly("t1 creator");
    }

    @Test
    void calls_of_call_soon_by_one_task_keep_their_order() {
        all(() -> {
            List<String> said = new ArrayList<>();
            EventLoop loop = getRunningLoop();
            loop.callSoon(() -> said.add("one"));
            loop.callSoon(() -> said.add("two"));
            Task<Void> other = createTask(says("t", 2, said));
            await(sleep(Duration.ZERO));
            loop.callSoon(() -> said.add("three"));
            await(other);
            await(sleep(Duration.ZERO));
            said.retainAll(List.of("one", "two", "three"));
            orders.add(String.join(" ", said));
            return Coroutine.done();
        });

        assertThat(orders).allMatch("one two three"::startsWith);
    }

    @Test
    void callbacks_of_one_future_keep_their_order() {
        all(() -> {
            List<String> said = new ArrayList<>();
            Future<Void> future = getRunningLoop().createFuture();
            future.addDoneCallback(done -> said.add("one"));
            future.addDoneCallback(done -> said.add("two"));
            Task<Void> other = createTask(says("t", 1, said));
            future.setResult(null);
            await(other);
            await(sleep(Duration.ZERO));
            said.remove("t1");
            orders.add(String.join(" ", said));
            return Coroutine.done();
        });

        assertThat(orders).containsExactly("one two");
    }

    @Test
    void who_waits_for_a_semaphore_goes_on_in_the_order_of_waiting_whoever_wakes_them() {
        all(() -> {
            List<String> waiting = new ArrayList<>();
            List<String> got = new ArrayList<>();
            Semaphore semaphore = new Semaphore(0);
            AsyncCallable<Void> releases = () -> {
                semaphore.release();
                return Coroutine.done();
            };
            Task<Void> a = createTask(waits(semaphore, "a", waiting, got));
            Task<Void> b = createTask(waits(semaphore, "b", waiting, got));
            await(sleep(Duration.ofMillis(1)));
            await(gather(a, b, createTask(async(releases)), createTask(async(releases))));
            assertThat(got).isEqualTo(waiting);
            orders.add(String.join(" ", got));
            return Coroutine.done();
        });

        assertThat(orders).containsExactlyInAnyOrder("a b", "b a");
    }

    @Async
    private static Coroutine<Void> waits(Semaphore semaphore, String name, List<String> waiting, List<String> got) {
        waiting.add(name);
        await(semaphore.acquire());
        got.add(name);
        return Coroutine.done();
    }

    @Test
    void timers_of_different_times_keep_their_order_and_equal_ones_do_not() {
        all(() -> {
            List<String> said = new ArrayList<>();
            EventLoop loop = getRunningLoop();
            loop.callLater(Duration.ofMillis(2), () -> said.add("late"));
            loop.callLater(Duration.ofMillis(1), () -> said.add("early"));
            loop.callLater(Duration.ofMillis(1), () -> said.add("early too"));
            await(sleep(Duration.ofMillis(3)));
            orders.add(String.join(", ", said));
            return Coroutine.done();
        });

        assertThat(orders).containsExactlyInAnyOrder("early, early too, late", "early too, early, late");
    }

    @Test
    void in_mode_any_even_callbacks_change_places() {
        Schedules.explore(() -> {
                    List<String> said = new ArrayList<>();
                    EventLoop loop = getRunningLoop();
                    loop.callSoon(() -> said.add("one"));
                    loop.callSoon(() -> said.add("two"));
                    await(sleep(Duration.ofMillis(1)));
                    orders.add(String.join(" ", said));
                    return Coroutine.done();
                })
                .reordering(Reordering.ANY)
                .run();

        assertThat(orders).containsExactlyInAnyOrder("one two", "two one");
    }

    // ------------------------------------------------------------------------------------------------ what it tells

    @Async
    private static Coroutine<Void> overdraw() {
        int[] balance = {100};
        await(gather(withdraw(balance, 0), withdraw(balance, 1)));
        assertThat(balance[0]).isNotNegative();
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> withdraw(int[] balance, int after) {
        for (int i = 0; i < after; i++) {
            await(sleep(Duration.ZERO));
        }
        if (balance[0] >= 60) {
            if (after == 0) {
                await(sleep(Duration.ZERO));
            }
            balance[0] -= 60;
        }
        return Coroutine.done();
    }

    @Test
    void a_failure_names_its_schedule_and_shows_the_steps() {
        Exploration exploration = Schedules.explore(() -> overdraw()).run();

        assertThatThrownBy(exploration::assertNoFailures)
                .isInstanceOf(ScheduleError.class)
                .hasMessageContaining("fails under schedule \"" + exploration.schedule() + "\"")
                .hasMessageContaining("Schedules.replay(\"" + exploration.schedule() + "\", program)")
                .hasMessageContaining("begins SchedulesTest.withdraw(SchedulesTest.java:")
                .hasMessageContaining(", awaits at SchedulesTest.withdraw(SchedulesTest.java:")
                .hasMessageContaining(" goes on from SchedulesTest.withdraw(SchedulesTest.java:")
                .hasMessageContaining(", ends")
                .hasMessageNotContaining("Interleaving");
        assertThat(exploration.failures().get(0).reorderings()).isEqualTo(1);
    }

    @Test
    void the_same_seed_finds_the_same() {
        Exploration one = Schedules.explore(() -> overdraw())
                .search(Search.RANDOM)
                .seed(5)
                .run();
        Exploration two = Schedules.explore(() -> overdraw())
                .search(Search.RANDOM)
                .seed(5)
                .run();

        assertThat(two.schedule()).isEqualTo(one.schedule());
        assertThat(two.schedulesRun()).isEqualTo(one.schedulesRun());
    }

    @Test
    void who_waits_for_ever_is_named() {
        Exploration exploration = Schedules.explore(() -> {
                    Lock lock = new Lock();
                    await(lock.acquire());
                    await(lock.acquire());
                    return Coroutine.done();
                })
                .run();

        assertThat(exploration.failures()).hasSize(1);
        assertThat(exploration.failures().get(0).error())
                .isInstanceOf(DeadlockError.class)
                .hasMessageStartingWith("nothing is ready, and nothing can come: these wait for ever\n* Task '")
                .hasMessageContaining("SchedulesTest.java");
        assertThat(exploration.schedule()).isEmpty();
    }

    @Test
    void who_waits_for_what_is_not_of_the_loop_is_not_waited_for_for_ever() {
        Exploration exploration = Schedules.explore(() -> {
                    await(new CompletableFuture<Void>());
                    return Coroutine.done();
                })
                .patience(Duration.ofMillis(100))
                .run();

        assertThat(exploration.failures().get(0).error())
                .isInstanceOf(DeadlockError.class)
                .hasMessageStartingWith(
                        "nothing is ready, and for 0.1 s of real time nothing has come from other threads,"
                                + " from stages or from the system's network\nThese wait:\n* Task '")
                .hasMessageContaining("SchedulesTest.java:");
    }

    @Test
    void calls_on_other_threads_that_wait_for_each_other_are_shown() {
        Exploration exploration = Schedules.explore(() -> {
                    CountDownLatch latch = new CountDownLatch(1);
                    await(gather(
                            toThread(() -> {
                                latch.await();
                                return "waits";
                            }),
                            toThread(() -> {
                                latch.countDown();
                                return "is waited for";
                            })));
                    return Coroutine.done();
                })
                .patience(Duration.ofMillis(100))
                .run();

        assertThat(exploration.failures().get(0).error())
                .isInstanceOf(DeadlockError.class)
                .hasMessageStartingWith(
                        "a call on another thread has not ended after 0.1 s of real time; under exploration such"
                                + " calls run one at a time, and the loop waits for each, so that a call that waits for another, or for"
                                + " something on the loop, waits for ever. It is here:\n    at ")
                .hasMessageContaining("CountDownLatch.await");
    }

    @Test
    void a_program_that_does_not_end_fails_after_its_most_steps() {
        Exploration exploration = Schedules.explore(() -> {
                    while (true) {
                        await(sleep(Duration.ZERO));
                    }
                })
                .maxSteps(50)
                .run();

        assertThat(exploration.failures().get(0).error())
                .hasMessage(
                        "the program has not ended after 50 steps: it goes round in circles, or the limit is too low"
                                + " (Schedules.maxSteps)");
    }

    @Test
    void a_failure_at_which_nobody_looks_counts() {
        Exploration exploration = Schedules.explore(() -> {
                    getRunningLoop().callSoon(() -> {
                        throw new IllegalArgumentException("unseen");
                    });
                    await(sleep(Duration.ofMillis(1)));
                    return Coroutine.done();
                })
                .run();

        assertThat(exploration.failures().get(0).error()).hasMessage("unseen");
    }

    @Test
    void tasks_left_behind_count_if_that_is_asked_for() {
        AsyncCallable<Void> program = () -> {
            createTask(sleep(Duration.ofDays(1)), "sleeper").getName();
            await(sleep(Duration.ZERO));
            return Coroutine.done();
        };

        assertThat(Schedules.explore(program).run().failures()).isEmpty();
        assertThat(Schedules.explore(program)
                        .failOnTasksLeftBehind()
                        .run()
                        .failures()
                        .get(0)
                        .error())
                .hasMessageStartingWith("the program has ended, but not these tasks:\n* Task 'sleeper'")
                .hasMessageEndingWith("await them, cancel them, or create them in a TaskGroup");
    }

    @Test
    void calls_on_other_threads_are_part_of_the_order() {
        all(() -> {
            List<String> said = new ArrayList<>();
            await(gather(toThread(() -> said.add("a")), toThread(() -> said.add("b"))));
            orders.add(String.join(" ", said));
            return Coroutine.done();
        });

        assertThat(orders).containsExactlyInAnyOrder("a b", "b a");
    }

    private int closings;

    @Async
    private AsyncGenerator<Integer> counted() {
        try {
            emit(1);
        } finally {
            closings++;
        }
        return AsyncGenerator.done();
    }

    @Async
    private Coroutine<WeakReference<?>> dropped() {
        AsyncGenerator<Integer> g = counted();
        await(g.next());
        return Coroutine.of(new WeakReference<>(g));
    }

    @Test
    void what_the_garbage_collector_has_found_is_closed_at_the_end_so_that_all_runs_are_alike() {
        Schedules.explore(() -> {
                    WeakReference<?> reference = await(dropped());
                    while (reference.get() != null) {
                        System.gc();
                    }
                    int before = closings;
                    for (int i = 0; i < 10; i++) {
                        Thread.sleep(1); // the collector clears first and tells then
                        await(sleep(Duration.ZERO));
                    }
                    assertThat(closings).isEqualTo(before);
                    return Coroutine.done();
                })
                .times(2)
                .run()
                .assertNoFailures();

        assertThat(closings).isPositive();
    }

    @Test
    void each_run_has_a_network_of_its_own_as_it_was_ordered() {
        List<SimulatedNetwork> made = new ArrayList<>();
        Set<Long> millis = new HashSet<>();

        Exploration exploration = Schedules.explore(network -> {
                    assertThat(network).isSameAs(made.get(made.size() - 1));
                    assertThat(network.hosts()).containsExactly("shop", "bank");
                    Server bank = await(network.host("bank")
                            .run(() -> startServer(
                                    (reader, writer) -> {
                                        writer.close();
                                        return Coroutine.done();
                                    },
                                    null,
                                    80)));
                    await(network.host("shop").run(() -> {
                        try (StreamConnection connection = await(openConnection("bank", 80))) {
                            await(connection.reader().read());
                        }
                        return Coroutine.done();
                    }));
                    millis.add(getRunningLoop().time() / 1_000_000);
                    bank.close();
                    return bank.waitClosed();
                })
                .network(() -> {
                    SimulatedNetwork network = new SimulatedNetwork(1);
                    network.link("shop", "bank").latency(Duration.ofMillis(100));
                    made.add(network);
                    return network;
                })
                .times(20)
                .run()
                .assertNoFailures();

        assertThat(made).hasSize(exploration.schedulesRun()).doesNotHaveDuplicates();
        assertThat(millis).containsExactly(200L);
    }

    @Test
    void where_a_loop_runs_nothing_is_explored() {
        try (Runner runner = Runner.builder().build()) {
            assertThatThrownBy(() -> runner.run(async(() -> {
                        Schedules.explore(() -> together(2, 1)).run();
                        return Coroutine.done();
                    })))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith(
                            "Schedules: each run has a loop of its own, but one runs on this thread already: <")
                    .hasMessageEndingWith("or say @AsyncTest(schedules = 1000)");
        }
    }

    @Test
    void a_schedule_that_does_not_fit_is_no_success() {
        assertThatThrownBy(() -> Schedules.replay("900:1", () -> together(2, 1)).assertNoFailures())
                .hasMessageContaining(
                        "the schedule does not fit the program, which ran in another order and went well: 900:1 is a"
                                + " place that it has not come to: it has had 1 places to choose at; the program is another one than"
                                + " the one that failed, or has changed since: explore it anew");
        assertThatThrownBy(() -> Schedules.replay("0:7", () -> together(2, 1)).assertNoFailures())
                .hasMessageContaining("0:7 is a choice that it has not had: there were 2, from 0;");
        assertThat(Schedules.replay("0:1", () -> together(2, 1)).failures()).isEmpty();
    }

    @Test
    void what_is_no_schedule_is_refused() {
        assertThatThrownBy(() -> Schedules.replay("3:x", () -> overdraw()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "schedule: '3:x' in \"3:x\" is no reordering; a schedule is what a failure has printed, such as"
                                + " \"3:1 17:2\": place and choice");
        assertThatThrownBy(() -> Schedules.explore(() -> overdraw()).times(0))
                .hasMessage("Schedules.times: at least 1 was expected, got 0");
    }
}
