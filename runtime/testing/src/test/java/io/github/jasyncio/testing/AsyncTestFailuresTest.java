package io.github.jasyncio.testing;

import static io.github.jasyncio.Asyncio.*;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncGenerator;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Future;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Async tests that fail: what is said of them. */
class AsyncTestFailuresTest {

    /** Run by the tests below, and not by the build. */
    @SuppressWarnings("ClassCanBeStatic")
    static class Cases {

        private int befores;

        @BeforeEach
        @Async
        void before() {
            await(sleep(Duration.ofSeconds(1)));
            befores++;
        }

        @Async
        private static Coroutine<Void> slow() {
            await(sleep(Duration.ofHours(1)));
            return Coroutine.done();
        }

        @AsyncTest
        void fails() {
            await(sleep(Duration.ofSeconds(1)));
            assertThat(befores).isEqualTo(2);
        }

        @AsyncTest
        void leaves_a_task() {
            createTask(slow(), "forgotten").getName();
            await(sleep(Duration.ZERO));
        }

        @AsyncTest(mayLeave = Leftover.TASKS)
        void may_leave_a_task() {
            createTask(slow(), "forgotten").getName();
            await(sleep(Duration.ZERO));
        }

        @AsyncTest
        void leaves_a_task_that_is_about_to_end() {
            createTask(sleep(Duration.ZERO), "about to end").getName();
        }

        @AsyncTest
        void leaves_a_task_that_goes_round_in_circles() {
            createTask(
                            async(() -> {
                                while (befores > 0) {
                                    await(sleep(Duration.ZERO));
                                }
                                return Coroutine.done();
                            }),
                            "circling")
                    .getName();
        }

        @AsyncTest
        void leaves_a_timer() {
            getRunningLoop().callLater(Duration.ofHours(1), () -> {});
            await(sleep(Duration.ZERO));
        }

        @Async
        private static AsyncGenerator<Integer> numbers() {
            emit(1);
            emit(2);
            return AsyncGenerator.done();
        }

        /** Not garbage before it is looked for. */
        private @Nullable AsyncGenerator<Integer> kept;

        @AsyncTest
        void leaves_a_generator() {
            AsyncGenerator<Integer> g = numbers().map(n -> Coroutine.of(n + 1));
            kept = g;
            assertThat(await(g.next())).isEqualTo(2);
            assertThat(await(numbers().take(1).toList())).containsExactly(1);
        }

        @AsyncTest(mayLeave = Leftover.GENERATORS)
        void may_leave_a_generator() {
            kept = numbers();
            assertThat(await(kept.next())).isEqualTo(1);
        }

        @AsyncTest
        void leaves_a_coroutine() {
            Coroutine<Void> never = slow();
            await(sleep(Duration.ZERO));
            assertThat(never).isNotNull();
        }

        @AsyncTest
        void fails_in_the_background() {
            createTask(async(() -> {
                        assertThat(1).isEqualTo(2);
                        return Coroutine.done();
                    }))
                    .getName();
            await(sleep(Duration.ofSeconds(1)));
        }

        @AsyncTest(mayLeave = Leftover.FAILURES)
        void may_fail_in_the_background() {
            getRunningLoop().callSoon(() -> {
                throw new IllegalStateException("whatever");
            });
            await(sleep(Duration.ofSeconds(1)));
        }

        @AsyncTest(realTimeout = "2 s")
        void hangs() {
            Future<Void> never = getRunningLoop().createFuture();
            await(never);
        }

        @AsyncTest(realTimeout = "2 s")
        void goes_round_in_circles() {
            while (befores > 0) {
                await(sleep(Duration.ZERO));
            }
        }

        @AsyncTest(realTimeout = "100 ms")
        void swallows_its_interruption() {
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException e) {
                // And ends as if nothing was.
            }
        }

        @AsyncTest(realTimeout = "2 s")
        void blocks() throws InterruptedException {
            await(sleep(Duration.ZERO));
            Thread.sleep(60_000);
        }

        private static final CompletableFuture<Void> UNTIL_TOLD = new CompletableFuture<>();

        @AsyncTest(realTimeout = "300 ms")
        void ignores_interrupts() {
            await(sleep(Duration.ZERO));
            UNTIL_TOLD.join();
        }

        @AsyncTest(timeout = "10 s")
        void takes_too_long() {
            await(slow());
        }

