package io.github.jasyncio.transform.targets.java17;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.transform.harness.Probes.at;
import static io.github.jasyncio.transform.harness.Probes.log;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import java.util.List;

/** Records, sealed types, patterns, text blocks, private interface methods, var. */
class NewerJavaTarget {

    record Point(int x, long y, String name) {

        Point {
            if (x < 0) {
                throw new IllegalArgumentException("negative");
            }
        }

        @Async
        Coroutine<Long> sum() {
            return Coroutine.of(x + y + await(at(name.length())));
        }

        @Async
        static Coroutine<Point> make(int x) {
            return Coroutine.of(new Point(x, await(at(2L)), "p" + await(at(x))));
        }
    }

    record Wrapper<T>(T value, List<T> more) {}

    @Async
    static Coroutine<String> records() {
        Point p = await(Point.make(1));
        Point q = new Point(await(at(3)), p.y(), await(at("q")));
        var w = new Wrapper<>(await(at(p)), List.of(q, await(at(p))));
        return Coroutine.of(w + " " + await(p.sum()) + await(w.value().sum()) + p.equals(q));
    }

    @Async
    static Coroutine<String> record_constructor_that_throws() {
        try {
            return Coroutine.of(new Point(await(at(-1)), 2, "x").toString());
        } catch (IllegalArgumentException e) {
            return Coroutine.of(e.getMessage() + await(at("!")));
        }
    }

    sealed interface Shape permits Square, Circle {}

    record Square(double side) implements Shape {}

    record Circle(double radius) implements Shape {

        @Async
        Coroutine<Double> area() {
            return Coroutine.of(3 * radius * await(at(radius)));
        }
    }

    @Async
    private static Coroutine<Double> area(Shape s) {
        if (s instanceof Square q && await(at(true))) {
            return Coroutine.of(q.side() * await(at(q.side())));
        } else if (s instanceof Circle c) {
            return c.area();
        }
        return Coroutine.of(await(at(0.0)));
    }

    @Async
    static Coroutine<Double> sealed_types_and_patterns() {
        double sum = 0;
        for (Shape s : List.of(new Square(2), new Circle(await(at(1))))) {
            sum += await(area(s));
        }
        return Coroutine.of(sum);
    }

    @Async
    static Coroutine<String> instanceof_patterns() {
        String r = "";
        for (Object o : new Object[] {"text", 5, 6L, List.of(1), new int[] {1}, null}) {
            if (await(at(o)) instanceof String s && s.length() > await(at(2))) {
                r += s;
            } else if (o instanceof Integer i) {
                r += i + await(at(i));
            } else if (!(o instanceof Long l)) {
                r += "other" + (o instanceof int[] a ? a.length + await(at(a[0])) : 0);
            } else {
                r += l * await(at(l));
            }
        }
        return Coroutine.of(r);
    }

    @Async
    static Coroutine<String> pattern_of_an_awaited_value() {
        if (!(await(at((Object) "s")) instanceof String s)) {
            throw new IllegalStateException();
        }
        await(at(0));
        return Coroutine.of(s + (await(at((Object) 1)) instanceof Integer i && i > 0 ? i + 1 : "none"));
    }

    @Async
    static Coroutine<String> text_blocks_and_var() {
        var s = """
                a
                  b %s
                """;
        var n = await(at(5));
        return Coroutine.of(s.formatted(n) + await(at("""
                c\
                d""")));
    }

    interface WithPrivateMethods {

        @Async
        private Coroutine<Integer> hidden(int n) {
            return Coroutine.of(n + await(at(1)) + base());
        }

        @Async
        private static Coroutine<Integer> hiddenStatic(int n) {
            return Coroutine.of(n * await(at(2)));
        }

        int base();

        @Async
        default Coroutine<Integer> shown() {
            return Coroutine.of(await(hidden(1)) + await(hiddenStatic(3)));
        }

        @FunctionalInterface
        interface Asking {
            Coroutine<Integer> ask(int n);
        }

        @Async
        default Coroutine<Integer> with_lambda() {
            Asking a = n -> Coroutine.of(n + base() + await(at(n)));
            return Coroutine.of(await(a.ask(4)) + await(((Asking) this::hidden).ask(5)));
        }
    }

    @Async
    static Coroutine<Integer> private_interface_methods() {
        WithPrivateMethods w = () -> 7;
        return Coroutine.of(await(w.shown()) * await(w.with_lambda()));
    }

    @Async
    static Coroutine<String> local_records_and_interfaces() {
        record Local(int a, String b) {
            @Async
            Coroutine<String> show() {
                return Coroutine.of(b + a + await(at(a)));
            }
        }
        interface Asking {
            Coroutine<String> ask(Local l);
        }
        enum Kind {
            ONE,
            TWO
        }
        Asking a = Local::show;
        return Coroutine.of(await(a.ask(new Local(await(at(1)), "b"))) + Kind.valueOf(await(at("TWO"))));
    }

    static class Closing implements AutoCloseable {
        @Override
        public void close() {
            log("closed");
        }
    }

    @Async
    static Coroutine<String> resource_variable() {
        final Closing c = await(at(new Closing()));
        try (c) {
            log(await(at("body")));
        }
        return Coroutine.of(await(at("after")));
    }

    @Async
    static Coroutine<Integer> var_of_an_anonymous_class() {
        var list = new java.util.ArrayList<Integer>(List.of(await(at(1)))) {
            @Async
            Coroutine<Integer> total() {
                int sum = 0;
                for (int i : this) {
                    sum += i + await(at(i));
                }
                return Coroutine.of(sum);
            }
        };
        list.add(await(at(5)));
        return Coroutine.of(await(list.total()));
    }
}
