package io.github.jasyncio.transform.targets.java8;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.transform.harness.Probes.at;
import static io.github.jasyncio.transform.harness.Probes.io;
import static io.github.jasyncio.transform.harness.Probes.log;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedList;
import java.util.List;

/** Local variables: assigned late, out of scope, of merged types, sharing slots. */
class LocalsTarget {

    @Async
    static Coroutine<String> assigned_later() {
        int x;
        String s;
        long l;
        if (await(at(true))) {
            x = await(at(1));
            s = "a";
        } else {
            x = 2;
            s = await(at("b"));
        }
        await(at(0));
        l = x + await(at(5L));
        return Coroutine.of(x + s + l);
    }

    @Async
    static Coroutine<String> assigned_in_try() {
        final String s;
        int n;
        try {
            n = await(at(1));
        } catch (IllegalStateException e) {
            n = await(at(2));
        }
        boolean b = n == 1;
        if (b) {
            s = await(at("one"));
        } else {
            s = "two";
        }
        return Coroutine.of(s + await(at(n)) + n);
    }

    @Async
    static Coroutine<String> slots_of_several_types() {
        String r = "";
        {
            int i = await(at(1));
            r += i;
            await(at(0));
            r += i;
        }
        {
            String s = await(at("s"));
            await(at(0));
            r += s;
        }
        {
            long l = await(at(2L));
            await(at(0));
            r += l;
        }
        {
            float f = 1f;
            double d = 2d;
            await(at(0));
            r += f + d;
        }
        {
            int[] a = {1};
            Object o = await(at(a));
            await(at(0));
            r += a.length + (o == a ? "same" : "other");
        }
        for (byte b = 0; b < 2; b++) {
            boolean z = await(at(true));
            r += z;
        }
        return Coroutine.of(r);
    }

    @Async
    static Coroutine<String> slot_type_differs_by_branch() {
        String r = "";
        for (int i = 0; i < 3; i++) {
            if (i == 0) {
                long l = 5;
                await(at(0));
                r += l;
            } else if (i == 1) {
                String s = "s";
                await(at(0));
                r += s;
            } else {
                int a = 1;
                String b = "b";
                await(at(0));
                r += a + b;
            }
            await(at(i));
        }
        return Coroutine.of(r);
    }

    @Async
    static Coroutine<String> merged_types() {
        Collection<Integer> c;
        Number n;
        Object o;
        CharSequence q;
        if (await(at(true))) {
            c = new ArrayList<>(Arrays.asList(1));
            n = 1;
            o = "o";
            q = "q";
        } else {
            c = new LinkedList<>();
            n = 2.0;
            o = new int[0];
            q = new StringBuilder("q");
        }
        await(at(0));
        c.add(n.intValue() + await(at(1)));
        return Coroutine.of(c + "" + o + q.length() + n);
    }

    @Async
    static Coroutine<String> merged_array_types() {
        Object[] a = await(at(true)) ? new String[] {"a"} : new Integer[] {1};
        Object b = await(at(false)) ? new int[1] : new long[2];
        List<?>[] lists = {Arrays.asList(await(at(1))), new ArrayList<Object>()};
        await(at(0));
        return Coroutine.of(a[0] + b.getClass().getSimpleName() + lists[0]);
    }

    @Async
    static Coroutine<String> merged_in_a_loop() {
        Object o = "start";
        CharSequence s = "c";
        for (int i = 0; i < 3; i++) {
            await(at(i));
            o = i == 0 ? Integer.valueOf(i) : (Object) (o + "x");
            s = new StringBuilder(s).append(await(at(i)));
        }
        return Coroutine.of(o.toString() + s);
    }

    @Async
    static Coroutine<String> null_in_one_branch() {
        StringBuilder b = null;
        int[] a = null;
        for (int i = 0; i < 3; i++) {
            await(at(i));
            if (b == null) {
                b = new StringBuilder();
                a = new int[] {i};
            }
            b.append(await(at(i))).append(a.length);
        }
        return Coroutine.of(b.toString());
    }

    @Async
    static Coroutine<Integer> many_locals() {
        int a = 1, b = 2, c = 3, d = 4, e = 5, f = 6, g = 7, h = 8;
        long i = 9, j = 10, k = 11, l = 12;
        double m = 13, n = 14, o = 15, p = 16;
        String q = "q", r = "r", s = "s", t = "t";
        a += await(at(1));
        h += a + (int) i;
        await(at(0));
        return Coroutine.of(a
                + b
                + c
                + d
                + e
                + f
                + g
                + h
                + (int) (i + j + k + l)
                + (int) (m + n + o + p)
                + (q + r + s + t).length());
    }

    @Async
    static Coroutine<String> unused_and_dead_locals() {
        int unused = await(at(1));
        String dead = "dead" + unused;
        log(dead);
        await(at(2));
        long alive = 3;
        await(at(4));
        return Coroutine.of("" + alive);
    }

    @Async
    static Coroutine<Integer> array_elements_typed_precisely() {
        String[][] grid = {{"ab", "c"}, {"def"}};
        String[] row = grid[await(at(1))];
        await(at(0));
        String cell = row[0];
        await(at(0));
        return Coroutine.of(cell.length() + grid[0][await(at(1))].length());
    }

    @Async
    static Coroutine<String> casts_and_interfaces() {
        Object o = await(at((Object) Arrays.asList("x", "y")));
        List<?> list = (List<?>) o;
        Comparable<?> c = (Comparable<?>) list.get(await(at(0)));
        await(at(1));
        Runnable r = () -> log("ran");
        await(at(2));
        r.run();
        return Coroutine.of(list.size() + c.toString());
    }

    @Async
    static Coroutine<Integer> increments() {
        int i = 0;
        i++;
        i += 100;
        i += 1000;
        await(at(0));
        i--;
        int j = i++ + ++i + await(at(i--)) + i;
        return Coroutine.of(i + j);
    }
}
