package io.github.jasyncio.transform.targets.java8;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.transform.harness.Probes.at;
import static io.github.jasyncio.transform.harness.Probes.log;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;

/** Awaits in conditions of all forms. */
class ConditionsTarget {

    static boolean truth(boolean b) {
        log("truth " + b);
        return b;
    }

    @Async
    static Coroutine<String> if_else() {
        String r = "";
        for (int i = 0; i < 4; i++) {
            if (await(at(i)) == 1) {
                r += await(at("one"));
            } else if (await(at(i)) == 2 && truth(true)) {
                r += "two";
            } else if (!(await(at(i > 2)))) {
                r += await(at("zero"));
            } else {
                r += i;
            }
        }
        return Coroutine.of(r);
    }

    @Async
    static Coroutine<Boolean> and_or() {
        boolean a = truth(true) && await(at(false)) || await(at(true)) && truth(false);
        boolean b = await(at(true)) || await(at(true));
        boolean c = await(at(false)) && await(at(true));
        boolean d = !(await(at(true)) && !await(at(false)) || c) ^ await(at(b));
        return Coroutine.of(a | b & c ^ d);
    }

    @Async
    static Coroutine<String> and_or_as_arguments() {
        return Coroutine.of(String.format(
                "%s %s %s",
                await(at(true)) && truth(false),
                truth(false) || await(at(true)),
                await(at(1)) > 0 ? await(at(false)) || truth(true) : "no"));
    }

    @Async
    static Coroutine<String> ternaries() {
        int n = await(at(2));
        String s = n > 1 ? await(at("big")) : "small";
        long l = n == 2 ? await(at(5L)) : n;
        Object o = n != 2 ? (Object) await(at(1)) : n > 5 ? await(at("x")) : 'c';
        double d = await(at(false)) ? await(at(1)) : await(at(2.5));
        return Coroutine.of(s + l + o + d + (await(at(true)) ? 1 : 2L));
    }

    @Async
    static Coroutine<String> ternary_below_and_above() {
        boolean t = await(at(true));
        return Coroutine.of("a" + (t ? 1 : 2) + (t ? await(at("b")) : "c") + (t ? await(at(3L)) : 4L)
                + (await(at(false)) ? "d" : t ? "e" : await(at("f"))));
    }

    @Async
    static Coroutine<String> ternary_of_coroutines() {
        String r = "";
        for (int i = 0; i < 3; i++) {
            r += await(i == 0 ? at("a") : i == 1 ? other(i) : Coroutine.of("d"));
        }
        return Coroutine.of(r);
    }

    @Async
    private static Coroutine<String> other(int i) {
        return Coroutine.of("other" + i + await(at("!")));
    }

    @Async
    static Coroutine<Integer> ternary_of_different_classes() {
        Number n = await(at(true)) ? (Number) Integer.valueOf(1) : (Number) Double.valueOf(2);
        Comparable<?> c = await(at(false)) ? "s" : Integer.valueOf(3);
        CharSequence q = await(at(false)) ? "s" : new StringBuilder("b");
        await(at(0));
        return Coroutine.of(n.intValue() + c.hashCode() + q.length());
    }

    @Async
    static Coroutine<String> conditional_with_operands_below() {
        String[] a = {"x", "y"};
        a[await(at(1)) > 0 ? 1 : 0] = "p" + (await(at(1)) < 0 ? a[0] : await(at(true)) ? a[1] : null);
        return Coroutine.of(a[0] + a[1]);
    }

    @Async
    static Coroutine<Boolean> instance_of() {
        Object o = await(at((Object) "text"));
        boolean r = o instanceof String && ((String) o).length() == await(at(4));
        return Coroutine.of(r && await(at(o)) instanceof Comparable);
    }

    @Async
    static Coroutine<String> conditions_on_constants() {
        if (true) {
            log(await(at(1)));
        }
        while (true) {
            if (await(at(true))) {
                break;
            }
        }
        final boolean debug = false;
        if (debug) {
            log(await(at(2)));
        }
        return Coroutine.of(debug ? await(at("a")) : await(at("b")));
    }

    @Async
    static Coroutine<String> negations_and_comparisons_in_sequence() {
        int a = await(at(1));
        long b = 2;
        String r = "";
        if (!(a < b) || !(await(at(3L)) >= b)) {
            r += "1";
        }
        if (a < b == await(at(true))) {
            r += "2";
        }
        if ((a & 1) != 0 ^ await(at(false)) != (b > 1)) {
            r += "3";
        }
        return Coroutine.of(r);
    }
}
