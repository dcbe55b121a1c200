package io.github.jasyncio.cpython;

import static io.github.jasyncio.Asyncio.async;
import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.taskGroup;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Context;
import io.github.jasyncio.ContextVar;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.ExceptionGroup;
import io.github.jasyncio.KeyboardInterrupt;
import io.github.jasyncio.Task;
import io.github.jasyncio.TaskGroup;
import java.time.Duration;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code test_taskgroups}, where the traces group_* do not cover it. */
@NullUnmarked // null is tested as well
class TaskGroupsTest extends OnVirtualTime {

    private static final Duration LONG = Duration.ofSeconds(10);

    /** Cancels what runs {@code program} after a time, and says what came of it. */
    private String cancelledAfter(long millis, Coroutine<?> program) {
        Task<?> task = loop.createTask(program);
        loop.callLater(ms(millis), task::cancel);
        return shape(failureOf(task));
    }

    /** A group with three tasks that fail when they are cancelled, and a body that waits. */
    @Async
    private Coroutine<Void> groupOfThree() {
        await(taskGroup(group -> {
            group.createTask(failsWhenCancelled("a"));
            group.createTask(failsWhenCancelled("b"));
            group.createTask(failsWhenCancelled("c"));
            await(sleep(LONG));
            return Coroutine.done();
        }));
        return Coroutine.done();
    }

    @Test
    void failures_of_cancelled_children_take_the_place_of_the_cancellation_from_outside() {
        assertThat(cancelledAfter(100, groupOfThree())).isEqualTo("[a, b, c]");
    }

    @Test
    void each_nested_group_wraps_once() {
        Coroutine<Void> outer = taskGroup(group -> groupOfThree());
        Coroutine<Void> withATask = taskGroup(group -> {
            group.createTask(sleep(LONG));
            await(groupOfThree());
            return Coroutine.done();
        });

        assertThat(cancelledAfter(100, outer)).isEqualTo("[[a, b, c]]");
        assertThat(cancelledAfter(100, withATask)).isEqualTo("[[a, b, c]]");
    }

    @ParameterizedTest(name = "outer fails after {0} ms, inner after {1} ms: {2}")
    @CsvSource({"100, 10000, [outer]", "10000, 100, [[inner]]"})
    void a_nested_group_s_failure_passes_through_the_outer_one(long outerFails, long innerFails, String failures) {
        Throwable failure = failureOf(taskGroup(outer -> {
            outer.createTask(failsAfter(outerFails, "outer"));
            await(taskGroup(inner -> {
                inner.createTask(failsAfter(innerFails, "inner"));
                return Coroutine.done();
            }));
            return Coroutine.done();
        }));

        assertThat(shape(failure)).isEqualTo(failures);
        assertThat(millis()).isEqualTo(100);
    }

    @Async
    private Coroutine<Void> failsWhileItsBodyCleansUp() {
        await(taskGroup(group -> {
            group.createTask(failsAfter(300, "child"));
            await(cleansUpFor(500));
            return Coroutine.done();
        }));
        return Coroutine.done();
    }

    @Test
    void a_child_that_fails_while_the_cancelled_body_cleans_up_cancels_it_again() {
        assertThat(cancelledAfter(100, failsWhileItsBodyCleansUp())).isEqualTo("[child]");
        assertThat(millis()).isEqualTo(300);
    }

    @Test
    void so_it_is_when_the_group_runs_in_a_task_that_is_awaited() {
        Coroutine<Void> awaits = async(() -> {
            await(createTask(failsWhileItsBodyCleansUp()));
            return Coroutine.done();
        });

        assertThat(cancelledAfter(100, awaits)).isEqualTo("[child]");
    }

    @Test
    void a_group_without_tasks_passes_the_cancellation_of_its_body() {
        assertThat(cancelledAfter(100, taskGroup(group -> cleansUpFor(0))))
                .isEqualTo("io.github.jasyncio.CancelledError");
    }

