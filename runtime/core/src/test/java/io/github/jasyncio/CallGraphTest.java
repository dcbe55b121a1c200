package io.github.jasyncio;

import static io.github.jasyncio.Asyncio.asCompleted;
import static io.github.jasyncio.Asyncio.captureCallGraph;
import static io.github.jasyncio.Asyncio.dump;
import static io.github.jasyncio.Asyncio.formatCallGraph;
import static io.github.jasyncio.Asyncio.gather;
import static io.github.jasyncio.Asyncio.printCallGraph;
import static io.github.jasyncio.Asyncio.shield;
import static io.github.jasyncio.Asyncio.taskGroup;
import static io.github.jasyncio.Asyncio.waitFor;
import static io.github.jasyncio.Asyncio.waitOn;
import static io.github.jasyncio.Scripted.await;
import static io.github.jasyncio.Scripted.coroutine;
import static io.github.jasyncio.Scripted.give;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Semantics: {@code asyncio.capture_call_graph} and its kin, of Python 3.14. */
@NullUnmarked // null is tested as well
class CallGraphTest extends LoopTest {

    private final Future<Integer> future = loop.createFuture();

    /** The tasks are left waiting at the end; some wait for each other. */
    @BeforeEach
    void expect_reports() {
        loop.setExceptionHandler((loop, context) -> {});
    }

    private Task<Object> waitsFor(String name, Supplier<Awaitable<?>> what) {
        Task<Object> task = loop.createTask(
                coroutine(() -> {
                    @SuppressWarnings("unchecked") // its value is dropped
                    Awaitable<Object> awaited = (Awaitable<Object>) what.get();
                    return await(awaited, v -> give(null));
                }),
                name);
        turns(1);
        return task;
    }

    private static List<String> namesOf(List<FutureCallGraph> graphs) {
        return graphs.stream()
                .map(g -> g.future() instanceof Task<?> task
                        ? task.getName()
                        : g.future().toString())
                .toList();
    }

    private List<String> awaitersOf(Future<?> future) {
        return namesOf(captureCallGraph(future).awaitedBy());
    }

    @Test
    void a_future_that_nobody_awaits_stands_alone() {
        assertThat(formatCallGraph(future)).isEqualTo("* <Future pending>\n");
    }

    @Test
    void tasks_that_await_a_future_are_named_in_their_order() {
        waitsFor("a", () -> future);
        future.addDoneCallback(done -> {});
        waitsFor("b", () -> future);

        assertThat(awaitersOf(future)).containsExactly("a", "b");
    }

    @Test
    void a_future_that_is_done_is_awaited_by_nobody() {
        waitsFor("a", () -> future);

        future.setResult(1);

        assertThat(awaitersOf(future)).isEmpty();
    }

    @Test
    void a_chain_of_tasks_is_printed_with_where_each_stands() {
        Task<Object> a = waitsFor("a", () -> coroutine(() -> await(future, v -> give(v))));
        waitsFor("b", () -> a);

        assertThat(formatCallGraph(future)).isEqualTo("""
                        * <Future pending>
                          + Awaited by:
                            * Task 'a'
                              + Call stack:
                              |   at Scripted.body(Scripted.java:1)
                              |   at Scripted.body(Scripted.java:1)
                              + Awaited by:
                                * Task 'b'
                                  + Call stack:
                                  |   at Scripted.body(Scripted.java:1)
                        """);
    }

    @Test
    void gather_is_passed_through() {
        waitsFor("a", () -> gather(future, loop.createFuture()));

        assertThat(awaitersOf(future)).containsExactly("a");
    }

    @Test
    void a_gathering_of_gatherings_is_passed_through() {
        waitsFor("a", () -> gather(gather(future), gather(future)));

        assertThat(awaitersOf(future)).containsExactly("a");
    }

    @Test
    void a_gathering_that_nobody_awaits_is_named_itself() {
        Future<List<Integer>> gathering = gather(future);

        assertThat(captureCallGraph(future).awaitedBy().get(0).future()).isSameAs(gathering);
    }

    @Test
    void a_gathering_that_a_failure_has_ended_waits_no_more() {
        Future<Integer> failing = loop.createFuture();
        Task<Object> a = waitsFor("a", () -> gather(failing, future));
        waitsFor("b", () -> future);
        failing.setException(new Boom("a"));
        turns(2);

        assertThat(a.isDone()).isTrue();
        assertThat(awaitersOf(future)).containsExactly("b");
    }

    @Test
    void a_shield_that_was_cancelled_waits_no_more() {
        Future<Integer> outer = shield(future);
        assertThat(captureCallGraph(future).awaitedBy().get(0).future()).isSameAs(outer);

        outer.cancel();

        assertThat(awaitersOf(future)).isEmpty();
    }

    /** In asyncio nobody awaits it then; but the others do not go on before. */
    @Test
    void an_eager_task_is_awaited_in_its_first_step_by_the_one_in_whose_step_it_begins() {
        loop.setTaskFactory(TaskFactory.EAGER);
        List<Object> seen = new ArrayList<>();
        waitsFor(
                "outer",
                () -> loop.createTask(
                        coroutine(() -> {
                            loop.createTask(
                                    coroutine(() -> {
                                        seen.add(formatCallGraph());
                                        seen.add(dump().loops().stream()
                                                .flatMap(it -> it.tasks().stream())
                                                .map(it -> it.name() + " " + it.state())
                                                .toList());
                                        return await(future, v -> give(v));
                                    }),
                                    "inner");
                            return await(future, v -> give(v));
                        }),
                        "middle"));

        assertThat(seen.get(0)).asString().matches("""
                        \\* Task 'inner'
                          \\+ Call stack:
                        (?:  \\|   at .*
                        )+  \\+ Awaited by:
                            \\* Task 'middle'
                              \\+ Call stack:
                        (?:      \\|   at .*
                        )+      \\+ Awaited by:
                                \\* Task 'outer'
                                  \\+ Call stack:
                        (?:          \\|   at .*
                        )+""");
        assertThat(seen.get(1)).isEqualTo(List.of("outer running", "middle running", "inner running"));
        assertThat(captureCallGraph(loop.allTasks().get(2)).awaitedBy()).isEmpty();
    }