        @AsyncTest(timeout = "soon")
        void is_said_wrongly() {
            await(slow());
        }

        private int balance = 100;

        @Async
        private Coroutine<Void> withdraws(int after) {
            for (int i = 0; i < after; i++) {
                await(sleep(Duration.ZERO));
            }
            if (balance >= 60) {
                if (after == 0) {
                    await(sleep(Duration.ZERO));
                }
                balance -= 60;
            }
            return Coroutine.done();
        }

        @AsyncTest(schedules = 100)
        void overdraws() {
            assertThat(befores).isEqualTo(1);
            await(gather(withdraws(0), withdraws(1)));
            assertThat(balance).isNotNegative();
        }

        private static int inAll;

        @AsyncTest(schedules = 100)
        void shares_with_earlier_runs() {
            assertThat(++inAll).isLessThan(4);
            await(gather(withdraws(0), withdraws(0), withdraws(0)));
        }

        @AsyncTest(schedules = 10)
        void does_not_apply() {
            await(sleep(Duration.ZERO));
            Assumptions.assumeTrue(befores < 0, "not here");
        }

        @AsyncTest(schedules = 100_000, realTimeout = "1 s")
        void runs_too_often() throws InterruptedException {
            await(gather(withdraws(0), withdraws(0), withdraws(0), withdraws(0), withdraws(0), withdraws(0)));
            Thread.sleep(20);
        }

        @AsyncTest(replay = "2:1")
        void overdraws_again() {
            assertThat(befores).isEqualTo(1);
            await(gather(withdraws(0), withdraws(1)));
            assertThat(balance).isNotNegative();
        }

