package io.github.jasyncio.traces;

import static io.github.jasyncio.Asyncio.asCompleted;
import static io.github.jasyncio.Asyncio.async;
import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.currentTask;
import static io.github.jasyncio.Asyncio.gather;
import static io.github.jasyncio.Asyncio.gatherOutcomes;
import static io.github.jasyncio.Asyncio.shield;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.taskGroup;
import static io.github.jasyncio.Asyncio.timeout;
import static io.github.jasyncio.Asyncio.toThread;
import static io.github.jasyncio.Asyncio.waitFor;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncTimeoutException;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.ExceptionGroup;
import io.github.jasyncio.Outcome;
import io.github.jasyncio.Task;
import io.github.jasyncio.TaskFactory;
import io.github.jasyncio.sync.Queue;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskTracesTest extends TracesTest {

    private static final String FAILS = "fails: throw new Boom(\"late\");";

    @Async
    static Coroutine<Integer> second() {
        return Coroutine.of(await(fails()) + 1);
    }

    private static final String SECOND = "second: return Coroutine.of(await(fails()) + 1);";

    @Async
    static Coroutine<Integer> first(Coroutine<Integer> coroutine) {
        int value = await(coroutine);
        return Coroutine.of(value);
    }

    private static final String FIRST = "first: int value = await(coroutine);";

    @Async
    static Coroutine<Integer> awaitsTask() {
        Task<Integer> task = createTask(second());
        return Coroutine.of(await(task));
    }

    @Test
    void those_who_await_a_task_follow() {
        assertThat(traceOf(first(awaitsTask())))
                .containsExactly(FAILS, SECOND, "awaitsTask: return Coroutine.of(await(task));", FIRST, RUN);
    }

    @Async
    static Coroutine<Integer> awaitsDoneTask() {
        Task<Integer> task = createTask(second());
        await(sleep(Duration.ofMillis(5)));
        return Coroutine.of(await(task));
    }

    @Test
    void those_who_await_a_task_that_has_failed_already_follow() {
        assertThat(traceOf(first(awaitsDoneTask())))
                .containsExactly(FAILS, SECOND, "awaitsDoneTask: return Coroutine.of(await(task));", FIRST, RUN);
    }

    @Test
    void an_awaiting_task_that_failed_unseen_is_continued() {
        Task<Integer> task = loop.createTask(awaitsTask());
        loop.runUntilComplete(sleep(Duration.ofMillis(5)));

        assertThat(SourceTrace.openOf(requireNonNull(task.exception())))
                .containsExactly(FAILS, SECOND, "awaitsTask: return Coroutine.of(await(task));");
        assertThat(SourceTrace.of(run(task)))
                .containsExactly(FAILS, SECOND, "awaitsTask: return Coroutine.of(await(task));", RUN);
    }

    @Async
    static Coroutine<Integer> awaits(Task<Integer> task) {
        return Coroutine.of(await(task));
    }

    @Test
    void of_several_who_await_a_task_the_first_is_shown() {
        Task<Integer> task = loop.createTask(second());
        Task<Integer> one = loop.createTask(first(awaits(task)));
        Task<Integer> other = loop.createTask(awaits(task));

        List<String> ofOne = traceOf(one);

        assertThat(run(other)).isSameAs(one.exception()).isSameAs(task.exception());
        assertThat(ofOne).containsExactly(FAILS, SECOND, "awaits: return Coroutine.of(await(task));", FIRST, RUN);
        assertThat(traceOf(other)).isEqualTo(ofOne);
    }

    @Async
    static Coroutine<Integer> gathers() {
        return Coroutine.of(await(gather(sleepsLong(), second())).get(0));
    }

    @Test
    void gather_is_passed_through() {
        assertThat(traceOf(first(gathers())))
                .containsExactly(
                        FAILS,
                        SECOND,
                        "gathers: return Coroutine.of(await(gather(sleepsLong(), second())).get(0));",
                        FIRST,
                        RUN);
    }

    @Async
    static Coroutine<Integer> gathersOutcomes() {
        List<Outcome<Integer>> outcomes = await(gatherOutcomes(second()));
        throw (Boom) ((Outcome.Failure<Integer>) outcomes.get(0)).error();
    }

    @Test
    void an_outcome_shows_who_gathered_it() {
        assertThat(traceOf(first(gathersOutcomes())))
                .containsExactly(
                        FAILS,
                        SECOND,
                        "gathersOutcomes: List<Outcome<Integer>> outcomes = await(gatherOutcomes(second()));",
                        FIRST,
                        RUN);
    }

    @Async
    static Coroutine<Integer> shields() {
        return Coroutine.of(await(shield(second())));
    }

    @Test
    void shield_is_passed_through() {
        assertThat(traceOf(first(shields())))
                .containsExactly(FAILS, SECOND, "shields: return Coroutine.of(await(shield(second())));", FIRST, RUN);
    }

    @Async
    static Coroutine<Integer> completes() {
        return Coroutine.of(await(asCompleted(List.of(second())).iterator().next()));
    }

    @Test
    void as_completed_is_passed_through() {
        assertThat(traceOf(first(completes())))
                .containsExactly(
                        FAILS,
                        SECOND,
                        "completes: return Coroutine.of(await(asCompleted(List.of(second())).iterator().next()));",
                        FIRST,
                        RUN);
    }

    @Async
    static Coroutine<Integer> waitsFor() {
        return Coroutine.of(await(waitFor(second(), Duration.ofSeconds(1))));
    }

    @Async
    static Coroutine<Integer> waitsForTask() {
        return Coroutine.of(await(waitFor(createTask(second()), Duration.ofSeconds(1))));
    }

    @Async
    static Coroutine<Integer> times() {
        return Coroutine.of(await(timeout(Duration.ofSeconds(1), t -> second())));
    }

    @Test
    void wait_for_and_timeout_are_passed_through() {
        assertThat(traceOf(first(waitsFor())))
                .containsExactly(
                        FAILS,
                        SECOND,
                        "waitsFor: return Coroutine.of(await(waitFor(second(), Duration.ofSeconds(1))));",
                        FIRST,
                        RUN);
        assertThat(traceOf(first(waitsForTask())))
                .containsExactly(
                        FAILS,
                        SECOND,
                        "waitsForTask: return Coroutine.of(await(waitFor(createTask(second()), Duration.ofSeconds(1))));",
                        FIRST,
                        RUN);
        assertThat(traceOf(first(times())))
                .containsExactly(
                        FAILS,
                        SECOND,
                        "times: return Coroutine.of(await(timeout(Duration.ofSeconds(1), t -> second())));",
                        FIRST,
                        RUN);
    }

    @Async
    static Coroutine<Integer> isTooLate() {
        return Coroutine.of(await(waitFor(first(sleepsLong()), Duration.ofSeconds(1))));
    }

    private static final String SLEEPS = "sleepsLong: await(sleep(Duration.ofHours(1)));";

    private static final String TOO_LATE =
            "isTooLate: return Coroutine.of(await(waitFor(first(sleepsLong()), Duration.ofSeconds(1))));";

    @Test
    void a_timeout_shows_who_waited_and_its_cause_where_the_time_was_spent() {
        Throwable failure = run(isTooLate());

        assertThat(failure).isInstanceOf(AsyncTimeoutException.class);
        assertThat(SourceTrace.of(failure)).containsExactly(TOO_LATE, RUN);
        assertThat(SourceTrace.of(requireNonNull(failure.getCause()))).containsExactly(SLEEPS, FIRST, TOO_LATE, RUN);
    }

    @Async
    static Coroutine<Integer> groups() {
        return Coroutine.of(await(taskGroup(group -> {
            group.createTask(second());
            return sleepsLong();
        })));
    }

    private static final String GROUPS = "groups: return Coroutine.of(await(taskGroup(group -> {";

    @Test
    void the_tasks_of_a_group_are_awaited_by_whoever_awaits_the_group() {
        Throwable failure = run(first(groups()));

        assertThat(failure).isInstanceOf(ExceptionGroup.class);
        assertThat(SourceTrace.of(failure)).containsExactly(GROUPS, FIRST, RUN);
        assertThat(SourceTrace.of(requireNonNull(failure.getCause())))
                .containsExactly(FAILS, SECOND, GROUPS, FIRST, RUN);
    }

    @Async
    static Coroutine<Integer> cancels() {
        Task<Integer> task = createTask(first(sleepsLong()));
        await(pause());
        task.cancel();
        return Coroutine.of(await(task));
    }

    @Test
    void a_cancellation_shows_where_it_was_delivered() {
        Throwable failure = run(cancels());

        assertThat(failure).isInstanceOf(CancelledError.class);
        assertThat(SourceTrace.of(failure))
                .containsExactly(SLEEPS, FIRST, "cancels: return Coroutine.of(await(task));", RUN);
    }

    @Async
    static Coroutine<List<Throwable>> isCancelledThrice() {
        List<Throwable> failures = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            try {
                await(sleepsLong()); // here first and third
            } catch (CancelledError e) {
                failures.add(e);
            }
            if (i == 0) {
                try {
                    await(sleepsLong()); // here second
                } catch (CancelledError e) {
                    failures.add(e);
                }
            }
        }
        return Coroutine.of(failures);
    }

    @Async
    static Coroutine<List<Throwable>> cancelsThrice() {
        Task<List<Throwable>> task = createTask(isCancelledThrice());
        for (int i = 0; i < 3; i++) {
            await(pause());
            await(pause());
            task.cancel();
        }
        return Coroutine.of(await(task));
    }

    /** Places are remembered: each await of a method has its own. */
    @Test
    void a_cancellation_shows_at_which_await_it_was_delivered() {
        List<Throwable> failures = loop.runUntilComplete(cancelsThrice());

        String once = "isCancelledThrice: await(sleepsLong()); // here ";
        assertThat(failures).hasSize(3);
        assertThat(SourceTrace.openOf(failures.get(0))).startsWith(SLEEPS, once + "first and third");
        assertThat(SourceTrace.openOf(failures.get(1))).startsWith(SLEEPS, once + "second");
        assertThat(SourceTrace.openOf(failures.get(2))).startsWith(SLEEPS, once + "first and third");
    }

    @Async
    static Coroutine<Integer> waitsForAnItem() {
        return Coroutine.of(await(new Queue<Integer>().get()));
    }

    @Async
    static Coroutine<Integer> waitsForRoom() {
        Queue<Integer> full = new Queue<>(1);
        full.putNowait(1);
        await(full.put(2));
        return Coroutine.of(0);
    }

    @Async
    static Coroutine<Integer> cancels(Coroutine<Integer> waits) {
        Task<Integer> task = createTask(waits);
        await(pause());
        task.cancel();
        return Coroutine.of(await(task));
    }

    /** Their ways of waiting are methods of their own. */
    @Test
    void who_waits_in_a_queue_stands_in_the_method_that_he_called() {
        String cancels = "cancels: return Coroutine.of(await(task));";
        assertThat(traceOf(cancels(waitsForAnItem())))
                .containsExactly(
                        "Queue.get",
                        "waitsForAnItem: return Coroutine.of(await(new Queue<Integer>().get()));",
                        cancels,
                        RUN);
        assertThat(traceOf(cancels(waitsForRoom())))
                .containsExactly("Queue.put", "waitsForRoom: await(full.put(2));", cancels, RUN);
    }

    @Async
    static Coroutine<Integer> refusesToBeCancelled() {
        await(pause());
        throw new CancelledError("of my own");
    }

    @Test
    void a_cancellation_that_a_coroutine_throws_is_like_any_failure() {
        assertThat(traceOf(first(refusesToBeCancelled())))
                .containsExactly("refusesToBeCancelled: throw new CancelledError(\"of my own\");", FIRST, RUN);
        assertThat(traceOf(refusesToBeCancelled()))
                .containsExactly("refusesToBeCancelled: throw new CancelledError(\"of my own\");", RUN);
    }

    private static int blocks() {
        throw new Boom("on a thread");
    }

    @Async
    static Coroutine<Integer> usesThread() {
        return Coroutine.of(await(toThread(TaskTracesTest::blocks)));
    }

    @Test
    void a_call_on_an_executor_is_awaited() {
        assertThat(traceOf(first(usesThread())))
                .containsExactly(
                        "blocks: throw new Boom(\"on a thread\");",
                        "usesThread: return Coroutine.of(await(toThread(TaskTracesTest::blocks)));",
                        FIRST,
                        RUN);
    }

    @Async
    static Coroutine<Integer> failsEagerly() {
        Task<Integer> task = createTask(failsAtOnce());
        return Coroutine.of(await(task));
    }

    @Test
    void whoever_starts_an_eager_task_is_not_taken_for_one_who_awaits_it() {
        loop.setTaskFactory(TaskFactory.EAGER);

        assertThat(traceOf(failsEagerly()))
                .containsExactly(
                        "failsAtOnce: throw new Boom(\"at once\");",
                        "failsEagerly: return Coroutine.of(await(task));",
                        RUN);
    }

    @SuppressWarnings("unchecked") // it is this very task
    @Async
    static Coroutine<Integer> awaitsItself() {
        return Coroutine.of(await((Task<Integer>) requireNonNull(currentTask())));
    }

    @Test
    void a_refused_await_shows_where_it_stands() {
        assertThat(traceOf(first(awaitsItself())))
                .containsExactly(
                        "Task.refuse",
                        "awaitsItself: return Coroutine.of(await((Task<Integer>) requireNonNull(currentTask())));",
                        FIRST,
                        RUN);
    }

    @SuppressWarnings("NullAway") // misuse
    @Async
    static Coroutine<Integer> makesTaskOfNothing() {
        await(pause());
        createTask(null);
        return Coroutine.of(0);
    }

    @Test
    void what_the_runtime_refuses_shows_first_who_refused_it() {
        assertThat(traceOf(first(async(TaskTracesTest::makesTaskOfNothing))))
                .containsExactly("EventLoop.createTask", "makesTaskOfNothing: createTask(null);", FIRST, RUN);
    }

    @Test
    void a_printed_task_shows_its_failure_without_machinery() {
        Task<Integer> task = loop.createTask(first(second()), "a");
        loop.runUntilComplete(sleep(Duration.ofMillis(5)));
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        task.printStack(new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(task.exception()).isInstanceOf(Boom.class);
        assertThat(SourceTrace.of(task.getStack())).containsExactly(FIRST, SECOND, FAILS);
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(5);
    }
}
