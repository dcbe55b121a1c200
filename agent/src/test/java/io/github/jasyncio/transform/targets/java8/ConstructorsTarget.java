package io.github.jasyncio.transform.targets.java8;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.transform.harness.Probes.at;
import static io.github.jasyncio.transform.harness.Probes.io;
import static io.github.jasyncio.transform.harness.Probes.log;
import static io.github.jasyncio.transform.harness.Probes.tap;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Awaits in the arguments of constructors. */
class ConstructorsTarget {

    static class Pair {

        final Object left;
        final Object right;

        Pair(Object left, Object right) {
            log("new Pair");
            this.left = left;
            this.right = right;
        }

        Pair(long a, double b, int c, String d) {
            this(a + " " + b, c + d);
        }

        @Override
        public String toString() {
            return "(" + left + ", " + right + ")";
        }
    }

    static class Failing {

        static {
            log("Failing initialised");
        }

        Failing(Object o) {
            throw new IllegalStateException("constructor " + o);
        }
    }

    @Async
    static Coroutine<Object> first_argument() {
        return Coroutine.of(new Pair(await(at(1)), "r"));
    }

    @Async
    static Coroutine<Object> last_argument() {
        return Coroutine.of(new Pair("l", await(at(2))));
    }

    @Async
    static Coroutine<Object> wide_arguments() {
        return Coroutine.of(new Pair(tap(1L), await(at(2.5)), tap(3), await(at("d"))));
    }

    @Async
    static Coroutine<Object> nested() {
        return Coroutine.of(new Pair(await(at(1)), new Pair(await(at(2)), new Pair(new Pair(3, 4), await(at(5))))));
    }

    @Async
    static Coroutine<Object> siblings() {
        return Coroutine.of(new Pair(new Pair(await(at(1)), 2), new Pair(3, await(at(4)))));
    }

    @Async
    static Coroutine<Object> conditional_argument() {
        boolean c = await(at(true));
        return Coroutine.of(new Pair(c ? await(at("x")) : "y", !c ? new Pair(1, await(at(2))) : await(at(3))));
    }

    @Async
    static Coroutine<Object> conditional_around() {
        boolean c = await(at(false));
        return Coroutine.of(c ? new Pair(await(at(1)), 2) : new Pair(3, c ? 4 : new Pair(await(at(5)), 6)));
    }

    @Async
    static Coroutine<Object> operands_below_new() {
        return Coroutine.of(tap("below") + tap(1L) + new Pair(tap(2), await(at(3))) + tap(4));
    }

    @Async
    static Coroutine<Object> as_a_statement() {
        new Pair(await(at(1)), await(at(2)));
        return Coroutine.of(await(at("done")));
    }

    @Async
    static Coroutine<Object> result_used_several_times() {
        Pair p;
        Pair q = p = new Pair(await(at(1)), 2);
        Object[] all = {new Pair(await(at(3)), p), q};
        return Coroutine.of(Arrays.toString(all) + (p == q));
    }

    @Async
    static Coroutine<Object> boolean_operators_in_arguments() {
        boolean t = await(at(true));
        return Coroutine.of(new Pair(t && await(at(false)), !t || await(at(true)) ? 1 : await(at(2))));
    }

    @Async
    static Coroutine<Object> builder_chain() {
        return Coroutine.of(new StringBuilder(await(at("a")))
                .append(await(at(1)))
                .append(new StringBuilder().append(await(at('c'))))
                .toString());
    }

    @Async
    static Coroutine<Object> anonymous_class_with_arguments() {
        final int captured = await(at(7));
        Object o = new Pair(await(at(1)), captured) {
            final int twice = captured * 2;

            @Override
            public String toString() {
                return super.toString() + twice;
            }
        };
        return Coroutine.of(o.toString() + await(at(1)));
    }

    @Async
    static Coroutine<Object> local_class() {
        final String captured = await(at("cap"));
        class Local {
            final Object o;

            Local(Object o) {
                this.o = o;
            }

            @Override
            public String toString() {
                return captured + o;
            }
        }
        return Coroutine.of(new Local(new Local(await(at(1)))) + "" + await(at(2)));
    }

    class Inner {

        final Object o;

        Inner(Object o) {
            this.o = o;
        }

        @Override
        public String toString() {
            return "inner of " + ConstructorsTarget.this.getClass().getSimpleName() + " " + o;
        }
    }

    @Async
    Coroutine<Object> inner_class_with_outer() {
        ConstructorsTarget other = await(at(this));
        return Coroutine.of("" + new Inner(await(at(1))) + other.new Inner(await(at(2))));
    }

    @Async
    Coroutine<Object> null_outer_instance() {
        ConstructorsTarget none = await(at((ConstructorsTarget) null));
        return Coroutine.of(none.new Inner(await(at(2))));
    }

    @Async
    static Coroutine<Object> constructor_that_throws() {
        try {
            return Coroutine.of(new Failing(new Pair(1, await(at("argument")))));
        } catch (IllegalStateException e) {
            return Coroutine.of(e.getMessage() + await(at("caught")));
        }
    }

    @Async
    static Coroutine<Object> inside_try_with_locals() {
        Pair p = null;
        try {
            p = new Pair(1, 2);
            p = new Pair(p, await(at(3)));
        } catch (IllegalStateException e) {
            log("kept " + p);
        } finally {
            log(p);
        }
        return Coroutine.of(p);
    }

    @Async
    static Coroutine<Object> library_constructors() {
        List<Integer> list = new ArrayList<>(await(at(Arrays.asList(1, 2, 3))));
        list.add(new java.util.concurrent.atomic.AtomicInteger(await(at(4))).get());
        Object[] nested = {new int[await(at(2))], new String(new char[] {await(at('x')), 'y'})};
        return Coroutine.of(list + Arrays.deepToString(nested));
    }

    @Async
    static Coroutine<Object> loop_in_progress() {
        List<Object> made = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            made.add(new Pair(i, i == 1 ? null : await(at(i))));
        }
        return Coroutine.of(made);
    }

    @Async
    static Coroutine<Object> same_class_twice_in_flight() {
        return Coroutine.of(new Pair(new Pair(new Pair(await(at(1)), await(at(2))), 3), await(at(4))));
    }

    @Async
    static Coroutine<Object> lambda_as_an_argument() {
        java.util.function.Supplier<Integer> s = () -> 5;
        return Coroutine.of(new Pair((java.util.function.Supplier<Object>) () -> 1, await(at(s.get()))).right);
    }

    @Async
    static Coroutine<Object> throwable_argument() {
        throw new IllegalStateException("m" + await(at(1)), new RuntimeException(await(at("inner"))));
    }
}
