package io.github.jasyncio.debug;

import static io.github.jasyncio.Asyncio.gather;
import static io.github.jasyncio.debug.Orders.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Coroutines that were made and dropped. */
class NeverAwaitedTest extends DebugTest {

    /** Of a method's coroutine, the line on which it was made, and the method that has the line. */
    private static String neverAwaited(String method, int line, String caller) {
        String report = """
                WARNING coroutine %1$s was never awaited, created at Orders.java:%3$d
                    nothing of it has run: await(%2$s(...)) runs it and waits for it, createTask(%2$s(...)) lets it run by itself
                    at io.github.jasyncio.debug.Orders.%4$s(Orders.java:%3$d)""";
        return report.formatted(method, method.substring(method.lastIndexOf('.') + 1), line, caller);
    }

    @Test
    void is_said_when_the_loop_is_closed() {
        assertThat(loop.runUntilComplete(Orders.forgetsToAwait())).isEqualTo(20);

        loop.close();

        assertThat(log.messages())
                .containsExactly(
                        neverAwaited("io.github.jasyncio.debug.Orders.price", line("dropped"), "forgetsToAwait"),
                        neverAwaited("io.github.jasyncio.Asyncio.sleep", line("dropped too"), "forgetsToAwait"));
    }

    @Test
    void a_lambda_that_awaits_is_named_as_the_compiler_names_it() {
        loop.runUntilComplete(Orders.forgetsInLambda());

        loop.close();

        assertThat(log.messages())
                .singleElement()
                .asString()
                .matches("(?s).*\n    at io.github.jasyncio.debug.Orders.lambda\\$forgetsInLambda\\$\\d+\\(Orders.java:"
                        + line("dropped in a lambda") + "\\)");
    }

    /** Loops until the collector has found it: if nothing were said this would not end. */
    @Test
    @Timeout(60)
    void is_said_while_the_loop_lives_if_the_coroutine_is_garbage() {
        loop.runUntilComplete(Orders.forgetsToAwait());

        while (log.messages().size() < 2) {
            System.gc();
        }

        assertThat(log.messages())
                .contains(neverAwaited("io.github.jasyncio.debug.Orders.price", line("dropped"), "forgetsToAwait"));
        loop.close();
        assertThat(log.messages()).hasSize(2);
    }

    @Test
    void what_is_awaited_or_given_to_somebody_who_runs_it_is_not_reported() {
        loop.runUntilComplete(Orders.forgetsNothing());
        loop.callSoon(() -> loop.createTask(Orders.price(5), "never begun"));
        turns(1);

        loop.close();

        assertThat(log.messages())
                .singleElement()
                .asString()
                .startsWith("SEVERE Task was destroyed but it is pending!")
                .contains("name='never begun'");
    }

    /** A coroutine's state tells that it was made in debug mode; nothing else may depend on that. */
    @Test
    void what_is_made_in_debug_mode_is_a_coroutine_like_any_other() {
        Coroutine<Integer> coroutine = Orders.price(1);

        assertThat(coroutine)
                .hasToString(
                        "<coroutine created io.github.jasyncio.debug.Orders.price(Orders.java:" + line("first") + ")>");
        assertThat(loop.runUntilComplete(gather(loop.createTask(coroutine)))).containsExactly(10);
    }

    @Test
    void without_debug_mode_nothing_is_recorded() {
        loop.setDebug(false);
        EventLoop quiet = EventLoop.builder().virtualTime().build();
        quiet.runUntilComplete(Orders.forgetsToAwait());

        quiet.setDebug(true);
        quiet.close();

        assertThat(log.messages()).isEmpty();
    }
}
