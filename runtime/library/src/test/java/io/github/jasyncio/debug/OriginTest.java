package io.github.jasyncio.debug;

import static io.github.jasyncio.debug.Orders.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Future;
import io.github.jasyncio.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where things were made: in their text form, and in what is reported of them. */
class OriginTest extends DebugTest {

    @Test
    void text_forms_end_with_the_place() {
        Future<Integer> future = loop.createFuture();
        Task<Task<Void>> spawner = loop.createTask(Orders.spawnsWaiting(), "spawner");

        Task<Void> waiting = loop.runUntilComplete(spawner);

        assertThat(future.toString()).matches("<Future pending created at OriginTest.java:\\d+>");
        assertThat(waiting)
                .hasToString(
                        "<Task pending name='waiting' coro=<coroutine started io.github.jasyncio.Asyncio.sleep(Asyncio.java)>"
                                + " wait_for=<Future pending> created at Orders.java:" + line("spawns for long") + ">");
        assertThat(loop.callSoon(() -> {}).toString())
                .matches("<Handle lambda in " + OriginTest.class.getName() + " created at OriginTest.java:\\d+>");
        loop.setDebug(false);
        assertThat(loop.<Integer>createFuture()).hasToString("<Future pending>");
        waiting.cancel();
        turns(2);
    }

    @Test
    void a_task_that_is_pending_when_the_loop_is_closed_is_reported_with_it() {
        loop.runUntilComplete(Orders.spawnsWaiting());

        loop.close();

        String report = """
                SEVERE Task was destroyed but it is pending!
                created at:
                    at io.github.jasyncio.debug.Orders.spawnsWaiting(Orders.java:%1$d)
                task: <Task pending name='waiting' coro=<coroutine started io.github.jasyncio.Asyncio.sleep(Asyncio.java)> \
                wait_for=<Future pending> created at Orders.java:%1$d>""";
        assertThat(log.messages()).containsExactly(report.formatted(line("spawns for long")));
    }

    @Test
    void an_exception_that_was_never_retrieved_is_reported_with_it() {
        loop.runUntilComplete(Orders.spawnsFailing());
        turns(1);

        loop.close();

        String report = """
                SEVERE Task exception was never retrieved
                created at:
                    at io.github.jasyncio.debug.Orders.spawnsFailing\\(Orders.java:%1$d\\)
                future: <Task finished name='failing'.* exception=java.lang.IllegalStateException: sold out.*>""";
        assertThat(log.messages()).singleElement().asString().matches(report.formatted(line("spawns")));
    }

    @Test
    void a_callback_that_fails_is_reported_with_it() {
        loop.runUntilComplete(Orders.schedulesFailing());

        String report = """
                SEVERE Exception in callback failing
                created at:
                    at io.github.jasyncio.debug.Orders.schedulesFailing(Orders.java:%1$d)
                handle: <Handle failing created at Orders.java:%1$d>""";
        assertThat(log.messages()).containsExactly(report.formatted(line("schedules")));
    }

    @Test
    void an_exception_handler_is_given_the_stack() {
        Map<String, Object> told = new LinkedHashMap<>();
        loop.setExceptionHandler((source, context) -> told.putAll(context));

        loop.runUntilComplete(Orders.schedulesFailing());

        assertThat(told).containsOnlyKeys("message", "exception", "handle", "createdAt");
        assertThat(told.get("createdAt"))
                .isEqualTo(List.of(new StackTraceElement(
                        Orders.class.getName(), "schedulesFailing", "Orders.java", line("schedules"))));
    }
}
