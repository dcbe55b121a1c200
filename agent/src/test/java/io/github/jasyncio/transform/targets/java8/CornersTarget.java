package io.github.jasyncio.transform.targets.java8;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.transform.harness.Probes.at;
import static io.github.jasyncio.transform.harness.Probes.fail;
import static io.github.jasyncio.transform.harness.Probes.io;
import static io.github.jasyncio.transform.harness.Probes.log;
import static io.github.jasyncio.transform.harness.Probes.tap;
import static io.github.jasyncio.transform.harness.Probes.yes;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;

/** Tail calls, dead code, asserts, synchronized blocks, strings and other corners. */
class CornersTarget {

    private int field;
    private final Object lock = new Object();

    @Async
    static Coroutine<String> tail_call() {
        log(await(at("before")));
        return other(await(at(1)));
    }

    @Async
    private static Coroutine<String> other(int i) {
        return Coroutine.of("other" + i + await(at(i)));
    }

    @Async
    static Coroutine<String> tail_call_of_a_probe() {
        return at("tail");
    }

    @Async
    static Coroutine<String> tail_call_by_ternary() {
        boolean b = await(at(true));
        return b ? other(1) : await(at(false)) ? at("x") : Coroutine.of("y");
    }

    @Async
    static Coroutine<Integer> chain_of_tail_calls() {
        return down(5);
    }

    @Async
    private static Coroutine<Integer> down(int n) {
        if (n == 0) {
            return at(0);
        }
        await(at(n));
        return down(n - 1);
    }

    @Async
    static Coroutine<String> tail_call_of_a_local() {
        Coroutine<String> c = at("local");
        await(at(1));
        return c;
    }

    @Async
    static Coroutine<String> several_returns() {
        int n = await(at(2));
        if (n == 1) {
            return Coroutine.of("one");
        }
        if (n == 2) {
            if (await(at(false))) {
                return other(3);
            }
            for (; ; ) {
                return at("two");
            }
        }
        return Coroutine.of(await(at("rest")));
    }

    @Async
    static Coroutine<String> returns_null_instead_of_a_coroutine() {
        try {
            return Coroutine.of(await(nothing()));
        } catch (NullPointerException e) {
            return Coroutine.of("npe");
        }
    }

    /** Not async: gives no coroutine at all. */
    private static Coroutine<String> nothing() {
        return null;
    }

    @Async
    static Coroutine<Integer> awaits_on_one_line() {
        int a = await(at(1));
        int b = await(at(2));
        int c = a * await(at(3)) + b * await(at(4));
        return Coroutine.of(c);
    }

    @Async
    static Coroutine<Integer> await_of_await() throws Exception {
        return Coroutine.of(await(at(await(at(await(at(await(at(1)) + 1)) + 1)) + 1)));
    }

    @Async
    static Coroutine<Coroutine<Integer>> coroutine_as_a_value() {
        Coroutine<Coroutine<Integer>> c = at(Coroutine.of(5));
        int x = await(await(c));
        return Coroutine.of(Coroutine.of(x)).getClass() == null ? c : Coroutine.of((Coroutine<Integer>) null);
    }

    @Async
    Coroutine<String> synchronized_around_no_await() {
        String r = await(at("a"));
        synchronized (lock) {
            field++;
            r += field;
        }
        synchronized (this) {
            synchronized (lock) {
                field += 2;
            }
        }
        r += await(at("b"));
        try {
            synchronized (lock) {
                fail("inside");
            }
        } catch (IllegalStateException e) {
            r += Thread.holdsLock(lock) + await(at("c"));
        }
        return Coroutine.of(r + field);
    }

    @Async
    static Coroutine<Integer> asserts() {
        int n = await(at(3));
        assert n > 2;
        assert n == 3 : "n is " + n;
        assert await(at(true)) : await(at("not evaluated"));
        try {
            assert await(at(n)) == 4 : "was " + await(at("message"));
        } catch (AssertionError e) {
            log(e.getMessage());
        }
        return Coroutine.of(n);
    }

    @Async
    static Coroutine<String> dead_code_behind_an_endless_loop() {
        int n = 0;
        try {
            while (true) {
                n += await(at(1));
                if (n > 3) {
                    throw new IllegalStateException("out");
                }
            }
        } catch (IllegalStateException e) {
            return Coroutine.of(e.getMessage() + n);
        } finally {
            log("finally");
        }
    }

    @Async
    @SuppressWarnings("finally")
    static Coroutine<String> dead_code_behind_finally() {
        try {
            return Coroutine.of(await(at("try")));
        } finally {
            while (yes()) {
                log(await(at("finally")));
                return Coroutine.of("from finally");
            }
        }
    }

    @Async
    static Coroutine<String> string_concatenation() {
        String s = "a" + await(at(1)) + 'c' + await(at(2L)) + 1.5f + await(at(2.5)) + null + await(at(true)) + "\u0001"
                + await(at("\u0002"));
        s += s + await(at((Object) null)) + (char) (await(at('a')) + 1);
        final String constant = "const" + 1;
        return Coroutine.of(constant + s + await(at(constant)));
    }

    @Async
    static Coroutine<String> long_concatenation() {
        String s = "";
        for (int i = 0; i < 3; i++) {
            s = s + i + "," + await(at(i)) + "," + (i + await(at(1))) + "," + i + await(at("x")) + "," + i + "," + i
                    + s;
        }
        return Coroutine.of(s);
    }

    @Async
    static Coroutine<String> chained_calls() {
        return Coroutine.of(await(at("  abc  "))
                .trim()
                .substring(await(at(1)))
                .concat(await(at("d")))
                .toUpperCase());
    }

    @Async
    static Coroutine<Integer> bit_operations() {
        int a = await(at(0b1010));
        long b = a << await(at(33)) | await(at(1L)) << 40 & ~await(at(0xffL)) ^ a >>> 1;
        return Coroutine.of((int) (b >> await(at(3))) + -await(at(5)) + ~a);
    }

    @Async
    static Coroutine<String> result_dropped() {
        await(at(1));
        await(at(2L));
        await(at(3.0));
        await(at("s"));
        await(other(1));
        return Coroutine.of("done");
    }

    @Async
    static Coroutine<String> boxed_arithmetic() {
        Integer a = await(at(1));
        Long b = await(at(2L));
        Double c = a + b * await(at(1.5));
        Character d = await(at('d'));
        a++;
        b += a + await(at(1));
        return Coroutine.of(a + " " + b + c + (char) (d + await(at(1))) + (a == await(at(2)) ? "eq" : "ne"));
    }

    @Async
    static Coroutine<Object> nested_array_initialisers() {
        Object[] a = {await(at(1)), new Object[] {2, await(at(3)), new int[] {4, await(at(5))}}, await(at("s"))};
        long[][] b = {{1, await(at(2L))}, new long[await(at(2))]};
        return Coroutine.of(new Object[] {a, b});
    }

    static int sideEffects(int a, long b, int c, double d, int e) {
        return (int) (a + b * 2 + c * 3 + d * 5 + e * 7);
    }

    @Async
    static Coroutine<Integer> order_of_evaluation() {
        int i = 1;
        return Coroutine.of(sideEffects(
                i++,
                tap(i++) + await(at((long) i)),
                i += await(at(3)),
                tap(2.0) * i,
                sideEffects(1, 2, i, await(at(4)), i--)));
    }

    @Async
    Coroutine<Integer> receiver_below() {
        return Coroutine.of(this.plus(await(at(1))).plus(await(at(2))).plus(this.field).field);
    }

    private CornersTarget plus(int n) {
        field += n;
        return this;
    }
}
