package io.github.jasyncio.callgraph;

import static io.github.jasyncio.Asyncio.allTasks;
import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.formatCallGraph;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.run;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.taskGroup;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Future;
import io.github.jasyncio.Task;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Where tasks of real programs stand, with lines; those of this file are replaced by what is written there. */
class WhereTest {

    private static final String OWN = WhereTest.class.getName() + ".";

    private String seen = "";

    /** Places of this class without its name and the numbers of lines, which change with every edit. */
    private static String shortened(String text) {
        return text.replace(OWN, "").replaceAll("WhereTest\\.java:\\d+", "WhereTest.java:N");
    }

    // ------------------------------------------------------------------------------------------------ a running task

    @Async
    private Coroutine<Void> looks(boolean suspendsBefore) {
        if (suspendsBefore) {
            await(sleep(Duration.ZERO));
        }
        await(looksHere());
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> looksHere() {
        look();
        await(sleep(Duration.ZERO));
        return Coroutine.done();
    }

    private void look() {
        seen = shortened(formatCallGraph());
    }

    @Async
    private Coroutine<Void> group() {
        allTasks().get(0).setName("main");
        await(taskGroup(group -> {
            group.createTask(looks(true), "looks");
            return Coroutine.done();
        }));
        return Coroutine.done();
    }

    @Test
    void a_running_task_is_shown_with_the_methods_that_it_is_in() {
        run(group());

        assertThat(seen).isEqualTo("""
                * Task 'looks'
                  + Call stack:
                  |   at look(WhereTest.java:N)
                  |   at looksHere(WhereTest.java:N)
                  |   at looks(WhereTest.java:N)
                  + Awaited by:
                    * Task 'main'
                      + Call stack:
                      |   at io.github.jasyncio.Asyncio.taskGroup(Asyncio.java)
                      |   at group(WhereTest.java:N)
                """);
    }

    // ------------------------------------------------------------------------------------------------ eager calls

    @Async
    private CompletableFuture<Integer> outer(Task<Integer> task) {
        return CompletableFuture.completedFuture(await(inner(task)));
    }

    @Async
    private CompletableFuture<Integer> inner(Task<Integer> task) {
        return CompletableFuture.completedFuture(await(task) + 1);
    }

    @Async
    private Coroutine<Integer> waitsForEagerCalls(Task<Integer> task) {
        return Coroutine.of(await(outer(task)));
    }

    @Async
    private static Coroutine<Integer> awaits(Future<Integer> future) {
        return Coroutine.of(await(future));
    }

    @Async
    private Coroutine<Void> eager() {
        Future<Integer> future = getRunningLoop().createFuture();
        Task<Integer> task = createTask(awaits(future), "awaited");
        Task<Integer> waits = createTask(waitsForEagerCalls(task), "waits");
        await(sleep(Duration.ZERO));
        await(sleep(Duration.ZERO));
        seen = shortened(formatCallGraph(future));
        future.setResult(1);
        assertThat(await(waits)).isEqualTo(2);
        return Coroutine.done();
    }

    @Test
    void calls_of_the_eager_kind_are_part_of_the_stack_of_whoever_awaits_them() {
        run(eager());

        assertThat(seen).isEqualTo("""
                * <Future pending>
                  + Awaited by:
                    * Task 'awaited'
                      + Call stack:
                      |   at awaits(WhereTest.java:N)
                      + Awaited by:
                        * Task 'waits'
                          + Call stack:
                          |   at inner(WhereTest.java:N)
                          |   at outer(WhereTest.java:N)
                          |   at waitsForEagerCalls(WhereTest.java:N)
                """);
    }

    // ------------------------------------------------------------------------------------------------ printStack

    @Async
    private Coroutine<Void> prints() {
        Task<Void> waits = createTask(looks(true), "waits");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        await(sleep(Duration.ZERO));
        waits.printStack(new PrintStream(out, true, StandardCharsets.UTF_8));
        for (Task<?> task : allTasks()) {
            if (task != waits) {
                task.setName("prints");
                task.printStack(new PrintStream(out, true, StandardCharsets.UTF_8));
            }
        }
        await(waits);
        seen = shortened(out.toString(StandardCharsets.UTF_8));
        return Coroutine.done();
    }

    @Test
    void print_stack_shows_a_suspended_and_a_running_task() {
        run(prints());

        assertThat(seen).isEqualTo("""
                Stack for <Task pending name='waits'> (most recent call last):
                    at looks(WhereTest.java:N)
                Stack for <Task pending name='prints' cb=[runUntilComplete]> (most recent call last):
                    at prints(WhereTest.java:N)
                """);
    }
}