    @Test
    void a_group_whose_tasks_only_wait_passes_a_cancellation_that_finds_it_waiting() {
        Task<?>[] children = new Task<?>[2];

        String failure = cancelledAfter(50, taskGroup(group -> {
            children[0] = group.createTask(sleep(ms(1000)));
            children[1] = group.createTask(sleep(ms(2000)));
            return Coroutine.done();
        }));

        assertThat(failure).isEqualTo("io.github.jasyncio.CancelledError");
        assertThat(children).allMatch(Task::isCancelled);
    }

    @Test
    void a_body_that_fails_when_it_is_cancelled_from_outside_has_failed() {
        assertThat(cancelledAfter(100, taskGroup(group -> failsWhenCancelled("body"))))
                .isEqualTo("[body]");
    }

    @Test
    void the_body_s_own_failure_comes_behind_the_one_that_cancelled_it() {
        Throwable failure = failureOf(taskGroup(group -> {
            group.createTask(failsAfter(100, "child"));
            await(failsWhenCancelled("body"));
            return Coroutine.done();
        }));

        assertThat(shape(failure)).isEqualTo("[child, body]");
    }

    @Test
    void errors_of_java_are_grouped_like_exceptions() {
        AssertionError error = new AssertionError("error");

        Throwable failure = failureOf(taskGroup(group -> {
            group.createTask(async(() -> {
                await(sleep(ms(100)));
                throw error;
            }));
            await(failsWhenCancelled("body"));
            return Coroutine.done();
        }));

        assertThat(((ExceptionGroup) failure).exceptions()).first().isSameAs(error);
        assertThat(((ExceptionGroup) failure).exceptions()).hasSize(2);
    }

    @Test
    void an_interrupt_in_the_body_is_not_grouped() {
        Throwable failure = failureOf(taskGroup(group -> {
            group.createTask(failsAfter(100, "child"));
            try {
                await(sleep(LONG));
            } catch (CancelledError e) {
                throw new KeyboardInterrupt("Ctrl-C");
            }
            return Coroutine.done();
        }));

        assertThat(failure).isInstanceOf(KeyboardInterrupt.class);
    }

    @Test
    void a_resource_that_fails_to_close_while_the_group_aborts_is_a_second_failure_and_leaves_no_request() {
        int[] cancelling = {-1};

        Throwable failure = failureOf(async(() -> {
            try {
                await(taskGroup(group -> {
                    AutoCloseable database = () -> {
                        throw new Boom("close");
                    };
                    try {
                        group.createTask(failsAfter(0, "child"));
                        await(sleep(ms(1000)));
                    } catch (CancelledError e) {
                        database.close();
                    }
                    return Coroutine.done();
                }));
            } finally {
                cancelling[0] = current().cancelling();
            }
            return Coroutine.done();
        }));

        assertThat(shape(failure)).isEqualTo("[child, close]");
        assertThat(cancelling[0]).isZero();
    }

    @Test
    void tasks_leave_the_group_as_they_end() {
        run(taskGroup(group -> {
            for (int i = 0; i < 10; i++) {
                await(sleep(ms(100)));
                group.createTask(sleep(ms(250)));
            }
            log(group);
            await(sleep(ms(1000)));
            log(group);
            return Coroutine.done();
        }));

        assertThat(trace).containsExactly("1000 <TaskGroup tasks=3 entered>", "2000 <TaskGroup entered>");
    }

