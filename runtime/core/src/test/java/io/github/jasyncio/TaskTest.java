package io.github.jasyncio;

import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Scripted.await;
import static io.github.jasyncio.Scripted.coroutine;
import static io.github.jasyncio.Scripted.doing;
import static io.github.jasyncio.Scripted.fail;
import static io.github.jasyncio.Scripted.give;
import static io.github.jasyncio.Scripted.yields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.internal.Execution;
import io.github.jasyncio.internal.Frame;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Semantics: {@code asyncio.Task}; the order is that of the traces turns_await, sleep0_*, start_*, coro_* and introspect_tasks. */
@NullUnmarked // null is tested as well
class TaskTest extends LoopTest {

    @Test
    void a_task_begins_in_the_next_turn_in_the_order_of_making() {
        loop.createTask(doing(() -> log("a")));
        loop.createTask(doing(() -> log("b")));
        log("made");

        turns(1);

        assertThat(trace).containsExactly("0 made", "0 a", "0 b");
    }

    @Test
    void turns_are_counted_as_in_asyncio() {
        int[] turns = {0};
        class Tick implements Runnable {
            @Override
            public void run() {
                turns[0]++;
                loop.callSoon(this);
            }
        }
        Future<Integer> done = loop.createFuture();
        done.setResult(1);
        Future<Integer> pending = loop.createFuture();

        run(coroutine(() -> {
            loop.callSoon(new Tick());
            loop.callSoon(() -> pending.setResult(1));
            return count(
                    "coroutine",
                    doing(() -> {}),
                    turns,
                    () -> count(
                            "done future",
                            done,
                            turns,
                            () -> count(
                                    "future set in the next turn",
                                    pending,
                                    turns,
                                    () -> count(
                                            "sleep 0",
                                            sleep(Duration.ZERO),
                                            turns,
                                            () -> count(
                                                    "yields 3 times",
                                                    coroutine(() -> yields(3, () -> give(null))),
                                                    turns,
                                                    () -> count(
                                                            "task",
                                                            Asyncio.createTask(doing(() -> {})),
                                                            turns,
                                                            () -> count(
                                                                    "task that yields 3 times",
                                                                    Asyncio.createTask(coroutine(
                                                                            () -> yields(3, () -> give(null)))),
                                                                    turns,
                                                                    () -> count(
                                                                            "shield of a coroutine",
                                                                            Asyncio.shield(doing(() -> {})),
                                                                            turns,
                                                                            () -> count(
                                                                                    "shield of a done future",
                                                                                    Asyncio.shield(done),
                                                                                    turns,
                                                                                    () -> count(
                                                                                            "gather nothing",
                                                                                            Asyncio.gather(),
                                                                                            turns,
                                                                                            () -> count(
                                                                                                    "gather done futures",
                                                                                                    Asyncio.gather(
                                                                                                            done, done),
                                                                                                    turns,
                                                                                                    () -> count(
                                                                                                            "gather one",
                                                                                                            Asyncio
                                                                                                                    .gather(
                                                                                                                            doing(
                                                                                                                                    () -> {})),
                                                                                                            turns,
                                                                                                            () -> count(
                                                                                                                    "gather 0, 2",
                                                                                                                    Asyncio
                                                                                                                            .gather(
                                                                                                                                    doing(
                                                                                                                                            () -> {}),
                                                                                                                                    coroutine(
                                                                                                                                            () ->
                                                                                                                                                    yields(
                                                                                                                                                            2,
                                                                                                                                                            () ->
                                                                                                                                                                    give(
                                                                                                                                                                            null)))),
                                                                                                                    turns,
                                                                                                                    () ->
                                                                                                                            give(
                                                                                                                                    null))))))))))))));
        }));

        assertThat(trace)
                .containsExactly(
                        "0 coroutine: 0",
                        "0 done future: 0",
                        "0 future set in the next turn: 2",
                        "0 sleep 0: 1",
                        "0 yields 3 times: 3",
                        "0 task: 2",
                        "0 task that yields 3 times: 5",
                        "0 shield of a coroutine: 3",
                        "0 shield of a done future: 0",
                        "0 gather nothing: 0",
                        "0 gather done futures: 0",
                        "0 gather one: 3",
                        "0 gather 0, 2: 5");
    }

