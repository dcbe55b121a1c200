package io.github.jasyncio.debug;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.gather;
import static io.github.jasyncio.Asyncio.toThread;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.Awaitable;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import io.github.jasyncio.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tasks that wait in vain. A notice wakes the loop that it is about, from outside: would it not come a test would not end. */
@Timeout(60)
class DeadlockTest extends DebugTest {

    private static final String HEAD =
            " <EventLoop running=true closed=false debug=true> stands still: nothing is ready, and there is"
                    + " no timer, no channel, no signal, no call on an executor and no CompletionStage that it could wait for."
                    + " Unless another thread uses callSoonThreadsafe, these wait for ever:\n";

    private static final String WAITS_AT =
            "  + Call stack:\n  |   at io.github.jasyncio.debug.DeadlockTest.waits(DeadlockTest.java:%d)\n";

    private final List<Task<?>> tasks = new ArrayList<>();

    @BeforeEach
    void stop_the_loop_that_stands_still() {
        log.onMessage("stands still", () -> onAnotherThread(() -> loop.callSoonThreadsafe(loop::stop)));
    }

    private static Thread onAnotherThread(Runnable action) {
        Thread thread = new Thread(action);
        thread.start();
        return thread;
    }

    @Async
    static Coroutine<Integer> waits(Supplier<? extends Awaitable<Integer>> what) {
        return Coroutine.of(await(what.get()) + 1); // waits
    }

    private Task<Integer> waiting(String name, Supplier<? extends Awaitable<Integer>> what) {
        Task<Integer> task = loop.createTask(waits(what), name);
        tasks.add(task);
        return task;
    }

    @SuppressWarnings("unchecked") // only such are made
    private Task<Integer> task(int index) {
        return (Task<Integer>) tasks.get(index);
    }

    @Test
    void tasks_that_await_each_other_are_told_of_as_soon_as_they_do() {
        waiting("a", () -> task(1));
        waiting("b", () -> task(2));
        waiting("c", () -> task(0));

        turns(1);

        String at = "\n    at io.github.jasyncio.debug.DeadlockTest.waits(DeadlockTest.java:" + line() + ")";
        assertThat(log.messages())
                .containsExactly(
                        "WARNING deadlock: these tasks await each other in a circle, so none of them will ever be done\n"
                                + "Task 'c' awaits Task 'a'" + at + "\nTask 'a' awaits Task 'b'" + at
                                + "\nTask 'b' awaits Task 'c'" + at);
    }

    @Test
    void a_chain_of_tasks_is_no_circle() {
        Future<Integer> end = loop.createFuture();
        waiting("a", () -> task(1));
        waiting("b", () -> task(2));
        waiting("c", () -> end);
        loop.callLater(java.time.Duration.ofMillis(1), () -> end.setResult(1));

        assertThat(loop.runUntilComplete(task(0))).isEqualTo(4);

        assertThat(log.messages()).isEmpty();
    }

    @Test
    void a_loop_that_waits_for_nothing_it_knows_of_is_told_of_with_all_that_waits() {
        Future<Integer> never = loop.createFuture();
        waiting("outer", () -> task(1));
        waiting("inner", () -> never);

        loop.runForever();

        assertThat(log.messages())
                .containsExactly("INFO" + HEAD
                        + "* Task 'inner'\n" + WAITS_AT.formatted(line())
                        + "  + Awaited by:\n"
                        + ("* Task 'outer'\n" + WAITS_AT.formatted(line()))
                                .stripTrailing()
                                .indent(4)
                                .stripTrailing());
    }

    /** Not told of before: should another of the gathered fail, it would end. */
    @Test
    void a_circle_through_gather_is_seen_when_nothing_moves_any_more() {
        waiting("gatherer", () -> first(gather(task(1))));
        waiting("gathered", () -> task(0));

        loop.runForever();

        assertThat(log.messages())
                .singleElement()
                .asString()
                .startsWith("INFO" + HEAD)
                .contains("(a cycle: it awaits itself)");
    }

    @Async
    static Coroutine<Integer> first(Future<List<Integer>> list) {
        return Coroutine.of(await(list).get(0));
    }

    /** A wake-up that came while the loop was busy wakes it for nothing at first. */
    @Test
    void it_is_told_of_once_for_each_standstill() {
        waiting("one", () -> loop.createFuture());
        loop.callSoon(() -> joined(onAnotherThread(() -> loop.callSoonThreadsafe(() -> {}))));
        Thread thread = Thread.currentThread();
        log.onMessage(
                "stands still",
                () -> onAnotherThread(() -> {
                    while (thread.getState() != Thread.State.WAITING) {
                        Thread.onSpinWait();
                    }
                    loop.callSoonThreadsafe(loop::stop);
                }));

        loop.runForever();

        assertThat(log.messages()).hasSize(1);
    }

    private static void joined(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void work_on_other_threads_is_waited_for_in_silence() {
        assertThat(loop.runUntilComplete(waits(() -> toThread(() -> 1)))).isEqualTo(2);
        CompletableFuture<Integer> later =
                CompletableFuture.supplyAsync(() -> 1, CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS));
        assertThat(loop.runUntilComplete(awaits(later))).isEqualTo(1);

        assertThat(log.messages()).noneMatch(message -> message.contains("stands still"));
    }

    @Async
    static Coroutine<Integer> awaits(CompletableFuture<Integer> stage) {
        return Coroutine.of(await(stage));
    }

    @Test
    void a_loop_without_tasks_may_wait_for_whoever_comes() {
        Thread caller = new Thread(() -> loop.callSoonThreadsafe(loop::stop));
        loop.callSoon(caller::start);

        loop.runForever();

        assertThat(log.messages()).noneMatch(message -> message.contains("stands still"));
    }

    @Test
    void without_debug_mode_nothing_is_told() {
        EventLoop quiet = EventLoop.builder().virtualTime().build();
        List<Task<Integer>> pair = new ArrayList<>();
        pair.add(quiet.createTask(waits(() -> pair.get(1))));
        pair.add(quiet.createTask(waits(() -> pair.get(0))));
        quiet.stop();
        quiet.runForever();

        assertThat(log.messages()).isEmpty();
        quiet.close();
    }

    private static int line() {
        return Sources.line("DeadlockTest.java", "waits");
    }
}
