package io.github.jasyncio.cpython;

import static io.github.jasyncio.Asyncio.allTasks;
import static io.github.jasyncio.Asyncio.async;
import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.currentTask;
import static io.github.jasyncio.Asyncio.gather;
import static io.github.jasyncio.Asyncio.runCoroutineThreadsafe;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.waitFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.Async;
import io.github.jasyncio.Context;
import io.github.jasyncio.ContextVar;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import io.github.jasyncio.Task;
import io.github.jasyncio.TaskFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** {@code test_tasks} without what is cancelled, gathered, shielded and waited for; see the other classes here. */
@NullUnmarked // null is tested as well
class TasksTest extends OnVirtualTime {

    @Async
    private Coroutine<Void> logsTwice(String name, Duration first, Duration second) {
        Task<?> self = current();
        await(sleep(first));
        log(name, self == currentTask());
        await(sleep(second));
        log(name, self == currentTask());
        return Coroutine.done();
    }

    @Test
    void the_current_task_is_right_in_tasks_that_take_turns() {
        run(gather(logsTwice("a", ms(10), ms(20)), logsTwice("b", ms(20), ms(20))));

        assertThat(trace).containsExactly("10 a true", "20 b true", "30 a true", "40 b true");
    }

    @Test
    void there_is_no_current_task_without_a_running_loop_nor_in_a_callback() {
        assertThatThrownBy(() -> currentTask())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("no running event loop");
        assertThatThrownBy(() -> allTasks()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> createTask(sleep(ms(1)))).isInstanceOf(IllegalStateException.class);

        loop.callSoon(() -> log(currentTask()));
        turns(1);

        assertThat(trace).containsExactly("0 null");
    }

    @Test
    void a_task_knows_its_coroutine_and_its_context_also_when_it_is_done() {
        Context context = new Context();
        Coroutine<Void> coroutine = sleep(ms(1));
        Task<Void> task = loop.createTask(coroutine, "named", context);
        assertThat(task.getCoroutine()).isSameAs(coroutine);

        run(task);

        assertThat(task.getCoroutine()).isSameAs(coroutine);
        assertThat(task.getContext()).isSameAs(context);
        assertThat(task.getName()).isEqualTo("named");
        task.setName("renamed");
        assertThat(task).hasToString("<Task finished name='renamed' result=null>");
    }

    @Test
    void a_task_whose_value_holds_itself_has_a_finite_text() {
        Task<Object> task = loop.createTask(async(() -> Coroutine.of(new Object[] {List.copyOf(allTasks())}[0])));

        Object tasks = run(waitFor(task, Duration.ofSeconds(10)));

        assertThat(tasks.toString()).contains("...");
    }

    @Test
    void a_failure_is_the_same_object_however_often_it_is_awaited() {
        Task<String> task = loop.createTask(failsAfter(1, "once"));

        run(async(() -> {
            Throwable before = null;
            for (int i = 0; i < 5; i++) {
                try {
                    await(task);
                } catch (Boom e) {
                    log(
                            before == null || before == e,
                            e.getStackTrace().length == task.exception().getStackTrace().length);
                    before = e;
                }
            }
            return Coroutine.done();
        }));

        assertThat(trace).hasSize(5).containsOnly("1 true true");
    }

    @Test
    void a_failure_replaced_while_it_is_handled_keeps_what_its_maker_gave_it_for_a_cause() {
        Task<Void> task = loop.createTask(async(() -> {
            try {
                await(failsAfter(1, "inner"));
            } catch (Boom e) {
                await(sleep(ms(1)));
                throw new IllegalStateException("outer", e);
            }
            return Coroutine.done();
        }));

        assertThat(failureOf(task)).hasMessage("outer").hasCause(new Boom("inner"));
    }

    @Test
    void each_task_s_variables_are_its_own_whatever_the_order_of_steps() {
        ContextVar<Integer> variable = new ContextVar<>("variable", -1);
        List<Coroutine<Boolean>> coroutines = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int number = i;
            coroutines.add(async(() -> {
                boolean isRight = variable.get() == -1;
                for (int step = 0; step < 5; step++) {
                    variable.set(number + step);
                    await(sleep(ms((number * 7L + step) % 5)));
                    isRight &= variable.get() == number + step;
                }
                return Coroutine.of(isRight);
            }));
        }

        assertThat(run(gather(coroutines))).hasSize(100).containsOnly(true);
        assertThat(variable.get()).isEqualTo(-1);
    }

    @Test
    void a_nested_task_copies_what_its_maker_has_set_and_gives_nothing_back() {
        ContextVar<String> variable = new ContextVar<>("variable", "nil");

        run(async(() -> {
            variable.set("outer");
            await(createTask(async(() -> {
                log(variable.get());
                variable.set("inner");
                await(sleep(ms(1)));
                log(variable.get());
                return Coroutine.done();
            })));
            log(variable.get());
            return Coroutine.done();
        }));

        assertThat(trace).containsExactly("0 outer", "1 inner", "1 outer");
        assertThat(variable.get()).isEqualTo("nil");
    }

    @Test
    void a_future_made_by_a_callback_wakes_the_task_in_the_next_turn() {
        Future<String> future = loop.createFuture();
        future.addDoneCallback(done -> log("callback"));
        Task<String> task = loop.createTask(async(() -> Coroutine.of(await(future))));
        loop.callLater(ms(10), () -> future.setResult("value"));

        assertThat(run(task)).isEqualTo("value");
        assertThat(trace).containsExactly("10 callback");
    }

    /** A factory that refuses. */
    private static final class Refuses implements TaskFactory {

        @Override
        public <T> Task<T> create(EventLoop loop, Coroutine<T> coroutine, String name, Context context) {
            throw new Boom("no tasks today");
        }
    }

    @Test
    void a_coroutine_handed_in_that_cannot_become_a_task_fails_its_future_and_is_reported() {
        loop.setTaskFactory(new Refuses());

        CompletableFuture<Void> handedIn = runCoroutineThreadsafe(sleep(ms(1)), loop);
        turns(1);

        assertThatThrownBy(handedIn::join).hasCause(new Boom("no tasks today"));
        assertThat(reports)
                .singleElement()
                .asString()
                .startsWith("Exception in callback")
                .endsWith("no tasks today");
        reports.clear();
    }

    @Test
    void the_failure_of_a_coroutine_handed_in_arrives_as_it_was_thrown_and_is_not_reported() {
        CompletableFuture<String> handedIn = runCoroutineThreadsafe(failsAfter(1, "handed in"), loop);

        run(sleep(ms(5)));

        assertThatThrownBy(handedIn::join).hasCause(new Boom("handed in"));
    }
}