    @Test
    void shield_is_passed_through() {
        waitsFor("a", () -> shield(future));

        assertThat(awaitersOf(future)).containsExactly("a");
    }

    @Test
    void wait_on_is_passed_through() {
        waitsFor("a", () -> waitOn(List.of(future, loop.createFuture()), ReturnWhen.ALL_COMPLETED));

        assertThat(awaitersOf(future)).containsExactly("a");
    }

    @Test
    void wait_for_is_passed_through() {
        waitsFor("a", () -> waitFor(future, Duration.ofSeconds(1)));

        assertThat(awaitersOf(future)).containsExactly("a");
    }

    @Test
    void wait_for_without_time_is_passed_through() {
        Task<Object> stubborn = loop.createTask(coroutine(() ->
                await(loop.createFuture(), v -> give(v), cancelled -> await(future, v -> give(v)))));
        turns(1);

        waitsFor("a", () -> waitFor(stubborn, Duration.ZERO));

        assertThat(awaitersOf(stubborn)).containsExactly("a");
    }

    @Test
    void as_completed_is_passed_through_to_all_that_wait_for_the_next() {
        var completions = asCompleted(List.of(future, loop.createFuture())).iterator();
        waitsFor("a", completions::next);
        waitsFor("b", completions::next);

        assertThat(awaitersOf(future)).containsExactly("a", "b");
    }

    @Test
    void a_task_of_a_group_is_awaited_by_the_groups_task() {
        waitsFor(
                "a",
                () -> taskGroup(group -> {
                    group.createTask(coroutine(() -> await(future, v -> give(v))), "member");
                    return Coroutine.done();
                }));
        turns(1);

        Task<?> member = loop.allTasks().get(1);
        assertThat(member.getName()).isEqualTo("member");
        assertThat(awaitersOf(member)).containsExactly("a");
    }

    @Test
    void tasks_that_await_each_other_are_a_cycle() {
        Future<Task<Object>> first = loop.createFuture();
        Task<Object> a = loop.createTask(coroutine(() -> await(first, b -> await(b, v -> give(null)))), "a");
        Task<Object> b = waitsFor("b", () -> a);
        Task<Object> outside = waitsFor("c", () -> b);
        first.setResult(b);
        turns(1);

        FutureCallGraph graph = captureCallGraph(a);

        assertThat(namesOf(graph.cycle())).containsExactly("a", "b");
        assertThat(graph.awaitedBy().get(0).awaitedBy().get(1)).isSameAs(graph);
        assertThat(captureCallGraph(outside).cycle()).isEmpty();
        assertThat(graph).hasToString("""
                        * Task 'a'
                          + Call stack:
                          |   at Scripted.body(Scripted.java:1)
                          + Awaited by:
                            * Task 'b'
                              + Call stack:
                              |   at Scripted.body(Scripted.java:1)
                              + Awaited by:
                                * Task 'c'
                                  + Call stack:
                                  |   at Scripted.body(Scripted.java:1)
                                * Task 'a' (a cycle: it awaits itself)
                        """);
    }

    @Test
    void whoever_is_reached_twice_is_written_once() {
        Task<Object> a = waitsFor("a", () -> future);
        Task<Object> b = waitsFor("b", () -> future);
        waitsFor("c", () -> gather(a, b));

        assertThat(formatCallGraph(future)).containsOnlyOnce("* Task 'c'\n").endsWith("* Task 'c' (see above)\n");
    }

    @Test
    void a_long_chain_neither_overflows_the_stack_nor_fills_the_screen() {
        Future<?> last = future;
        for (int i = 0; i < 20_000; i++) {
            Future<?> awaited = last;
            last = loop.createTask(coroutine(() -> await(awaited, v -> give(null))), "t" + i);
        }
        turns(1);

        FutureCallGraph graph = captureCallGraph(future);

        assertThat(graph.cycle()).isEmpty();
        assertThat(graph.toString().lines().count()).isLessThan(500);
        assertThat(graph.toString()).endsWith("* ... and so on\n");
    }

    @Test
    void without_an_argument_it_is_about_the_current_task() {
        List<Object> seen = new ArrayList<>();

        waitsFor("a", () -> {
            seen.add(captureCallGraph().future());
            seen.add(formatCallGraph().lines().findFirst().orElseThrow());
            return future;
        });
        loop.callSoon(() -> {
            seen.add(captureCallGraph());
            seen.add(formatCallGraph());
        });
        turns(1);

        assertThat(seen).containsExactly(Asyncio.allTasks(loop).get(0), "* Task 'a'", null, "");
    }

    @Test
    void without_an_argument_and_without_a_loop_it_is_refused() {
        assertThatThrownBy(() -> captureCallGraph())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("no running event loop on thread");
    }

    @Test
    void printing_gives_the_same_text() {
        waitsFor("a", () -> future);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        printCallGraph(future, new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(formatCallGraph(future));
    }
}
