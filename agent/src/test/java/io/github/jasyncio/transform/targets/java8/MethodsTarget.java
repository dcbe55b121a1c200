package io.github.jasyncio.transform.targets.java8;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.transform.harness.Probes.at;
import static io.github.jasyncio.transform.harness.Probes.io;
import static io.github.jasyncio.transform.harness.Probes.log;
import static io.github.jasyncio.transform.harness.Probes.stage;

import io.github.jasyncio.Async;
import io.github.jasyncio.Awaitable;
import io.github.jasyncio.Coroutine;

/** Async methods of all kinds: how they are found and called must not change. */
class MethodsTarget {

    private int count;

    @Async
    private Coroutine<Integer> privately(int n) {
        count += await(at(n));
        return Coroutine.of(count);
    }

    @Async
    private static Coroutine<Long> privatelyStatic(long a, int b, double c) {
        return Coroutine.of(a + b + (long) c + await(at(1L)));
    }

    @Async
    Coroutine<String> private_methods() {
        return Coroutine.of(await(privately(1)) + " " + await(privatelyStatic(2, 3, 4.5)) + " " + await(privately(2)));
    }

    @Async
    public static final Coroutine<Double> modifiers() {
        return Coroutine.of(1.1 * await(at(3.3)));
    }

    @Async
    static Coroutine<String> without_await() {
        log("runs");
        return Coroutine.of("no await");
    }

    @Async
    static Coroutine<Void> without_value() {
        log(await(at("x")));
        return Coroutine.done();
    }