    private <T> Scripted.Step<T> count(
            String what, Awaitable<?> awaitable, int[] turns, java.util.function.Supplier<Scripted.Step<T>> then) {
        int before = turns[0];
        return await(awaitable, v -> {
            log(what + ": " + (turns[0] - before));
            return then.get();
        });
    }

    @Test
    void a_result_comes_out_of_the_innermost_of_many_coroutines() {
        Coroutine<Integer> chain = sleep(ms(1), 0);
        for (int i = 0; i < 100_000; i++) {
            Coroutine<Integer> inner = chain;
            chain = i < 1000 ? coroutine(() -> await(inner, v -> give(v + 1))) : chain;
        }

        assertThat(run(chain)).isEqualTo(1000);
    }

    @Test
    void a_failure_passes_every_await_as_the_very_same_object() {
        Boom failure = new Boom("b");
        Task<Object> task = loop.createTask(coroutine(() ->
                await(coroutine(() -> await(sleep(ms(1)), v -> fail(failure))), v -> give(v))));

        assertThatThrownBy(() -> run(task)).isSameAs(failure);
        assertThat(task.exception()).isSameAs(failure);
    }

    /** As when the stack is full before the body is entered. */
    @Test
    void what_a_coroutine_did_not_take_before_it_failed_is_nobody_elses() {
        Future<String> value = loop.createFuture();
        Future<String> failure = loop.createFuture();
        Future<String> inner = loop.createFuture();
        Future<String> nothing = loop.createFuture();
        Task<String> first = loop.createTask(new Hasty(value));
        Task<String> second = loop.createTask(new Hasty(failure));
        Task<String> third = loop.createTask(new Hasty(coroutine(() -> await(inner, v -> give(v)))));
        Task<Void> other = loop.createTask(coroutine(() -> await(nothing, v -> {
            log("other got", v);
            return await(nothing, w -> give(null));
        })));
        turns(1);

        value.setResult("secret");
        failure.setException(new Boom("secret"));
        inner.setResult("secret");
        nothing.setResult(null);
        run(other);

        assertThat(trace).containsExactly("0 other got null");
        assertThat(first.exception()).hasMessage("hasty");
        assertThat(second.exception()).hasMessage("hasty");
        assertThat(third.exception()).hasMessage("hasty");
    }

    @Test
    void nor_is_it_if_the_coroutine_was_the_last_to_suspend() {
        List<Consumer<Future<String>>> ends =
                List.of(f -> f.setResult("secret"), f -> f.setException(new Boom("secret")));
        for (Consumer<Future<String>> end : ends) {
            Future<String> nothing = loop.createFuture();
            Future<String> given = loop.createFuture();
            Task<String> other = loop.createTask(coroutine(() -> await(nothing, Scripted::give)));
            Task<String> hasty = loop.createTask(new Hasty(given));
            loop.callSoon(() -> {
                end.accept(given);
                nothing.setResult(null);
            });

            assertThat(run(other)).isNull();
            assertThat(hasty.exception()).hasMessage("hasty");
        }
    }

    /** Fails when it is resumed, before it takes what it was waiting for. */
    private static final class Hasty extends Frame<String> {

        private final Awaitable<String> awaited;

        Hasty(Awaitable<String> awaited) {
            this.awaited = awaited;
        }

        @Override
        public Object start(Execution execution) {
            return startInPlace(execution);
        }

        @Override
        public Object startInPlace(Execution execution) {
            begin();
            state = 1;
            awaited.start(execution);
            return execution.suspended(this);
        }

