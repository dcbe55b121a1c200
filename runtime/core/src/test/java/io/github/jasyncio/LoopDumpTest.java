package io.github.jasyncio;

import static io.github.jasyncio.Asyncio.dump;
import static io.github.jasyncio.Asyncio.gather;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Scripted.await;
import static io.github.jasyncio.Scripted.coroutine;
import static io.github.jasyncio.Scripted.give;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.internal.introspection.DumpTaker;
import io.github.jasyncio.internal.introspection.LoopReader;
import io.github.jasyncio.internal.introspection.Loops;
import io.github.jasyncio.introspection.Dump;
import io.github.jasyncio.introspection.LoopDump;
import io.github.jasyncio.introspection.TaskDump;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a dump tells of real loops. */
@NullUnmarked // null is tested as well
@Timeout(60)
class LoopDumpTest extends LoopTest {

    /** The tasks are left waiting at the end. */
    @BeforeEach
    void expect_reports() {
        loop.setExceptionHandler((loop, context) -> {});
    }

    private static LoopDump of(EventLoop loop) {
        return dump().loops().stream()
                .filter(it -> it.id() == loop.inside().id())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_task_is_told_with_its_state_and_what_it_waits_for() {
        Future<Integer> future = loop.createFuture();
        Task<Integer> a = loop.createTask(coroutine(() -> await(future, v -> give(v))), "a");
        loop.createTask(coroutine(() -> await(gather(a, future), v -> give(v))), "b");
        loop.createTask(coroutine(() -> await(a, v -> give(v))), "c");
        loop.createTask(sleep(ms(5)), "d");
        turns(1);
        loop.createTask(sleep(ms(5)), "e");
        a.cancel();

        LoopDump dump = of(loop);

        assertThat(dump.thread()).isNull();
        assertThat(dump.answered()).isTrue();
        assertThat(dump.ready()).isEqualTo(3); // a, the callback of gather on the future, and e
        assertThat(dump.scheduled()).isEqualTo(1);
        assertThat(dump.turns()).isEqualTo(1);
        assertThat(dump.tasks())
                .extracting(task -> task.id() + " " + task.name() + ": " + task.state() + " for " + task.waitsFor()
                        + ", by "
                        + task.awaitedBy().stream().map(TaskDump.Awaiter::name).toList())
                .containsExactly(
                        "1 a: ready, cancelling for null, by [b, c]",
                        "2 b: waiting for a gather, by []",
                        "3 c: waiting for a, by []",
                        "4 d: waiting for a sleep, by []",
                        "5 e: ready for null, by []");
    }

    @Test
    void a_loop_that_is_closed_is_not_there_any_more() {
        loop.close();

        assertThat(Loops.open()).doesNotContain(loop.inside());
    }

    @Test
    void a_loop_tells_of_itself_while_it_runs() {
        LoopDump[] seen = new LoopDump[1];
        loop.createTask(
                coroutine(() -> {
                    seen[0] = of(loop);
                    return give(null);
                }),
                "a");
        turns(1);

        assertThat(seen[0].thread()).isEqualTo(Thread.currentThread().getName());
        assertThat(seen[0].answered()).isTrue();
        assertThat(seen[0].tasks()).extracting(TaskDump::state).containsExactly("running");
    }

    @Test
    void a_loop_on_another_thread_is_asked() throws InterruptedException {
        CountDownLatch runs = new CountDownLatch(1);
        EventLoop other = EventLoop.builder().build();
        Future<Void> end = other.createFuture();
        other.createTask(
                coroutine(() -> {
                    runs.countDown();
                    return await(end, v -> give(null));
                }),
                "a");
        Thread thread = new Thread(() -> other.runUntilComplete(end), "other");
        thread.start();
        runs.await();

        LoopDump dump = of(other);

        other.callSoonThreadsafe(() -> end.setResult(null));
        thread.join();
        assertThat(dump.thread()).isEqualTo("other");
        assertThat(dump.answered()).isTrue();
        assertThat(dump.threadStack()).isEmpty();
        assertThat(dump.tasks()).extracting(TaskDump::waitsFor).containsExactly("a future");
        other.close();
    }

    @Test
    void a_loop_that_something_blocks_is_read_from_outside() throws InterruptedException {
        CountDownLatch isBlocked = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        EventLoop other = EventLoop.builder().build();
        Task<Void> waits = other.createTask(sleep(ms(0)), "waits");
        Task<Void> blocks = other.createTask(
                coroutine(() -> {
                    isBlocked.countDown();
                    block(goOn);
                    return give(null);
                }),
                "blocks");
        Thread thread = new Thread(() -> other.runUntilComplete(blocks), "other");
        thread.start();
        isBlocked.await();

        Dump dump = DumpTaker.take(List.of(other.inside()), Duration.ZERO);

        goOn.countDown();
        thread.join();
        LoopDump busy = dump.loops().get(0);
        assertThat(busy.answered()).isFalse();
        assertThat(busy.threadStack())
                .extracting(StackTraceElement::getMethodName)
                .contains("await", "block")
                .doesNotContain("drive", "step", "takeTurns", "runTurns", "runUntilComplete");
        assertThat(busy.tasks())
                .extracting(task -> task.name() + " " + task.state())
                .containsExactly("waits ready", "blocks running");
        other.runUntilComplete(waits);
        other.close();
    }

    private static void block(CountDownLatch goOn) {
        try {
            goOn.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void of_very_many_tasks_the_rest_is_counted() {
        Future<Void> future = loop.createFuture();
        for (int i = 0; i < 10_050; i++) {
            loop.createTask(coroutine(() -> await(future, v -> give(null))));
        }

        LoopDump dump = of(loop);

        assertThat(dump.taskCount()).isEqualTo(10_050);
        assertThat(dump.tasks()).hasSize(10_000);
        assertThat(dump().toString()).contains("\n  ... and 50 more tasks\n");
    }

    @Test
    void reading_a_loop_that_changes_meanwhile_neither_fails_nor_hangs() throws InterruptedException {
        EventLoop other = EventLoop.builder().build();
        Future<Void> end = other.createFuture();
        CountDownLatch runs = new CountDownLatch(1);
        Thread thread = new Thread(() -> {
            other.callSoon(runs::countDown);
            for (int i = 0; i < 50; i++) {
                other.createTask(churn(other, end));
            }
            other.runUntilComplete(end);
        });
        thread.start();
        runs.await();

        for (int i = 0; i < 2000; i++) {
            assertThat(LoopReader.read(other.inside(), false).threadStack()).isNotEmpty();
        }

        other.callSoonThreadsafe(() -> end.setResult(null));
        thread.join();
        other.setExceptionHandler((loop, context) -> {});
        other.close();
    }

    /** Makes a task, waits for it together with others, and begins again. */
    private static Coroutine<Void> churn(EventLoop loop, Future<Void> end) {
        return coroutine(() ->
                await(gather(loop.createTask(sleep(Duration.ZERO)), loop.createTask(sleep(Duration.ofNanos(1)))), v -> {
                    if (!end.isDone()) {
                        loop.createTask(churn(loop, end));
                    }
                    return give(null);
                }));
    }
}