        @AsyncTest(replay = "")
        void does_not_overdraw_in_asyncios_order() {
            await(gather(withdraws(0), withdraws(1)));
            assertThat(balance).isEqualTo(40);
        }
    }

    private static Throwable failureOf(String method) {
        return RunTests.failureOf(Cases.class, method);
    }

    private static void succeeds(String method) {
        RunTests.succeeds(Cases.class, method);
    }

    @Test
    void a_failure_is_the_tests_own() {
        assertThat(failureOf("fails")).isInstanceOf(AssertionError.class).hasMessageContaining("expected: 2");
    }

    @Test
    void a_task_that_is_left_is_named_with_where_it_waits_and_where_it_was_made() {
        assertThat(failureOf("leaves_a_task"))
                .hasMessageStartingWith(
                        "the test has left something behind: a task is not done: <Task pending name='forgotten'")
                .hasMessageContaining("AsyncTestFailuresTest.java")
                .hasMessageContaining("Cases.slow(")
                .hasMessageContaining("created at");
        succeeds("may_leave_a_task");
        succeeds("leaves_a_task_that_is_about_to_end");
        assertThat(failureOf("leaves_a_task_that_goes_round_in_circles"))
                .hasMessageContaining("a task is not done: <Task pending name='circling'");
    }

    @Test
    void a_timer_that_is_left_is_named() {
        assertThat(failureOf("leaves_a_timer"))
                .hasMessageStartingWith("the test has left something behind: a timer has not run: <TimerHandle")
                .hasMessageContaining("AsyncTestFailuresTest.java");
    }

    @Test
    void a_generator_that_is_left_open_is_named_with_where_it_stands_and_where_it_was_made() {
        Throwable failure = failureOf("leaves_a_generator");
        assertThat(failure)
                .hasMessageStartingWith("the test has left 2 things behind; the first: an async generator is open:"
                        + " <async generator suspended io.github.jasyncio.AsyncGenerator.map(AsyncGenerator.java)>,"
                        + " created at AsyncTestFailuresTest.java:");
        assertThat(failure.getSuppressed())
                .singleElement()
                .asString()
                .contains("Cases.numbers(AsyncTestFailuresTest.java:", ", created at AsyncTestFailuresTest.java:");
        succeeds("may_leave_a_generator");
    }

    @Test
    void a_coroutine_that_nobody_awaited_is_named() {
        assertThat(failureOf("leaves_a_coroutine"))
                .hasMessageContaining("Cases.slow was never awaited")
                .hasMessageContaining("AsyncTestFailuresTest.java");
    }

    @Test
    void an_assertion_that_fails_in_the_background_fails_the_test() {
        assertThat(failureOf("fails_in_the_background"))
                .hasMessageContaining("Task exception was never retrieved")
                .hasMessageContaining("expected: 2")
                .hasCauseInstanceOf(AssertionError.class);
        succeeds("may_fail_in_the_background");
    }

    @Test
    void what_hangs_is_ended_with_the_call_graph() {
        assertThat(failureOf("hangs"))
                .hasMessageStartingWith("the test has not ended after 2.0 s of real time; these still wait:\n* Task '")
                .hasMessageContaining("Cases.hangs(AsyncTestFailuresTest.java:");
    }

    @Test
    void what_goes_round_in_circles_is_ended() {
        assertThat(failureOf("goes_round_in_circles"))
                .hasMessageStartingWith("the test has not ended after 2.0 s of real time; these still wait:\n* Task '")
                .hasMessageContaining("Cases.goes_round_in_circles(AsyncTestFailuresTest.java:");
    }

    @Test
    void what_swallows_its_interruption_fails_all_the_same() {
        assertThat(failureOf("swallows_its_interruption"))
                .hasMessageStartingWith("the test has not ended after 0.1 s of real time; its thread is here:");
    }

    @Test
    void what_blocks_is_ended_with_the_line_that_blocks() {
        assertThat(failureOf("blocks"))
                .hasMessageStartingWith("the test has not ended after 2.0 s of real time; its thread is here:\n    at ")
                .hasMessageContaining("java.lang.Thread.sleep")
                .hasMessageContaining("AsyncTestFailuresTest.java:");
    }

    @Test
    void what_cannot_even_be_interrupted_is_told_while_it_goes_on() {
        PrintStream before = System.err;
        ByteArrayOutputStream told = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes, int offset, int length) {
                super.write(bytes, offset, length);
                if (toString(UTF_8).contains("heed interrupts")) {
                    Cases.UNTIL_TOLD.complete(null);
                }
            }
        };
        System.setErr(new PrintStream(told, true, UTF_8));
        try {
            RunTests.run(Cases.class, "ignores_interrupts");
        } finally {
            System.setErr(before);
        }

        assertThat(told.toString(UTF_8))
                .contains(
                        "an async test has not ended after 0.3 s of real time, and goes on although it was interrupted; its"
                                + " thread is here:\n    at ")
                .contains("CompletableFuture.join")
                .contains("(AsyncTestFailuresTest.java:");
    }

    @Test
    void virtual_time_has_a_limit_of_its_own() {
        assertThat(failureOf("takes_too_long")).hasMessage("the test has not ended after 10.0 s of virtual time");
    }

    @Test
    void a_time_that_is_none_is_refused() {
        assertThat(failureOf("is_said_wrongly"))
                .hasMessage(
                        "@AsyncTest(timeout = \"soon\"): a number and a unit was expected, such as \"500 ms\", \"10 s\","
                                + " \"5 m\", \"2 h\", \"1 d\"")
                .hasNoSuppressedExceptions();
    }

    @Test
    void orders_are_explored_each_with_an_instance_of_its_own() {
        assertThat(failureOf("overdraws"))
                .isInstanceOf(ScheduleError.class)
                .hasMessageContaining("@AsyncTest(replay = \"2:1\")")
                .hasMessageContaining("Cases.withdraws(AsyncTestFailuresTest.java:");
        assertThat(failureOf("overdraws_again")).isInstanceOf(ScheduleError.class);
        succeeds("does_not_overdraw_in_asyncios_order");
    }

    @Test
    void a_test_that_depends_on_more_than_the_order_is_told_so() {
        assertThat(failureOf("shares_with_earlier_runs"))
                .hasMessageContaining(
                        "(but this order went well before: the program depends on more than the order, such as what an"
                                + " earlier run has changed,");
    }

    @Test
    void an_assumption_aborts_an_explored_test() {
        RunTests.run(Cases.class, "does_not_apply")
                .assertStatistics(statistics -> statistics.aborted(1).failed(0));
    }

    @Test
    void all_orders_together_have_one_limit_and_no_order_is_blamed_for_it() {
        assertThat(failureOf("runs_too_often"))
                .hasMessageMatching(
                        "the test has run under \\d+ orders, and not ended after 1.0 s of real time; say fewer"
                                + " schedules, or a longer realTimeout");
    }
}
