package io.github.jasyncio.cpython;

import static io.github.jasyncio.Asyncio.allTasks;
import static io.github.jasyncio.Asyncio.async;
import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.currentTask;
import static io.github.jasyncio.Asyncio.gather;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.taskGroup;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Context;
import io.github.jasyncio.ContextVar;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import io.github.jasyncio.Task;
import io.github.jasyncio.TaskFactory;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code test_eager_task_factory}, where the traces eager_* do not cover it. */
@NullUnmarked // null is tested as well
class EagerTasksTest extends OnVirtualTime {

    @BeforeEach
    void tasks_are_eager() {
        loop.setTaskFactory(TaskFactory.EAGER);
    }

    @Test
    void the_factory_can_be_asked_for() {
        assertThat(loop.getTaskFactory()).isSameAs(TaskFactory.EAGER);
    }

    @Test
    void a_task_that_does_not_suspend_is_done_when_it_is_returned_and_has_completed_what_it_completes() {
        Future<String> future = loop.createFuture();

        String value = run(async(() -> {
            Task<String> task = createTask(async(() -> {
                future.setResult("my message");
                return Coroutine.of("hello");
            }));
            log(task.isDone(), task.cancel(), task.isCancelled(), await(task));
            return Coroutine.of(await(future));
        }));

        assertThat(value).isEqualTo("my message");
        assertThat(trace).containsExactly("0 true false false hello");
    }

    @Test
    void one_that_suspends_is_pending_and_may_be_cancelled() {
        Task<?>[] task = new Task<?>[1];

        Throwable failure = failureOf(async(() -> {
            Task<Void> sleeper = createTask(sleep(ms(100)));
            task[0] = sleeper;
            log(sleeper.isDone(), sleeper.cancel("my message"), sleeper.cancelling());
            await(sleeper);
            return Coroutine.done();
        }));

        assertThat(failure).isInstanceOf(CancelledError.class).hasMessage("my message");
        assertThat(task[0].isCancelled()).isTrue();
        assertThat(trace).containsExactly("0 false true 1");
    }

    @Test
    void one_that_cancels_itself_in_its_first_step_is_cancelled_at_its_first_suspension() {
        Throwable failure = failureOf(async(() -> {
            Task<Void> task = createTask(async(() -> {
                current().cancel("self");
                log("goes on");
                await(sleep(ms(100)));
                log("never here");
                return Coroutine.done();
            }));
            log("pending", !task.isDone());
            await(task);
            return Coroutine.done();
        }));

        assertThat(failure).isInstanceOf(CancelledError.class).hasMessage("self");
        assertThat(trace).containsExactly("0 goes on", "0 pending true");
    }

    @Test
    void the_current_task_is_the_eager_one_and_then_its_maker_again() {
        List<Task<?>> seen = new ArrayList<>();

        run(async(() -> {
            Task<?> maker = currentTask();
            Task<Void> task = createTask(async(() -> {
                seen.add(currentTask());
                await(sleep(ms(100)));
                seen.add(currentTask());
                return Coroutine.done();
            }));
            log(currentTask() == maker);
            await(task);
            log(seen.equals(List.of(task, task)), currentTask() == maker);
            return Coroutine.done();
        }));

        assertThat(trace).containsExactly("0 true", "100 true true");
    }

    @Test
    void all_tasks_holds_it_while_it_is_not_done() {
        Future<Void> first = loop.createFuture();
        List<Task<?>> during = new ArrayList<>();

        run(async(() -> {
            Task<Void> done = createTask(async(() -> {
                during.addAll(allTasks());
                return Coroutine.done();
            }));
            log(during.contains(done), allTasks().contains(done));
            Task<Void> blocks = createTask(async(() -> {
                await(first);
                return Coroutine.done();
            }));
            log(allTasks().contains(blocks));
            first.setResult(null);
            await(blocks);
            log(allTasks().contains(blocks));
            return Coroutine.done();
        }));

        assertThat(trace).containsExactly("0 true false", "0 true", "0 false");
    }

    @Test
    void it_runs_in_a_copy_of_its_maker_s_context_from_the_first_step_on() {
        ContextVar<Integer> variable = new ContextVar<>("variable", 0);

        run(async(() -> {
            variable.set(1);
            Task<Void> task = createTask(async(() -> {
                log("first", variable.get());
                variable.set(2);
                await(sleep(ms(100)));
                log("second", variable.get());
                variable.set(3);
                return Coroutine.done();
            }));
            log("maker", variable.get());
            await(task);
            log("maker", variable.get());
            return Coroutine.done();
        }));

        assertThat(trace).containsExactly("0 first 1", "0 maker 1", "100 second 2", "100 maker 1");
    }

    // ------------------------------------------------------------------------------------------------ how many wait

    /** Counts the tasks that are not done when they are returned. */
    private static final class Counts implements TaskFactory {

        private final TaskFactory factory;
        private int pending;

        Counts(TaskFactory factory) {
            this.factory = factory;
        }

        @Override
        public <T> Task<T> create(EventLoop loop, Coroutine<T> coroutine, String name, Context context) {
            Task<T> task = factory.create(loop, coroutine, name, context);
            if (!task.isDone()) {
                pending++;
            }
            return task;
        }
    }

    @Async
    private static Coroutine<Integer> chain(int depth) {
        if (depth == 0) {
            return Coroutine.of(0);
        }
        return Coroutine.of(1 + await(chain(depth - 1)));
    }

    @Async
    private static Coroutine<Void> groups(int width, int depth) {
        if (depth > 0) {
            await(taskGroup(group -> {
                for (int i = 0; i < width; i++) {
                    group.createTask(groups(width, depth - 1));
                }
                return Coroutine.done();
            }));
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> gatherings(int width, int depth) {
        if (depth > 0) {
            List<Coroutine<Void>> coroutines = new ArrayList<>();
            for (int i = 0; i < width; i++) {
                coroutines.add(gatherings(width, depth - 1));
            }
            await(gather(coroutines));
        }
        return Coroutine.done();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_never_suspends_needs_no_turn_of_its_own(boolean eager) {
        Counts counts = new Counts(eager ? TaskFactory.EAGER : TaskFactory.DEFAULT);
        loop.setTaskFactory(counts);

        assertThat(run(chain(100))).isEqualTo(100);
        assertThat(counts.pending).isEqualTo(1); // the program itself, made while the loop does not run
        run(groups(5, 4));
        assertThat(counts.pending).isEqualTo(1 + (eager ? 1 : 781));
        run(gatherings(5, 4));
        assertThat(counts.pending).isEqualTo(eager ? 3 : 1 + 781 + 781);
    }
}
