package io.github.jasyncio.transform;

import static java.util.stream.Collectors.joining;

import io.github.jasyncio.transform.harness.Compiler;
import io.github.jasyncio.transform.harness.Target;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many of everything; the sources are generated, because nobody wants to read them. */
class SizesTest {

    /** JVMS 4.3.3 allows 255 slots, receiver included; execution and frame want two of them. */
    @ParameterizedTest(name = "{0} arguments of {1}, static: {2}")
    @CsvSource({
        "252, int, true", "253, int, true", "254, int, true", "255, int, true",
        "251, int, false", "252, int, false", "253, int, false", "254, int, false",
        "126, long, true", "127, long, true", "126, double, false", "127, double, false",
        "254, String, true", "254, boolean, false", "100, long, false"
    })
    void as_many_arguments_as_a_method_can_have(int count, String type, boolean isStatic) {
        String modifier = isStatic ? "static " : "";
        String parameters = list(count, ", ", i -> type + " a" + i);
        String values = list(count, ", ", i -> i % 50 == 3 ? "await(at(" + literal(type, i) + "))" : literal(type, i));
        String sum = list(count, " ", i -> "s = s * 31 + String.valueOf(a" + i + ").hashCode();");

        compare("""
                @Async private %sCoroutine<Integer> many(%s) {
                    int s = await(at(0));
                    %s
                    a%d = await(at(a%d));
                    return Coroutine.of(s + String.valueOf(a%d).hashCode());
                }
                @Async %sCoroutine<Integer> call() { return Coroutine.of(await(many(%s)) + 1); }
                """.formatted(modifier, parameters, sum, count / 2, count / 3, count / 2, modifier, values));
    }

    private static String literal(String type, int i) {
        return switch (type) {
            case "int" -> "" + i;
            case "long" -> i + "L";
            case "double" -> i + ".5";
            case "boolean" -> "" + (i % 3 == 0);
            default -> "\"s" + i + "\"";
        };
    }

    @Test
    void hundreds_of_awaits() {
        compare("""
                @Async static Coroutine<Integer> run() {
                    int sum = 0;
                    %s
                    return Coroutine.of(sum);
                }
                """.formatted(list(400, "\n", i -> "sum += await(at(" + i + ")) * " + i % 7 + ";")));
    }

    /** What is known of a variable goes around a loop and into every handler: nothing may be done once for each place that writes it. */
    @Test
    void a_thousand_places_that_write_a_variable_in_a_try() {
        compare("""
                @Async static Coroutine<String> run() {
                    int n = 1;
                    Object o = "begin";
                    for (int i = 0; i < 2; i++) {
                        try {
                            %s
                            n += await(at(i));
                        } finally {
                            n++;
                        }
                    }
                    return Coroutine.of(n + await(at("end")) + o);
                }
                """.formatted(
                        list(1000, "\n", i -> "if (n %% 7 == %d) { n += 3; o = o.hashCode() + n; }".formatted(i % 7))));
    }

    @Test
    void hundreds_of_awaits_in_one_expression() {
        compare("@Async static Coroutine<Integer> run() { return Coroutine.of(%s); }"
                .formatted(list(300, " + ", i -> "await(at(" + i + "))")));
    }

    @Test
    void hundreds_of_operands_below_an_await() {
        compare("""
                @Async static Coroutine<Integer> ints() { return Coroutine.of(%sawait(at(1))%s); }
                @Async static Coroutine<Long> longs() { return Coroutine.of(%sawait(at(1L))%s); }
                """.formatted(
                list(300, "", i -> i + " + ("), ")".repeat(300), list(300, "", i -> i + "L - ("), ")".repeat(300)));
    }

    @Test
    void hundreds_of_live_locals() {
        compare("""
                @Async static Coroutine<String> run() {
                    %s
                    await(at(1));
                    long sum = 0;
                    %s
                    return Coroutine.of(sum + await(at("end")));
                }
                """.formatted(
                list(
                        150,
                        "\n",
                        i -> "long l%d = %d; String s%d = \"s%d\"; double d%d = %d;".formatted(i, i, i, i, i, i)),
                list(150, "\n", i -> "sum += l%d * %d + s%d.length() + (long) d%d;".formatted(i, i, i, i))));
    }

    @Test
    void hundreds_of_async_methods() {
        compare("""
                %s
                @Async static Coroutine<Integer> run() { return Coroutine.of(%s); }
                """.formatted(
                        list(
                                200,
                                "\n",
                                i ->
                                        "@Async private static Coroutine<Integer> m%d(int x) { return Coroutine.of(x + await(at(%d))); }"
                                                .formatted(i, i)),
                        list(200, " + ", i -> "await(m%d(%d))".formatted(i, i))));
    }

    @Test
    void deeply_nested_constructors_and_tries() {
        compare("""
                static class Pair {
                    final Object a;
                    Pair(Object a, Object b) { this.a = String.valueOf(a).length() + "" + b; }
                    public String toString() { return "(" + a + ")"; }
                }
                @Async static Coroutine<Object> constructors() { return Coroutine.of(%s"x"%s); }
                @Async static Coroutine<Integer> tries() {
                    int n = 0;
                    %s n++; %s
                    return Coroutine.of(n);
                }
                """.formatted(
                list(40, "", i -> "new Pair(await(at(" + i + ")), "),
                ")".repeat(40),
                list(8, "", i -> "try { n += await(at(" + i + ")); "),
                list(8, "", i -> "} catch (IllegalStateException e" + i + ") { n += 10 + await(at(" + i + ")); } ")));
    }

    private static String list(int count, String separator, IntFunction<String> element) {
        return IntStream.range(0, count).mapToObj(element).collect(joining(separator));
    }

    private static void compare(String members) {
        String source = """
                import static io.github.jasyncio.Asyncio.await;
                import static io.github.jasyncio.transform.harness.Probes.*;
                import io.github.jasyncio.*;
                class BigTarget {
                    %s
                }
                """.formatted(members);
        List<Target> targets = Target.in(Compiler.javac("-g").compile(Map.of("BigTarget", source)));
        targets.forEach(Target::compare);
    }
}
