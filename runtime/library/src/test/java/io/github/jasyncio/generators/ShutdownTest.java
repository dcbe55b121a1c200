package io.github.jasyncio.generators;

import static io.github.jasyncio.Asyncio.allTasks;
import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.emit;
import static io.github.jasyncio.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncGenerator;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Runner;
import io.github.jasyncio.Task;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** Semantics: {@code loop.shutdown_asyncgens}, and the hooks of {@code sys.set_asyncgen_hooks} that a loop sets. */
class ShutdownTest extends GeneratorTest {

    /** What keeps generators alive. */
    private final List<Object> kept = new ArrayList<>();

    @Async
    private AsyncGenerator<Integer> closesSlowly(String name) {
        try {
            emit(1);
        } finally {
            log.add(name + " closes");
            await(sleep(Duration.ofMillis(10)));
            log.add(name + " is closed");
        }
        return AsyncGenerator.done();
    }

    @Test
    void those_that_are_left_are_closed_together_in_the_order_in_which_they_began() {
        run(() -> {
            for (String name : List.of("a", "b", "never begun", "ended")) {
                AsyncGenerator<Integer> g = closesSlowly(name);
                kept.add(g);
                if (!name.equals("never begun")) {
                    await(g.next());
                }
                if (name.equals("ended")) {
                    await(g.close());
                }
            }
            log.clear();
            long before = loop.time();
            await(loop.shutdownAsyncGenerators());
            assertThat(loop.time() - before).isEqualTo(Duration.ofMillis(10).toNanos());
            assertThat(log).containsExactly("a closes", "b closes", "a is closed", "b is closed");
            await(loop.shutdownAsyncGenerators());
            return Coroutine.done();
        });
    }

    @Async
    private AsyncGenerator<Integer> failsToClose() {
        try {
            emit(1);
        } finally {
            check();
        }
        return AsyncGenerator.done();
    }

    private static void check() {
        throw new IllegalArgumentException("in finally");
    }

    @Test
    void what_one_fails_with_is_reported_and_the_others_are_closed() {
        run(() -> {
            AsyncGenerator<Integer> bad = failsToClose();
            AsyncGenerator<Integer> good = closesSlowly("good");
            await(bad.next());
            await(good.next());
            kept.addAll(List.of(bad, good));
            await(loop.shutdownAsyncGenerators());
            assertThat(log).containsExactly("good closes", "good is closed");
            assertThat(reports).singleElement().satisfies(report -> {
                assertThat(report.get("message"))
                        .asString()
                        .startsWith(
                                "an error occurred during closing of asynchronous generator <async generator ended>");
                assertThat(report.get("exception")).isInstanceOf(IllegalArgumentException.class);
                assertThat(report.get("asyncgen")).isSameAs(bad);
            });
            reports.clear();
            return Coroutine.done();
        });
    }