    @Async
    static Coroutine<Void> await_as_last_statement() {
        await(at("x"));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<String> overloaded(int i) {
        return Coroutine.of("int" + await(at(i)));
    }

    @Async
    private static Coroutine<String> overloaded(long l) {
        return Coroutine.of("long" + await(at(l)));
    }

    @Async
    private static Coroutine<String> overloaded(Object... o) {
        return Coroutine.of("objects" + await(at(o.length)));
    }

    @Async
    static Coroutine<String> overloads_and_varargs() {
        return Coroutine.of(await(overloaded(1))
                + await(overloaded(1L))
                + await(overloaded())
                + await(overloaded("a", await(at("b")), 3)));
    }

    static String plainVarargs(int first, long... rest) {
        return first + java.util.Arrays.toString(rest);
    }

    @Async
    static Coroutine<String> plain_varargs() {
        return Coroutine.of(plainVarargs(await(at(1))) + plainVarargs(1, await(at(2L)), 3, await(at(4))));
    }

    abstract static class Base<T> {

        String name = "base";

        abstract Coroutine<T> convert(T in);

        @Async
        Coroutine<String> describe(int i) {
            return Coroutine.of(name + i + await(at("base")));
        }

        @Async
        protected Coroutine<T> twice(T in) {
            T once = await(convert(in));
            return convert(once);
        }
    }

    static class Derived extends Base<String> {

        @Override
        @Async
        Coroutine<String> convert(String in) {
            return Coroutine.of(in + await(at("+")));
        }

        @Override
        @Async
        Coroutine<String> describe(int i) {
            String s = await(super.describe(i + 1));
            return Coroutine.of("derived(" + s + await(at(name)) + ")");
        }
    }

    static class Third extends Derived {

        @Override
        @Async
        Coroutine<String> describe(int i) {
            try {
                return Coroutine.of("third" + await(super.describe(await(at(i)))));
            } finally {
                log("left third");
            }
        }

        @Override
        @Async
        protected Coroutine<String> twice(String in) {
            return super.twice(in + await(at("t")));
        }
    }

    @Async
    static Coroutine<String> overriding_bridges_and_super() {
        Base<String> b = await(at(new Derived()));
        Base<String> t = new Third();
        return Coroutine.of(await(b.convert("x"))
                + await(b.describe(1))
                + await(b.twice("y"))
                + await(t.describe(5))
                + await(t.twice("z")));
    }

    interface Shape {

        Coroutine<Double> area();

        @Async
        default Coroutine<String> label(String prefix) {
            return Coroutine.of(prefix + await(area()) + this + await(at("!")));
        }

        @Async
        static Coroutine<Shape> square(double side) {
            double known = await(at(side));
            return Coroutine.of(new Shape() {
                @Override
                @Async
                public Coroutine<Double> area() {
                    return Coroutine.of(known * await(at(known)));
                }

                @Override
                public String toString() {
                    return "square";
                }
            });
        }
    }

    static class Circle implements Shape {

        @Override
        @Async
        public Coroutine<Double> area() {
            return Coroutine.of(3.0 * await(at(1)));
        }

        @Override
        @Async
        public Coroutine<String> label(String prefix) {
            return Coroutine.of("circle" + await(Shape.super.label(prefix)));
        }

        @Override
        public String toString() {
            return "circle";
        }
    }

    @Async
    static Coroutine<String> interface_default_and_static() {
        Shape s = await(Shape.square(2));
        return Coroutine.of(await(s.label("a")) + await(new Circle().label("b")));
    }

    @Async
    private static <T extends Comparable<T>> Coroutine<T> max(T a, T b) {
        return Coroutine.of(await(at(a)).compareTo(await(at(b))) > 0 ? a : b);
    }

    @Async
    static Coroutine<String> generic_methods() {
        int i = await(max(1, 2));
        String s = await(max("a", await(max("b", "c"))));
        return Coroutine.of(s + i);
    }

    @Async
    static Coroutine<Integer> recursion() {
        return Coroutine.of(await(fib(6)));
    }

    @Async
    private static Coroutine<Integer> fib(int n) {
        return n < 2
                ? Coroutine.of(n)
                : Coroutine.of(await(fib(n - 1)) + await(fib(n - 2)) + (n == 4 ? await(at(0)) : 0));
    }

    @Async
    static Coroutine<String> mutual_recursion() {
        return Coroutine.of(await(even(5)) + "" + await(even(await(at(4)))));
    }

    @Async
    private static Coroutine<Boolean> even(int n) {
        if (n == 0) {
            return Coroutine.of(true);
        }
        return odd(n - await(at(1)));
    }

    @Async
    private static Coroutine<Boolean> odd(int n) {
        return n == 0 ? Coroutine.of(false) : even(n - 1);
    }

    class Inner {

        int own = 3;

        @Async
        Coroutine<Integer> sum() {
            return Coroutine.of(own + count + await(at(1)) + await(privately(own)));
        }

        class Innermost {

            @Async
            Coroutine<Integer> sum() {
                own += await(at(1));
                count += own;
                return Inner.this.sum();
            }
        }
    }

    @Async
    Coroutine<Integer> inner_classes() {
        Inner inner = new Inner();
        return Coroutine.of(await(inner.sum()) + await(inner.new Innermost().sum()));
    }

    @Async
    Coroutine<Integer> anonymous_and_local_classes() {
        final int captured = await(at(5));
        class Local {
            @Async
            Coroutine<Integer> value(int x) {
                return Coroutine.of(captured + x + await(at(x)) + count);
            }
        }
        Object o = new Object() {
            @Async
            Coroutine<Integer> value() {
                return Coroutine.of(captured * await(new Local().value(2)));
            }

            @Override
            public int hashCode() {
                return 3;
            }
        };
        return Coroutine.of(await(new Local().value(1)) + o.hashCode());
    }

    enum Operation {
        PLUS {
            @Override
            @Async
            Coroutine<Integer> apply(int a, int b) {
                return Coroutine.of(await(at(a)) + await(at(b)));
            }
        },
        TIMES {
            @Override
            @Async
            Coroutine<Integer> apply(int a, int b) {
                return Coroutine.of(a * await(at(b)));
            }
        };

        abstract Coroutine<Integer> apply(int a, int b);

        @Async
        Coroutine<String> show() {
            return Coroutine.of(name() + await(at(ordinal())));
        }
    }

    @Async
    static Coroutine<String> enums() {
        String r = "";
        for (Operation o : Operation.values()) {
            r += await(o.show()) + await(o.apply(3, 4));
        }
        return Coroutine.of(r + Operation.valueOf(await(at("PLUS"))));
    }

    @Async
    static Coroutine<Object> types_of_awaitables() {
        Awaitable<String> a = at("awaitable");
        java.util.concurrent.CompletionStage<Integer> s = stage(1);
        java.util.concurrent.CompletableFuture<Integer> f = stage(2).toCompletableFuture();
        Coroutine<Long> c = at(3L);
        return Coroutine.of(await(a) + await(s) + await(f) + await(c) + await(stage("direct")));
    }

    @Async
    static Coroutine<Object> stages_in_try() {
        String r = "";
        for (int i = 0; i < 3; i++) {
            try {
                r += await(stage(i));
            } catch (IllegalStateException e) {
                r += e.getMessage() + await(stage("caught"));
            } finally {
                r += await(stage("f"));
            }
        }
        return Coroutine.of(r);
    }

    @Async
    Coroutine<Integer> this_in_expressions() {
        this.count = await(at(this.count + 1));
        MethodsTarget that = this;
        that.count += await(that.privately(this.count));
        return Coroutine.of(that.count);
    }

    @Async
    static Coroutine<Integer> parameters_are_assigned() {
        return Coroutine.of(await(assigning(1, 2L, "s", new int[] {1})));
    }

    @Async
    private static Coroutine<Integer> assigning(int i, long l, String s, int... a) {
        i += await(at(1));
        l = i * l + await(at(2L));
        s = s + l + await(at("t"));
        a = new int[] {await(at(1)), a[0]};
        return Coroutine.of(i + (int) l + s.length() + a.length + a[1]);
    }
}
