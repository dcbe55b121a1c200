package io.github.jasyncio.traces;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import io.github.jasyncio.Task;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One exception object that fails again and again, and those whose traces cannot be set. */
class RepeatedFailuresTest extends TracesTest {

    private static final int TIMES = 10_000;

    /** How a failure reaches an await. */
    enum Way {
        THROWN,
        THROWN_AFTER_A_SUSPENSION,
        TASK,
        TASK_THAT_IS_DONE,
        FUTURE,
        FUTURE_THAT_IS_DONE,
        STAGE,
        STAGE_THAT_IS_DONE
    }

    @Async
    static Coroutine<Integer> throwsAgain(RuntimeException failure) {
        throw failure;
    }

    @Async
    static Coroutine<Integer> throwsAgainLater(RuntimeException failure) {
        await(sleep(Duration.ZERO));
        throw failure;
    }

    @SuppressWarnings("StatementSwitchToExpressionSwitch") // each await on a line of its own
    @Async
    static Coroutine<Integer> awaits(Way way, RuntimeException failure) {
        switch (way) {
            case THROWN:
                return Coroutine.of(await(throwsAgain(failure)));
            case THROWN_AFTER_A_SUSPENSION:
                return Coroutine.of(await(throwsAgainLater(failure)));
            case TASK:
                return Coroutine.of(await(createTask(throwsAgainLater(failure))));
            case TASK_THAT_IS_DONE:
                Task<Integer> task = createTask(throwsAgain(failure));
                await(sleep(Duration.ZERO));
                return Coroutine.of(await(task));
            case FUTURE:
                Future<Integer> future = getRunningLoop().createFuture();
                getRunningLoop().callSoon(() -> future.setException(failure));
                return Coroutine.of(await(future));
            case FUTURE_THAT_IS_DONE:
                Future<Integer> failed = getRunningLoop().createFuture();
                failed.setException(failure);
                return Coroutine.of(await(failed));
            case STAGE:
                CompletableFuture<Integer> stage = new CompletableFuture<>();
                getRunningLoop().callSoon(() -> stage.completeExceptionally(failure));
                return Coroutine.of(await(stage));
            default:
                return Coroutine.of(await(CompletableFuture.<Integer>failedFuture(failure)));
        }
    }

    /** In two places, one after the other; the value is the longest trace. */
    @SuppressWarnings("DuplicateBranches") // on different lines
    @Async
    static Coroutine<Integer> repeats(Way way, int times, RuntimeException failure) {
        int longest = 0;
        for (int i = 0; i < times; i++) {
            try {
                if (i % 2 == 0) {
                    await(awaits(way, failure));
                } else {
                    await(awaits(way, failure));
                }
                throw new AssertionError("did not fail");
            } catch (Boom e) {
                longest = Math.max(longest, e.getStackTrace().length);
            }
        }
        return Coroutine.of(longest);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void a_trace_does_not_grow_when_its_exception_is_thrown_again_and_again(Way way) {
        Boom made = new Boom("made outside");
        int length = made.getStackTrace().length;

        int longest = loop.runUntilComplete(repeats(way, TIMES, made));

        // Two ways, each with those who run the loop at its end.
        assertThat(longest).isLessThan(2 * length + 20);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void nor_does_it_where_nobody_is_known_to_run_the_loop(Way way) {
        Queue<Runnable> jobs = new ArrayDeque<>();
        Boom made = new Boom("made outside");
        int length = made.getStackTrace().length;
        EventLoop over = EventLoop.over(jobs::add, (job, delay) -> jobs.add(job));

        Task<Integer> task = over.createTask(repeats(way, 100, made));
        while (!task.isDone()) {
            jobs.remove().run();
        }
        over.close();

        assertThat(task.result()).isLessThan(length + 20);
    }

    @Test
    void what_a_coroutine_throws_that_was_made_outside_keeps_its_trace() {
        Boom made = new Boom("made outside");
        StackTraceElement[] before = made.getStackTrace();

        Throwable failure = run(awaits(Way.TASK, made));

        assertThat(failure).isSameAs(made);
        assertThat(made.getStackTrace()).isEqualTo(before);
    }

    @Test
    void what_comes_from_elsewhere_is_continued() {
        Boom made = new Boom("made outside");

        Throwable failure = run(awaits(Way.STAGE_THAT_IS_DONE, made));

        assertThat(SourceTrace.openOf(failure))
                .startsWith("what_comes_from_elsewhere_is_continued: Boom made = new Boom(\"made outside\");")
                .containsSequence(
                        "awaits: return Coroutine.of(await(CompletableFuture.<Integer>failedFuture(failure)));", RUN);
    }

    /** Its trace can be neither read nor set. */
    private static final class Hostile extends RuntimeException {

        private static final long serialVersionUID = 1L;

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new IllegalStateException("hands off");
        }

        @Override
        public void setStackTrace(StackTraceElement[] trace) {
            throw new IllegalStateException("hands off");
        }
    }

    /** Its trace is null. */
    private static final class Absent extends RuntimeException {

        private static final long serialVersionUID = 1L;

        @Override
        @SuppressWarnings("NullAway") // as bad as can be
        public StackTraceElement[] getStackTrace() {
            return null;
        }
    }

    /** Has no trace. */
    private static final class Bare extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Bare() {
            super("bare", null, false, false);
        }
    }

    /** Is its own cause, so to speak. */
    private static final class Circular extends RuntimeException {

        private static final long serialVersionUID = 1L;

        @Override
        public Throwable getCause() {
            return this;
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void no_exception_class_can_disturb_the_loop(Way way) {
        for (RuntimeException failure :
                new RuntimeException[] {new Hostile(), new Absent(), new Bare(), new Circular()}) {
            assertThat(catching(way, failure)).isSameAs(failure);
        }
    }

    private Throwable catching(Way way, RuntimeException failure) {
        try {
            loop.runUntilComplete(awaits(way, failure));
        } catch (RuntimeException e) {
            return e;
        }
        throw new AssertionError("did not fail");
    }

    @Async
    static Coroutine<Integer> throwsCircle() {
        await(sleep(Duration.ZERO));
        Boom first = new Boom("first");
        Boom second = new Boom("second");
        first.initCause(second);
        second.initCause(first);
        first.addSuppressed(second);
        throw first;
    }

    @Test
    void causes_that_go_in_a_circle_come_to_an_end() {
        assertThat(run(throwsCircle())).hasMessage("first").cause().hasMessage("second");
    }
}
