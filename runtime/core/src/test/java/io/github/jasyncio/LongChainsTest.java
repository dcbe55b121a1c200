package io.github.jasyncio;

import static io.github.jasyncio.Asyncio.formatCallGraph;
import static io.github.jasyncio.Asyncio.gather;
import static io.github.jasyncio.Asyncio.gatherOutcomes;
import static io.github.jasyncio.Asyncio.waitFor;
import static io.github.jasyncio.Scripted.await;
import static io.github.jasyncio.Scripted.coroutine;
import static io.github.jasyncio.Scripted.fail;
import static io.github.jasyncio.Scripted.give;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.internal.introspection.Loops;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tasks that await each other, in chains that are longer than any stack, and in circles. */
@NullUnmarked // as free as a test
@Timeout(120)
class LongChainsTest extends LoopTest {

    private static final int LENGTH = 100_000;

    private final List<Task<Object>> tasks = new ArrayList<>();

    /** By way of what a task awaits another. */
    static Stream<Named<Function<Future<Object>, Awaitable<?>>>> ways() {
        return Stream.of(
                Named.of("itself", future -> future),
                Named.of("gather", future -> gather(future)),
                Named.of("gatherOutcomes", future -> gatherOutcomes(List.of(future))),
                Named.of("waitFor", future -> waitFor(future, ms(1_000_000))));
    }

    @SuppressWarnings("unchecked") // its value is dropped
    private Task<Object> waits(String name, Function<Future<Object>, Awaitable<?>> way, int next) {
        Task<Object> task = loop.createTask(
                coroutine(() -> await(
                        (Awaitable<Object>) way.apply(next < 0 ? loop.createFuture() : tasks.get(next)),
                        v -> give(v),
                        e -> {
                            if (tasks.size() < 100) {
                                trace.add(Asyncio.currentTask().getName() + " "
                                        + e.getClass().getSimpleName());
                            }
                            return fail(e);
                        })),
                name);
        tasks.add(task);
        return task;
    }

    private void chain(int length, Function<Future<Object>, Awaitable<?>> way) {
        for (int i = 0; i < length; i++) {
            waits("t" + i, way, i - 1);
        }
        turns(1);
    }

    private void circle(int length, Function<Future<Object>, Awaitable<?>> way) {
        for (int i = 0; i < length; i++) {
            waits("t" + i, way, i == 0 ? length - 1 : i - 1);
        }
        turns(1);
    }

    private Task<Object> last() {
        return tasks.get(tasks.size() - 1);
    }

    @ParameterizedTest(name = "by way of {0}")
    @MethodSource("ways")
    void a_chain_is_cancelled_from_its_outer_end(Function<Future<Object>, Awaitable<?>> way) {
        chain(LENGTH, way);

        assertThat(last().cancel()).isTrue();
        assertThat(last().cancelling()).isEqualTo(1);
        assertThat(tasks.get(0).cancelling()).isEqualTo(1);
        runAll();

        assertThat(tasks).allMatch(Task::isDone);
        assertThat(tasks.get(0).isCancelled()).isTrue();
    }

    private void runAll() {
        run(gatherOutcomes(tasks));
    }

    @ParameterizedTest(name = "by way of {0}")
    @MethodSource("ways")
    void a_circle_is_cut_and_reported(Function<Future<Object>, Awaitable<?>> way) {
        circle(LENGTH, way);

        assertThat(last().cancel()).isTrue();
        assertThat(tasks).allMatch(task -> task.cancelling() == 1);
        runAll();

        assertThat(tasks).allMatch(Task::isDone);
        assertThat(reports)
                .singleElement()
                .asString()
                .startsWith(
                        "tasks that await each other in a circle were cancelled; the last await was cut: Task 't99999' awaits"
                                + " Task 't99998' awaits ")
                .endsWith("awaits 99990 others, of which the last awaits Task 't99999'");
        reports.clear();
    }

