package io.github.jasyncio.cpython;

import static io.github.jasyncio.Asyncio.async;
import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.taskGroup;
import static io.github.jasyncio.Asyncio.timeout;
import static io.github.jasyncio.Asyncio.timeoutAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncTimeoutException;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;
import io.github.jasyncio.Timeout;
import java.time.Duration;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code test_timeouts}, where the traces timeout_* do not cover it. */
@NullUnmarked // null is tested as well
class TimeoutsTest extends OnVirtualTime {

    private final Timeout[] seen = new Timeout[1];

    @ParameterizedTest(name = "{0} ms")
    @ValueSource(longs = {0, -11})
    void a_deadline_without_time_takes_effect_at_the_first_suspension_be_it_a_mere_yield(long limit) {
        Throwable failure = failureOf(timeout(ms(limit), entered -> {
            seen[0] = entered;
            log("begins");
            await(sleep(Duration.ZERO));
            log("never here");
            return Coroutine.done();
        }));

        assertThat(failure).isInstanceOf(AsyncTimeoutException.class).hasCauseInstanceOf(CancelledError.class);
        assertThat(seen[0].expired()).isTrue();
        assertThat(seen[0].when()).isEqualTo(ms(limit).toNanos());
        assertThat(trace).containsExactly("0 begins");
    }

    @Test
    void a_deadline_in_loop_time_is_kept_as_it_was_given() {
        long deadline = ms(10).toNanos();

        Throwable failure = failureOf(timeoutAt(deadline, entered -> {
            seen[0] = entered;
            await(sleep(Duration.ofSeconds(10)));
            return Coroutine.done();
        }));

        assertThat(failure).isInstanceOf(AsyncTimeoutException.class);
        assertThat(seen[0].when()).isEqualTo(deadline);
        assertThat(millis()).isEqualTo(10);
    }

    @Test
    void without_a_limit_it_never_expires() {
        run(timeout(null, entered -> {
            seen[0] = entered;
            log(entered);
            await(sleep(Duration.ofDays(1)));
            return Coroutine.done();
        }));

        assertThat(seen[0].expired()).isFalse();
        assertThat(seen[0].when()).isNull();
        assertThat(trace).containsExactly("0 <Timeout [active] when=null>");
    }

    @Test
    void a_failure_of_the_body_passes_in_time_and_too_late() {
        Throwable inTime = failureOf(timeout(ms(10), entered -> {
            seen[0] = entered;
            throw new Boom("in time");
        }));

        assertThat(inTime).hasMessage("in time");
        assertThat(seen[0].expired()).isFalse();

        Throwable late = failureOf(timeout(ms(10), entered -> {
            seen[0] = entered;
            return failsWhenCancelled("late");
        }));

        assertThat(late).isInstanceOf(Boom.class).hasMessage("late");
        assertThat(seen[0].expired()).isTrue();
    }

    @Test
    void a_cancellation_of_one_s_own_in_time_is_no_timeout() {
        Throwable failure = failureOf(timeout(Duration.ofSeconds(10), entered -> {
            seen[0] = entered;
            current().cancel();
            await(sleep(Duration.ofSeconds(10)));
            return Coroutine.done();
        }));

        assertThat(failure).isInstanceOf(CancelledError.class);
        assertThat(seen[0].expired()).isFalse();
    }

    @Test
    void the_task_of_a_timeout_that_was_caught_is_not_cancelled() {
        Task<Void> task = loop.createTask(async(() -> {
            try {
                await(timeout(ms(1), entered -> cleansUpFor(0)));
            } catch (AsyncTimeoutException e) {
                log("too late", current().cancelling());
            }
            return Coroutine.done();
        }));

        run(task);

        assertThat(task.isCancelled()).isFalse();
        assertThat(trace).containsExactly("1 too late 0");
    }

    @ParameterizedTest(name = "outer {0} ms, inner {1} ms, body {2} ms, behind it {3} ms: {4}")
    @CsvSource({
        // The inner one is met; then the outer one at what follows.
        "100, 10, 1000, 10000, 10 inner; 100 outer",
        // The outer one comes first, and the inner one never.
        "10, 100, 1000, 10000, 10 outer",
        // Both at once: the one that is outside.
        "10, 10, 1000, 10000, 10 outer",
        "100, 100, 10, 20, 30 in time",
        "100, 50, 60, 20, 50 inner; 70 in time"
    })
    void nested_deadlines(long outer, long inner, long body, long behind, String expected) {
        run(async(() -> {
            try {
                await(timeout(ms(outer), o -> {
                    try {
                        await(timeout(ms(inner), i -> sleep(ms(body))));
                    } catch (AsyncTimeoutException e) {
                        log("inner");
                    }
                    await(sleep(ms(behind)));
                    return Coroutine.done();
                }));
                log("in time");
            } catch (AsyncTimeoutException e) {
                log("outer");
            }
            return Coroutine.done();
        }));

        assertThat(String.join("; ", trace)).isEqualTo(expected);
    }