    @Async
    private Coroutine<Void> hydra(TaskGroup group, int[] heads) {
        heads[0]++;
        await(sleep(ms(10)));
        for (int i = 0; i < 2; i++) {
            group.createTask(hydra(group, heads));
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> hercules(int[] heads) {
        while (heads[0] < 10) {
            await(sleep(ms(15)));
        }
        throw new Boom("cut off");
    }

    @Test
    void tasks_that_start_two_new_ones_each_are_all_cancelled_in_the_end() {
        int[] heads = {0};

        Throwable failure = failureOf(taskGroup(group -> {
            group.createTask(hydra(group, heads));
            group.createTask(hercules(heads));
            return Coroutine.done();
        }));

        // 16 new ones at 40 ms; at 30 ms, when the timers of both are due, Hercules comes first and counts only 7.
        assertThat(shape(failure)).isEqualTo("[cut off]");
        assertThat(heads[0]).isEqualTo(31);
        assertThat(millis()).isEqualTo(45);
    }

    @Test
    void a_group_waits_for_tasks_that_its_tasks_have_started() {
        run(taskGroup(group -> {
            group.createTask(async(() -> {
                await(sleep(ms(100)));
                group.createTask(sleep(ms(100)));
                group.createTask(sleep(ms(200)));
                return Coroutine.done();
            }));
            return Coroutine.done();
        }));

        assertThat(millis()).isEqualTo(300);
    }

    @Test
    void two_tasks_of_a_group_may_share_a_context() {
        ContextVar<Integer> variable = new ContextVar<>("variable");
        Context context = new Context();

        run(taskGroup(group -> {
            for (int i = 1; i <= 2; i++) {
                int value = i;
                await(group.createTask(
                        async(() -> {
                            await(sleep(Duration.ZERO));
                            log(context.get(variable, null));
                            variable.set(value);
                            return Coroutine.done();
                        }),
                        "named",
                        context));
            }
            return Coroutine.done();
        }));

        assertThat(trace).containsExactly("0 null", "0 1");
        assertThat(context.get(variable)).isEqualTo(2);
    }

    @Test
    void a_failure_leaves_the_count_of_requests_as_it_was() {
        run(async(() -> {
            try {
                await(taskGroup(group -> {
                    group.createTask(failsAfter(0, "child"));
                    return Coroutine.done();
                }));
            } catch (ExceptionGroup e) {
                log(shape(e), current().cancelling());
            }
            return Coroutine.done();
        }));

        assertThat(trace).containsExactly("0 [child] 0");
    }

    @Test
    void two_nested_groups_cancel_the_same_task_and_each_takes_its_request_back() {
        run(async(() -> {
            try {
                await(taskGroup(outer -> {
                    try {
                        await(taskGroup(inner -> {
                            inner.createTask(failsAfter(0, "inner"));
                            outer.createTask(failsAfter(0, "outer"));
                            return Coroutine.done();
                        }));
                    } catch (ExceptionGroup e) {
                        log(shape(e), current().cancelling());
                    }
                    return Coroutine.done();
                }));
            } catch (ExceptionGroup e) {
                log(shape(e), current().cancelling());
            }
            return Coroutine.done();
        }));

        assertThat(trace).containsExactly("0 [inner] 1", "0 [outer] 0");
    }

    @Test
    void a_request_from_outside_that_meets_a_failure_comes_at_the_next_suspension() {
        Task<Void> task = loop.createTask(async(() -> {
            try {
                await(taskGroup(group -> {
                    group.createTask(failsAfter(0, "child"));
                    await(sleep(ms(1000)));
                    return Coroutine.done();
                }));
            } catch (ExceptionGroup e) {
                log(shape(e), current().cancelling());
            }
            await(sleep(ms(1000)));
            log("never here");
            return Coroutine.done();
        }));
        turns(2); // the child has failed, and its group has not heard of it

        task.cancel();

        assertThat(failureOf(task)).isInstanceOf(CancelledError.class);
        assertThat(task.isCancelled()).isTrue();
        assertThat(trace).containsExactly("0 [child] 1");
    }

    @Test
    void a_child_that_swallows_the_abort_is_waited_for() {
        Task<?>[] child = new Task<?>[1];

        Throwable failure = failureOf(taskGroup(group -> {
            child[0] = group.createTask(returnsWhenCancelled());
            group.createTask(failsAfter(100, "other"));
            return Coroutine.done();
        }));

        assertThat(shape(failure)).isEqualTo("[other]");
        assertThat(child[0].result()).isEqualTo("all the same");
    }
}