        @Override
        protected Object resume(Execution execution) {
            throw new Boom("hasty");
        }

        @Override
        public StackTraceElement location() {
            return new StackTraceElement("Hasty", "hasty", "Hasty.java", 1);
        }
    }

    @Test
    void errors_of_java_are_failures_like_others() {
        StackOverflowError failure = new StackOverflowError();
        Task<Object> task = loop.createTask(coroutine(() -> fail(failure)));

        assertThatThrownBy(() -> run(coroutine(() -> await(task, v -> give(null)))))
                .isSameAs(failure);
    }

    @Test
    void a_keyboard_interrupt_is_kept_and_leaves_the_loop() {
        KeyboardInterrupt interrupt = new KeyboardInterrupt();
        Task<Object> task = loop.createTask(coroutine(() -> fail(interrupt)));
        loop.callSoon(() -> log("stays queued"));

        assertThatThrownBy(() -> loop.runForever()).isSameAs(interrupt);

        assertThat(task.exception()).isSameAs(interrupt);
        assertThat(loop.isRunning()).isFalse();
        assertThat(trace).isEmpty();
        turns(1);
        assertThat(trace).containsExactly("0 stays queued");
    }

    @Test
    void a_finished_coroutine_may_be_a_task() {
        assertThat(run(loop.createTask(Coroutine.of("v")))).isEqualTo("v");
        assertThat(run(loop.createTask(Coroutine.<String>done()))).isNull();
    }

    @Test
    void a_coroutine_is_good_for_one_run() {
        Coroutine<Void> used = doing(() -> log("runs"));
        run(used);

        Task<Void> again = loop.createTask(used);

        assertThatThrownBy(() -> run(again))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("cannot reuse already awaited coroutine");
        assertThat(trace).containsExactly("0 runs");
    }

    @Test
    void two_tasks_cannot_await_one_coroutine() {
        Coroutine<Void> shared = coroutine(() -> await(sleep(ms(10)), v -> give(null)));
        Task<Void> first = loop.createTask(coroutine(() -> await(shared, v -> give(null))));
        Task<Void> second = loop.createTask(coroutine(() -> await(shared, v -> give(null))));

        assertThatThrownBy(() -> run(second))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("coroutine is being awaited already");
        assertThat(run(first)).isNull();
    }