    @Test
    void a_timeout_within_the_cleaning_up_after_another_is_one_of_its_own() {
        Throwable[] within = new Throwable[1];

        Throwable failure = failureOf(timeout(ms(10), outer -> {
            try {
                await(sleep(ms(1000)));
            } catch (CancelledError e) {
                try {
                    await(timeout(ms(10), inner -> sleep(ms(10000))));
                } catch (AsyncTimeoutException t) {
                    within[0] = t;
                }
                throw e;
            }
            return Coroutine.done();
        }));

        assertThat(failure).isInstanceOf(AsyncTimeoutException.class).hasCauseInstanceOf(CancelledError.class);
        assertThat(within[0]).isInstanceOf(AsyncTimeoutException.class).hasCauseInstanceOf(CancelledError.class);
        assertThat(within[0].getCause()).isNotSameAs(failure.getCause());
        assertThat(millis()).isEqualTo(20);
    }

    @Async
    private Coroutine<Void> swallowsACancellationOfItsOwn() {
        try {
            current().cancel();
            await(sleep(ms(1000)));
        } catch (CancelledError e) {
            log("swallowed", current().cancelling());
        }
        return Coroutine.done();
    }

    @Test
    void behind_a_swallowed_cancellation_a_timeout_is_still_a_timeout() {
        Throwable failure = failureOf(async(() -> {
            await(swallowsACancellationOfItsOwn());
            await(timeout(Duration.ZERO, entered -> sleep(ms(1000))));
            return Coroutine.done();
        }));

        assertThat(failure).isInstanceOf(AsyncTimeoutException.class);
        assertThat(trace).containsExactly("0 swallowed 1");
    }

    @Test
    void and_a_cancellation_is_still_a_cancellation() {
        Throwable failure = failureOf(async(() -> {
            await(swallowsACancellationOfItsOwn());
            await(timeout(ms(1000), entered -> {
                current().cancel();
                await(sleep(ms(2000)));
                return Coroutine.done();
            }));
            return Coroutine.done();
        }));

        assertThat(failure).isInstanceOf(CancelledError.class);
    }

    @Test
    void a_deadline_that_was_taken_away_does_not_come() {
        Task<Void> task = loop.createTask(timeoutAt(ms(10).toNanos(), entered -> {
            seen[0] = entered;
            await(sleep(ms(50)));
            return Coroutine.done();
        }));
        turns(1);

        loop.callSoon(() -> {
            seen[0].reschedule(ms(30).toNanos());
            log(seen[0].when());
            seen[0].reschedule(null);
            log(seen[0].when());
        });
        run(task);

        assertThat(trace).containsExactly("0 30000000", "0 null");
        assertThat(seen[0].expired()).isFalse();
        assertThat(millis()).isEqualTo(50);
    }

    @Test
    void what_is_over_cannot_be_rescheduled_and_says_in_which_state_it_is() {
        run(timeout(ms(10), entered -> {
            seen[0] = entered;
            return sleep(Duration.ZERO);
        }));
        assertThat(seen[0]).hasToString("<Timeout [finished]>");
        assertThatThrownBy(() -> seen[0].reschedule(0L))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("finished");

        assertThat(failureOf(timeout(ms(10), entered -> {
                    seen[0] = entered;
                    try {
                        await(sleep(ms(1000)));
                    } catch (CancelledError e) {
                        assertThatThrownBy(() -> entered.reschedule(0L))
                                .isInstanceOf(IllegalStateException.class)
                                .hasMessageContaining("expiring");
                        throw e;
                    }
                    return Coroutine.done();
                })))
                .isInstanceOf(AsyncTimeoutException.class);
        assertThat(seen[0]).hasToString("<Timeout [expired]>");
        assertThatThrownBy(() -> seen[0].reschedule(0L))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("expired");
    }

    @Test
    void a_group_whose_task_fails_when_the_deadline_cancels_it_reports_that() {
        Throwable failure = failureOf(timeout(ms(10), entered -> {
            await(taskGroup(group -> {
                group.createTask(failsWhenCancelled("child"));
                await(sleep(ms(1000)));
                return Coroutine.done();
            }));
            return Coroutine.done();
        }));

        assertThat(shape(failure)).isEqualTo("[child]");
        assertThat(millis()).isEqualTo(10);
    }
}
