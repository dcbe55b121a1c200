package io.github.jasyncio.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.transform.harness.Compiler;
import io.github.jasyncio.transform.harness.Target;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Semantics: Python's coroutine objects. Here rewritten code differs from its synchronous twin, so it is held to lists of events. */
class LazinessTest {

    @Test
    void arguments_are_evaluated_at_the_call_and_the_body_runs_at_the_await() {
        assertThat(events("""
                        Coroutine<Integer> c = body(tap(1), tap(2));
                        log("called");
                        int sum = await(c);
                        return Coroutine.of(sum);
                        """))
                .containsExactly(
                        "tap 1", "tap 2", "String called", "String body", "await #0 Integer 3", "returned Integer 3");
    }

    @Test
    void a_coroutine_that_is_not_awaited_does_not_run() {
        assertThat(events("""
                        Coroutine<Integer> c = body(tap(1), tap(2));
                        return Coroutine.of(0);
                        """)).containsExactly("tap 1", "tap 2", "returned Integer 0");
    }

    @Test
    void coroutines_run_in_the_order_in_which_they_are_awaited() {
        assertThat(events("""
                        Coroutine<Integer> a = body(1, 0);
                        Coroutine<Integer> b = body(2, 0);
                        return Coroutine.of(await(b) * 10 + await(a));
                        """))
                .containsExactly(
                        "String body",
                        "await #0 Integer 2",
                        "String body",
                        "await #1 Integer 1",
                        "returned Integer 21");
    }

    @Test
    void a_failing_argument_fails_at_the_call() {
        assertThat(events("""
                        Coroutine<Integer> c = null;
                        try {
                            c = body(1 / zero(), 0);
                        } catch (ArithmeticException e) {
                            log("at the call");
                        }
                        return Coroutine.of(0);
                        """)).containsExactly("String at the call", "returned Integer 0");
    }

    @Test
    void a_failing_body_fails_at_the_await() {
        assertThat(events("""
                        Coroutine<Integer> c = failing();
                        log("called");
                        try {
                            return Coroutine.of(await(c));
                        } catch (IllegalStateException e) {
                            return Coroutine.of(-1);
                        }
                        """)).containsExactly("String called", "String failing", "returned Integer -1");
    }

    @Test
    void a_null_receiver_fails_at_the_call() {
        assertThat(events("""
                        LazyTarget none = null;
                        try {
                            Coroutine<Integer> c = none.instance();
                            log("not reached");
                        } catch (NullPointerException e) {
                            log("at the call");
                        }
                        return Coroutine.of(0);
                        """)).containsExactly("String at the call", "returned Integer 0");
    }

    @Test
    void a_lambda_runs_when_its_coroutine_is_awaited() {
        assertThat(events("""
                        java.util.function.IntFunction<Coroutine<Integer>> lambda = i -> {
                            log("lambda");
                            return Coroutine.of(await(at(i)));
                        };
                        Coroutine<Integer> c = lambda.apply(tap(5));
                        log("called");
                        return Coroutine.of(await(c));
                        """))
                .containsExactly("tap 5", "String called", "String lambda", "await #0 Integer 5", "returned Integer 5");
    }

    @Test
    void a_coroutine_cannot_be_awaited_twice() {
        assertThat(events("""
                        Coroutine<Integer> c = body(1, 2);
                        int first = await(c);
                        try {
                            await(c);
                        } catch (IllegalStateException e) {
                            log(e.getMessage().startsWith("cannot reuse already awaited coroutine"));
                        }
                        return Coroutine.of(first);
                        """)).containsExactly("String body", "await #0 Integer 3", "true", "returned Integer 3");
    }

    @Test
    void a_finished_coroutine_can_be_awaited_as_often_as_one_likes() {
        assertThat(events("""
                        Coroutine<Integer> c = Coroutine.of(4);
                        return Coroutine.of(await(c) + await(c));
                        """)).containsExactly("returned Integer 8");
    }

    private static List<String> events(String body) {
        String source = """
                import static io.github.jasyncio.Asyncio.await;
                import static io.github.jasyncio.transform.harness.Probes.*;
                import io.github.jasyncio.*;
                class LazyTarget {
                    @Async static Coroutine<Integer> run() {
                        %s
                    }
                    @Async private static Coroutine<Integer> body(int a, int b) {
                        log("body");
                        return Coroutine.of(await(at(a + b)));
                    }
                    @Async private static Coroutine<Integer> failing() {
                        log("failing");
                        throw new IllegalStateException();
                    }
                    @Async private Coroutine<Integer> instance() { return Coroutine.of(1); }
                    private static int zero() { return 0; }
                }
                """.formatted(body);
        Target target = Target.in(Compiler.javac("-g").compile(Map.of("LazyTarget", source)))
                .get(0);
        return target.events(target.constructs().get(0));
    }
}