    @ParameterizedTest(name = "by way of {0}")
    @MethodSource("ways")
    void a_circle_ends_whoever_of_it_or_of_those_before_it_is_cancelled(Function<Future<Object>, Awaitable<?>> way) {
        circle(3, way);
        Task<Object> before = waits("before", way, 1);
        turns(1);

        before.cancel();
        runAll();

        assertThat(tasks).allMatch(Task::isDone);
        assertThat(before.isCancelled() || way.apply(before) != before).isTrue();
        assertThat(reports)
                .containsExactly("tasks that await each other in a circle were cancelled; the last await was cut:"
                        + " Task 't1' awaits Task 't0' awaits Task 't2' awaits Task 't1'");
        reports.clear();
        assertThat(trace.get(0)).isEqualTo("t2 CancelledError");
    }

    @Test
    void in_a_mixed_chain_each_is_asked_once_and_what_is_done_already_is_left_alone() {
        Future<Object> done = loop.createFuture();
        Future<Object> pending = loop.createFuture();
        done.setResult(1);
        Task<Object> inner = loop.createTask(coroutine(() -> await(pending, v -> give(v))));
        turns(1);
        Future<List<Object>> both = gather(done, inner);
        Task<List<Object>> middle = loop.createTask(coroutine(() -> await(both, v -> give(v))));
        Task<List<Object>> outer = loop.createTask(coroutine(() -> await(middle, v -> give(v))));
        turns(2);

        assertThat(outer.cancel("why")).isTrue();

        assertThat(List.of(outer.cancelling(), middle.cancelling(), inner.cancelling()))
                .containsExactly(1, 1, 1);
        assertThat(pending.isCancelled()).isTrue();
        assertThat(both.isDone()).isFalse();
        run(gatherOutcomes(outer, middle));
        assertThat(outer.isCancelled()).isTrue();
    }

    @Test
    void a_gathering_whose_children_are_all_done_is_not_cancelled_but_its_waiter_is() {
        Future<Object> child = loop.createFuture();
        Future<List<Object>> gathering = gather(child);
        Task<String> task = loop.createTask(coroutine(() ->
                await(gathering, v -> give("value"), e -> give(e.getClass().getSimpleName()))));
        turns(1);
        child.setResult(1);

        assertThat(task.cancel()).isTrue();

        assertThat(run(task)).isEqualTo("CancelledError");
        assertThat(gathering.result()).containsExactly(1);
    }

    @ParameterizedTest(name = "by way of {0}")
    @MethodSource("ways")
    void every_text_of_a_chain_is_short(Function<Future<Object>, Awaitable<?>> way) {
        List<String> lines = new ArrayList<>();
        loop.setExceptionHandler((lp, context) -> lines.add(context.get("message") + "\n" + context.get("task")));
        chain(10_000, way);

        assertThat(last().toString()).hasSizeLessThan(400);
        assertThat(last().getCoroutine().toString()).hasSizeLessThan(200);
        assertThat(formatCallGraph(tasks.get(0))).hasSizeLessThan(200_000);
        last().printStack(new PrintStream(java.io.OutputStream.nullOutputStream()));
        assertThat(Loops.open()).isNotEmpty();
        assertThat(Asyncio.dump().toTree()).isNotEmpty();
        assertThat(Asyncio.dump().toTable()).isNotEmpty();
        loop.close();

        assertThat(lines).hasSize(10_000).allMatch(line -> line.length() < 500);
    }

    @Test
    void a_future_that_many_await_has_a_short_text() {
        Future<Object> future = loop.createFuture();
        tasks.add(loop.createTask(coroutine(() -> await(future, v -> give(v))), "first"));
        turns(1);
        for (int i = 0; i < 10_000; i++) {
            waits("t" + i, f -> f, 0);
        }
        turns(1);

        assertThat(formatCallGraph(tasks.get(0))).hasSizeLessThan(200_000).endsWith("* ... and so on\n");
        assertThat(Asyncio.dump().toTable()).hasSizeLessThan(20_000_000);
        assertThat(Asyncio.dump().toString())
                .contains("awaited by t0, t1, t2, t3, t4, t5, t6, t7, t8, t9 and 9990 more");
        future.setResult(1);
        runAll();
    }
}
