package io.github.jasyncio.traces;

import static io.github.jasyncio.Asyncio.async;
import static io.github.jasyncio.Asyncio.await;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoroutineTracesTest extends TracesTest {

    private final List<List<String>> caught = new ArrayList<>();

    @Async
    static Coroutine<Integer> second() {
        return Coroutine.of(await(fails()) + 1);
    }

    @Async
    static Coroutine<Integer> first() {
        int value = await(second());
        return Coroutine.of(value);
    }

    @Test
    void those_who_were_suspended_follow_the_one_that_throws() {
        assertThat(traceOf(first()))
                .containsExactly(
                        "fails: throw new Boom(\"late\");",
                        "second: return Coroutine.of(await(fails()) + 1);",
                        "first: int value = await(second());",
                        RUN);
    }

    @Async
    static Coroutine<Integer> passesThrough() {
        int value = await(failsAtOnce());
        return Coroutine.of(value);
    }

    @Test
    void without_a_suspension_the_trace_is_the_same() {
        assertThat(traceOf(passesThrough()))
                .containsExactly(
                        "failsAtOnce: throw new Boom(\"at once\");",
                        "passesThrough: int value = await(failsAtOnce());",
                        RUN);
    }

    private static int plain(int number) {
        if (number >= 0) {
            throw new Boom("plain");
        }
        return number;
    }

    @Async
    static Coroutine<Integer> callsPlain() {
        await(pause());
        return Coroutine.of(plain(1));
    }

    @Async
    static Coroutine<Integer> awaitsInLambda() {
        int value = await(async(() -> {
            return Coroutine.of(await(callsPlain()));
        }));
        return Coroutine.of(value);
    }

    @Test
    void plain_methods_and_lambdas_are_in_it() {
        assertThat(traceOf(awaitsInLambda()))
                .containsExactly(
                        "plain: throw new Boom(\"plain\");",
                        "callsPlain: return Coroutine.of(plain(1));",
                        "lambda: return Coroutine.of(await(callsPlain()));",
                        "awaitsInLambda: int value = await(async(() -> {",
                        RUN);
    }

    /** Not static: the receiver is an argument of the body. */
    @SuppressWarnings("ClassCanBeStatic") // it is about one that is not
    private final class Inner {

        @Async
        Coroutine<Integer> method(long a, double b) {
            await(pause());
            await(first());
            return Coroutine.of((int) (a + b));
        }
    }

    @Test
    void a_nested_class_is_named() {
        Throwable failure = run(new Inner().method(1, 2));

        assertThat(failure.getStackTrace()[3])
                .hasToString(Inner.class.getName() + ".method(CoroutineTracesTest.java:"
                        + failure.getStackTrace()[3].getLineNumber() + ")");
        assertThat(SourceTrace.of(failure)).endsWith("method: await(first());", RUN);
    }

    @Async
    Coroutine<Integer> catches() {
        try {
            return Coroutine.of(await(second()));
        } catch (Boom e) {
            caught.add(SourceTrace.of(e));
            throw e;
        }
    }

    @Async
    Coroutine<Integer> awaitsCatching() {
        return Coroutine.of(await(catches()));
    }

    @Test
    void whoever_catches_it_on_the_way_sees_the_whole_trace() {
        List<String> trace = traceOf(awaitsCatching());

        assertThat(trace)
                .containsExactly(
                        "fails: throw new Boom(\"late\");",
                        "second: return Coroutine.of(await(fails()) + 1);",
                        "catches: return Coroutine.of(await(second()));",
                        "awaitsCatching: return Coroutine.of(await(catches()));",
                        RUN);
        assertThat(caught).containsExactly(trace);
    }

    @Async
    static Coroutine<Integer> cleansUp() {
        try {
            return Coroutine.of(await(failsAtOnce()));
        } finally {
            await(pause());
        }
    }

    @Async
    static Coroutine<Integer> awaitsCleaningUp() {
        return Coroutine.of(await(cleansUp()));
    }

    @Test
    void a_suspension_in_a_finally_block_repeats_nothing() {
        assertThat(traceOf(awaitsCleaningUp()))
                .containsExactly(
                        "failsAtOnce: throw new Boom(\"at once\");",
                        "cleansUp: return Coroutine.of(await(failsAtOnce()));",
                        "awaitsCleaningUp: return Coroutine.of(await(cleansUp()));",
                        RUN);
    }

    @Async
    static Coroutine<Integer> wraps(boolean suspends) {
        try {
            return Coroutine.of(await(suspends ? fails() : failsAtOnce()));
        } catch (Boom e) {
            throw new IllegalStateException("wrapped", e);
        }
    }

    @Async
    static Coroutine<Integer> awaitsWrapping(boolean suspends) {
        return Coroutine.of(await(wraps(suspends)));
    }

    @Test
    void a_cause_shares_its_end_with_what_it_caused() {
        for (boolean suspends : new boolean[] {false, true}) {
            Throwable failure = run(awaitsWrapping(suspends));
            StringWriter text = new StringWriter();

            failure.printStackTrace(new PrintWriter(text));

            assertThat(SourceTrace.of(failure))
                    .containsExactly(
                            "wraps: throw new IllegalStateException(\"wrapped\", e);",
                            "awaitsWrapping: return Coroutine.of(await(wraps(suspends)));",
                            RUN);
            assertThat(SourceTrace.of(requireNonNull(failure.getCause())))
                    .endsWith(
                            "wraps: return Coroutine.of(await(suspends ? fails() : failsAtOnce()));",
                            "awaitsWrapping: return Coroutine.of(await(wraps(suspends)));",
                            RUN);
            assertThat(text.toString())
                    .containsSubsequence("Caused by", ".wraps(", "\t... ", " more")
                    .doesNotContain("$async$");
        }
    }

    @Async
    static Coroutine<Integer> recurses(int depth) {
        if (depth == 0) {
            return Coroutine.of(await(fails()));
        }
        return Coroutine.of(await(recurses(depth - 1)));
    }

    @Test
    void every_level_of_a_recursion_is_there() {
        assertThat(traceOf(recurses(100)))
                .hasSize(1 + 1 + 100 + 1)
                .filteredOn("recurses: return Coroutine.of(await(recurses(depth - 1)));"::equals)
                .hasSize(100);
    }

    @Async
    static Coroutine<Integer> recursesUnevenly(int depth) {
        if (depth % 3 == 1) {
            await(pause());
        }
        return Coroutine.of(depth == 0 ? await(failsAtOnce()) : await(recursesUnevenly(depth - 1)));
    }

    @Test
    void levels_that_were_suspended_are_not_taken_for_those_that_were_not() {
        assertThat(traceOf(recursesUnevenly(10))).hasSize(1 + 11 + 1);
    }

    @Async
    static Coroutine<Integer> recursesSlowly(int depth) {
        await(pause());
        return Coroutine.of(depth == 0 ? await(fails()) : await(recursesSlowly(depth - 1)));
    }

    @Test
    void a_trace_is_as_long_as_the_longest_of_the_virtual_machine() {
        assertThat(run(recursesSlowly(5_000)).getStackTrace()).hasSize(1024);
    }

    @Async
    static Coroutine<Integer> overflows() {
        await(pause());
        return Coroutine.of(overflow(0));
    }

    private static int overflow(int depth) {
        return depth < 0 ? depth : overflow(depth + 1) + 1;
    }

    @Test
    void what_the_virtual_machine_has_cut_off_is_not_continued() {
        Throwable failure = run(overflows());

        assertThat(failure).isInstanceOf(StackOverflowError.class);
        assertThat(SourceTrace.openOf(failure))
                .hasSize(1024)
                .containsOnly("overflow: return depth < 0 ? depth : overflow(depth + 1) + 1;");
    }
}