    @Test
    void null_is_no_coroutine() {
        assertThatThrownBy(() -> loop.createTask(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("createTask: a coroutine was expected, got null; an async method ends with"
                        + " `return Coroutine.done();` or `return Coroutine.of(value);`");
        assertThatThrownBy(() -> run(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("runUntilComplete: a coroutine, future or task was expected, got null");
    }

    @Test
    void a_task_that_awaits_itself_is_told_so_and_lives_on() {
        Task<String> task = loop.createTask(
                coroutine(() -> await(Asyncio.currentTask(), v -> fail(new Boom("never here")), e -> {
                    log(e.getClass().getSimpleName(), e.getMessage());
                    return await(sleep(ms(1)), v -> give("lives on"));
                })),
                "t");

        assertThat(run(task)).isEqualTo("lives on");

        assertThat(trace)
                .containsExactly(
                        "0 IllegalStateException task cannot await on itself: <Task pending name='t' cb=[runUntilComplete]>");
    }

    @Test
    void a_future_of_another_loop_is_refused() {
        EventLoop other = EventLoop.builder().virtualTime().build();
        Future<Integer> foreign = other.createFuture();

        assertThatThrownBy(() -> run(loop.createTask(coroutine(() -> await(foreign, v -> give(v))), "t")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "task <Task pending name='t' cb=[runUntilComplete]> got future <Future pending> attached to a different loop: the"
                                + " task runs in <EventLoop running=true closed=false debug=false>, the future belongs to"
                                + " <EventLoop running=false closed=false debug=false>; to await what another loop does use"
                                + " runCoroutineThreadsafe(coroutine, thatLoop)");
        assertThatThrownBy(() -> run(foreign)).isInstanceOf(IllegalArgumentException.class);
        foreign.setResult(1);
        Coroutine<Integer> awaits = coroutine(() -> await(foreign, v -> give(v)));
        assertThat(run(awaits)).isEqualTo(1);
        other.close();
    }

    @Test
    void a_stage_of_java_is_awaited_and_gives_its_value() {
        CompletableFuture<String> stage = new CompletableFuture<>();
        Task<String> task = loop.createTask(coroutine(() -> await(Asyncio.wrapFuture(stage), v -> give(v))));
        turns(1);

        stage.complete("value");
        turns(1);
        assertThat(task.isDone()).isFalse();
        turns(1);

        assertThat(task.result()).isEqualTo("value");
    }

    @Test
    void a_stage_s_failure_arrives_unwrapped() {
        Boom failure = new Boom("b");
        CompletableFuture<String> stage = new CompletableFuture<>();
        Future<String> future = Asyncio.wrapFuture(stage.thenApply(v -> v));

        stage.completeExceptionally(failure);

        assertThatThrownBy(() -> run(future)).isSameAs(failure);
    }

    @Test
    void cancelling_who_awaits_a_stage_cancels_the_stage_in_the_next_turn() {
        CompletableFuture<String> stage = new CompletableFuture<>();
        Task<String> task = loop.createTask(coroutine(() -> await(Asyncio.wrapFuture(stage), v -> give(v))));
        turns(1);

        task.cancel("enough");
        assertThat(stage).isNotDone();

        assertThatExceptionOfType(CancelledError.class)
                .isThrownBy(() -> run(task))
                .withMessage("enough");
        assertThat(stage).isCancelled();
    }

    @Test
    void a_cancelled_stage_is_a_cancelled_future() {
        CompletableFuture<String> stage = new CompletableFuture<>();
        Future<String> future = Asyncio.wrapFuture(stage);

        stage.cancel(true);

        assertThatThrownBy(() -> run(future)).isInstanceOf(CancelledError.class);
    }

    @Test
    void the_loop_knows_who_runs_and_who_is_alive() {
        Task<Void> a = loop.createTask(
                doing(() ->
                        log(Asyncio.currentTask().getName(), Asyncio.allTasks().size())),
                "a");
        Task<Void> b = loop.createTask(
                doing(() ->
                        log(Asyncio.currentTask().getName(), Asyncio.allTasks().size())),
                "b");
        loop.callSoon(() -> log("in a callback", Asyncio.currentTask()));

        assertThat(Asyncio.allTasks(loop)).containsExactly(a, b);
        turns(1);

        assertThat(trace).containsExactly("0 a 2", "0 b 1", "0 in a callback null");
        assertThat(Asyncio.allTasks(loop)).isEmpty();
    }

    @Test
    void tasks_without_a_name_are_numbered() {
        Task<Void> first = loop.createTask(Coroutine.done());
        Task<Void> second = loop.createTask(Coroutine.done(), null);

        assertThat(number(second)).isGreaterThan(number(first));
        first.setName("other");
        assertThat(first.getName()).isEqualTo("other");
        turns(1);
    }

    @Test
    void numbers_are_counted_beyond_what_a_task_keeps_of_them() {
        long before = Task.CREATED.getAndSet((1L << 32) - 2);
        Task<Void> last = loop.createTask(Coroutine.done());
        Task<Void> zero = loop.createTask(Coroutine.done());
        Task<Void> first = loop.createTask(Coroutine.done());

        assertThat(number(first)).isEqualTo((1L << 32) + 1);
        assertThat(number(zero)).isEqualTo(1L << 32);
        assertThat(number(last)).isEqualTo((1L << 32) - 1);
        Task.CREATED.set(before + 3);
        turns(1);
    }

    private static long number(Task<?> task) {
        assertThat(task.getName()).startsWith("Task-");
        return Long.parseLong(task.getName().substring("Task-".length()));
    }

    @Test
    void its_text_is_asyncio_s() {
        Future<Integer> future = loop.createFuture();
        Coroutine<Integer> coroutine = coroutine(() -> await(future, v -> give(v)));
        Task<Integer> task = loop.createTask(coroutine, "a");

        assertThat(task).hasToString("<Task pending name='a'>");
        turns(1);
        assertThat(task).hasToString("<Task pending name='a' wait_for=<Future pending>>");
        assertThat(task.getCoroutine()).isSameAs(coroutine);
        task.cancel();
        assertThat(task).hasToString("<Task cancelling name='a' wait_for=<Future cancelled>>");
        turns(1);
        assertThat(task).hasToString("<Task cancelled name='a'>");
        assertThat(run(loop.createTask(Coroutine.of(1), "b"))).isEqualTo(1);
    }

    @Test
    void only_its_coroutine_completes_a_task() {
        Task<Integer> task = loop.createTask(Coroutine.of(1), "a");

        assertThatThrownBy(() -> task.setResult(2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a task does not support setResult, its coroutine's value is its result: <Task pending"
                        + " name='a'>; use a future (loop.createFuture())");
        assertThatThrownBy(() -> task.setException(new Boom("b"))).isInstanceOf(IllegalStateException.class);
        turns(1);
    }

    @Test
    void its_stack_shows_where_it_stands_outermost_first() {
        Future<Integer> future = loop.createFuture();
        Task<Integer> task = loop.createTask(
                coroutine(() -> await(coroutine(() -> await(future, v -> give(v))), v -> give(v))), "a");

        assertThat(task.getStack()).hasSize(1);
        turns(1);
        assertThat(task.getStack()).hasSize(2);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        task.printStack(new PrintStream(out, true, StandardCharsets.UTF_8));
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "Stack for <Task pending name='a' wait_for=<Future pending>> (most recent call last):",
                        "    at Scripted.body(Scripted.java:1)",
                        "    at Scripted.body(Scripted.java:1)");
        future.setResult(1);
        turns(1);
        assertThat(task.getStack()).isEmpty();
    }

    @Test
    void a_task_whose_failure_nobody_sees_is_reported() {
        loop.createTask(coroutine(() -> fail(new Boom("unseen"))), "a");
        turns(1);

        loop.close();

        assertThat(reports).containsExactly("Task exception was never retrieved Boom: unseen");
        reports.clear();
    }

    @Test
    void a_task_that_is_pending_when_the_loop_is_closed_is_reported() {
        loop.createTask(sleep(ms(1)), "a");

        loop.close();

        assertThat(reports).containsExactly("Task was destroyed but it is pending!");
        reports.clear();
    }

    @Test
    void a_failure_of_the_last_turn_that_a_task_would_have_heard_of_is_reported() {
        Future<Void> failing = loop.createFuture();
        Future<Void> lookedAt = loop.createFuture();
        Task<Void> waits = loop.createTask(coroutine(() -> await(failing, v -> give(null))), "waits");
        loop.createTask(coroutine(() -> await(failing, v -> give(null))), "waits too");
        loop.createTask(coroutine(() -> await(lookedAt, v -> give(null))), "waits for another");
        loop.callSoon(() -> {
            failing.setException(new Boom("unheard"));
            lookedAt.setException(new Boom("seen"));
            lookedAt.exception();
        });

        turns(1);
        loop.close();

        assertThat(waits.isDone()).isFalse();
        assertThat(reports)
                .containsExactly(
                        "Task was destroyed but it is pending!",
                        "Task was destroyed but it is pending!",
                        "Task was destroyed but it is pending!",
                        "Future exception was never retrieved Boom: unheard");
        reports.clear();
    }
}