    @Test
    void one_that_begins_afterwards_is_warned_of() {
        List<String> warnings = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                warnings.add(entry.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("jasyncio");
        logger.addHandler(handler);
        try {
            run(() -> {
                await(loop.shutdownAsyncGenerators());
                AsyncGenerator<Integer> late = closesSlowly("late");
                String text = late.toString();
                await(late.next());
                await(late.close());
                assertThat(warnings)
                        .containsExactly("asynchronous generator " + text
                                + " was begun after shutdownAsyncGenerators() of " + loop + "; it may never be closed");
                return Coroutine.done();
            });
        } finally {
            logger.removeHandler(handler);
        }
    }

    @Test
    void run_closes_them_behind_the_tasks_that_it_cancels() {
        List<Object> order = new ArrayList<>();
        try (Runner runner = Runner.builder()
                .loopFactory(() -> EventLoop.builder().virtualTime().build())
                .build()) {
            runner.run(leavesBoth(order));
        }
        assertThat(order).containsExactly("task cancelled", "generator closed");
    }

    @Async
    private Coroutine<Void> leavesBoth(List<Object> order) {
        AsyncGenerator<Integer> g = notes(order, "generator closed");
        kept.add(g);
        await(g.next());
        Task<Void> task = createTask(untilCancelled(order));
        await(turn());
        assertThat(task.isDone()).isFalse();
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> untilCancelled(List<Object> order) {
        try {
            await(sleep(Duration.ofDays(1)));
        } finally {
            order.add("task cancelled");
        }
        return Coroutine.done();
    }

    @Async
    private AsyncGenerator<Integer> notes(List<Object> order, String word) {
        try {
            emit(1);
        } finally {
            await(turn());
            order.add(word);
        }
        return AsyncGenerator.done();
    }

    // ------------------------------------------------------------------------------------------------ garbage

    /** In a method of its own, so that nothing of the generator stays in a local variable. */
    @Async
    private Coroutine<WeakReference<AsyncGenerator<Integer>>> abandoned(String name) {
        AsyncGenerator<Integer> g = closesSlowly(name);
        await(g.next());
        return Coroutine.of(new WeakReference<>(g));
    }

    @Async
    private Coroutine<Void> untilCollected(WeakReference<?> reference) {
        for (int i = 0; i < 1000 && reference.get() != null; i++) {
            System.gc();
            await(sleep(Duration.ofMillis(1)));
        }
        assertThat(reference.get()).as("collected").isNull();
        await(sleep(Duration.ofMillis(50)));
        return Coroutine.done();
    }

    @Test
    void one_that_is_collected_unfinished_is_closed_by_its_loop() {
        run(() -> {
            await(untilCollected(await(abandoned("lost"))));
            for (int i = 0; i < 1000 && log.size() < 2; i++) { // the collector clears first and tells then
                System.gc();
                await(sleep(Duration.ofMillis(20)));
            }
            assertThat(log).containsExactly("lost closes", "lost is closed");
            return Coroutine.done();
        });
    }

    @Async
    private Coroutine<WeakReference<Object>> used(int steps) {
        AsyncGenerator<Integer> g = numbers(3);
        for (int i = 0; i < steps; i++) {
            await(g.next());
        }
        await(g.close());
        return Coroutine.of(new WeakReference<>(g));
    }

    @Test
    void a_loop_keeps_nothing_of_one_that_has_ended() {
        run(() -> {
            WeakReference<Object> reference = await(used(2));
            await(untilCollected(reference));
            return Coroutine.done();
        });
    }

    @Async
    private Coroutine<WeakReference<?>> asked(AsyncGenerator<Integer> g) {
        Coroutine<Integer> step = g.next();
        WeakReference<?> reference = new WeakReference<>(step);
        await(step);
        return Coroutine.of(reference);
    }

    @Test
    void one_that_stands_at_an_emit_keeps_nothing_of_whoever_asked() {
        run(() -> {
            AsyncGenerator<Integer> g = numbers(3);
            await(untilCollected(await(asked(g))));
            await(g.close());
            return Coroutine.done();
        });
    }

    /** The step under way holds the generator, and the task the step. */
    @Test
    void one_that_is_running_is_not_collected() {
        run(() -> {
            Task<Integer> asking = createTask(slowly().next());
            for (int i = 0; i < 10; i++) {
                System.gc();
                await(sleep(Duration.ofMillis(1)));
            }
            assertThat(await(asking)).isEqualTo(1);
            return Coroutine.done();
        });
    }

    @Async
    private AsyncGenerator<Integer> slowly() {
        await(sleep(Duration.ofMillis(100)));
        emit(1);
        return AsyncGenerator.done();
    }

    @Test
    void one_that_began_on_one_loop_may_end_on_another() {
        EventLoop first = EventLoop.builder().virtualTime().build();
        AsyncGenerator<Integer> g = closesSlowly("moved");
        assertThat(first.runUntilComplete(g.next())).isEqualTo(1);
        run(() -> {
            await(g.close());
            return Coroutine.done();
        });
        assertThat(log).containsExactly("moved closes", "moved is closed");
        first.runUntilComplete(first.shutdownAsyncGenerators());
        assertThat(allTasks(first)).isEmpty();
        first.close();
    }

    @Test
    void without_any_loop_the_eager_kind_may_go_through_one() {
        assertThat(eagerly().join()).isEqualTo(3);
    }

    @Async
    private CompletableFuture<Integer> eagerly() {
        int sum = 0;
        AsyncGenerator<Integer> g = countTo(2);
        while (await(g.hasNext())) {
            sum += await(g.next());
        }
        return CompletableFuture.completedFuture(sum);
    }

    @Async
    private AsyncGenerator<Integer> countTo(int n) {
        for (int i = 1; i <= n; i++) {
            emit(i);
        }
        return AsyncGenerator.done();
    }
}
