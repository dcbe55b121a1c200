package io.github.jasyncio.transform.targets.java8;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.transform.harness.Probes.at;
import static io.github.jasyncio.transform.harness.Probes.log;
import static io.github.jasyncio.transform.harness.Probes.tap;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import java.util.Arrays;
import java.util.List;

/** Values of all types, alive in locals or on the operand stack while a coroutine stands still. */
class ValuesTarget {

    static boolean isSet;
    byte b = 1;
    short s = 2;
    char c = 'c';
    int i = 4;
    long l = 5L;
    float f = 6f;
    double d = 7d;
    boolean z = true;
    String text = "text";

    static String join(Object... parts) {
        return Arrays.deepToString(parts);
    }

    static String all(byte b, short s, char c, int i, long l, float f, double d, boolean z, String t, int[] a) {
        return b + " " + s + " " + c + " " + i + " " + l + " " + f + " " + d + " " + z + " " + t + " "
                + Arrays.toString(a);
    }

    @Async
    static Coroutine<String> primitives_as_locals() {
        byte b = (byte) 200;
        short s = (short) 40000;
        char c = '\uffff';
        int i = Integer.MIN_VALUE;
        long l = Long.MAX_VALUE;
        float f = Float.MIN_VALUE;
        double d = -0.0;
        boolean z = true;
        int x = await(at(1));
        return Coroutine.of(all(b, s, c, i + x, l, f, d, z, "t", new int[] {1}));
    }

    @Async
    static Coroutine<String> primitives_from_await() {
        byte b = await(at((byte) -1));
        short s = await(at((short) -2));
        char c = await(at('x'));
        int i = await(at(3));
        long l = await(at(4L));
        float f = await(at(5.5f));
        double d = await(at(6.5));
        boolean z = await(at(true));
        String t = await(at("t"));
        int[] a = await(at(new int[] {1, 2}));
        return Coroutine.of(all(b, s, c, i, l, f, d, z, t, a));
    }

    @Async
    static Coroutine<String> primitives_as_stack_operands() {
        return Coroutine.of(all(
                await(at((byte) -1)),
                await(at((short) -2)),
                await(at('x')),
                await(at(3)),
                await(at(4L)),
                await(at(5.5f)),
                await(at(6.5)),
                await(at(false)),
                await(at("t")),
                await(at(new int[] {3}))));
    }

    @Async
    static Coroutine<String> one_await_at_each_depth() {
        String r = all((byte) 1, (short) 2, 'c', 4, 5L, 6f, 7d, true, "t", await(at(new int[] {4})));
        r += all((byte) 1, (short) 2, 'c', 4, 5L, 6f, 7d, await(at(true)), "t", null);
        r += all((byte) 1, (short) 2, 'c', 4, await(at(5L)), 6f, 7d, true, "t", null);
        r += all((byte) 1, await(at((short) 2)), 'c', 4, 5L, 6f, 7d, true, "t", null);
        return Coroutine.of(r);
    }

    @Async
    Coroutine<String> fields_as_stack_operands() {
        return Coroutine.of(all(b, s, c, i, l, f, d, z, text, await(at(new int[] {9}))));
    }

    @Async
    static Coroutine<Double> longs_and_doubles_mixed() {
        long a = 1;
        double b = 2;
        int c = 3;
        long d = 4;
        float e = 5;
        double f = 6;
        return Coroutine.of(a + b * (c + d * (e - f * await(at(2L)) + await(at(3.5))) - await(at(1))) / a);
    }

    @Async
    static Coroutine<Long> wide_operands_below() {
        return Coroutine.of(tap(1L) + tap(2L) * tap(3L) % (tap(4L) + await(at(5L)) + tap(6L)));
    }

    @Async
    static Coroutine<Boolean> boolean_locals_and_arrays() {
        boolean t = true;
        boolean[] all = {true, false, await(at(true))};
        all[1] |= await(at(t));
        all[0] ^= await(at(t)) & all[2];
        return Coroutine.of(all[0] | all[1] ^ t);
    }

    @Async
    static Coroutine<String> narrow_arrays() {
        byte[] b = {1, 2};
        short[] s = {3, 4};
        char[] c = {'a', 'b'};
        float[] f = {1f, 2f};
        boolean[] z = {false, true};
        b[await(at(0))] = await(at((byte) 7));
        s[await(at(1))] += await(at((short) 7));
        c[await(at(0))]++;
        f[0] /= await(at(3f));
        z[await(at(1))] = !z[await(at(0))];
        return Coroutine.of(join(b, s, c, f, z));
    }

    @Async
    static Coroutine<String> null_constants() {
        String s = null;
        Object o = null;
        int[] a = null;
        int n = await(at(1));
        s = s + o + Arrays.toString(a) + n;
        return Coroutine.of(join(null, s, await(at("x")), null));
    }

    @Async
    static Coroutine<String> null_on_the_stack() {
        return Coroutine.of(join(null, null, await(at(1)), (Object) null) + String.valueOf((Object) null));
    }

    @Async
    static Coroutine<String> null_local_then_value() {
        String s = null;
        await(at(1));
        if (await(at(true))) {
            s = "set";
        }
        await(at(2));
        return Coroutine.of(s);
    }

    @Async
    static Coroutine<Object> null_from_await() {
        Object o = await(at(null));
        String s = await(at((String) null));
        return Coroutine.of(o + s);
    }

    @Async
    static Coroutine<Integer> unboxing_null() {
        int x = await(at((Integer) null));
        return Coroutine.of(x);
    }

    @Async
    static Coroutine<Object> class_cast_behind_await() {
        Object o = "string";
        log("before");
        Object x = await(at(o));
        Integer i = (Integer) x;
        return Coroutine.of(i);
    }

    @Async
    static Coroutine<String> arrays_of_all_depths() {
        int[][] grid = new int[await(at(2))][await(at(3))];
        grid[await(at(1))][await(at(2))] = await(at(9));
        String[][][] deep = new String[2][][];
        deep[1] = new String[][] {{await(at("a"))}, {null, await(at("b"))}};
        Object[] objects = deep;
        objects[0] = await(at(new String[][] {}));
        return Coroutine.of(join(grid, deep, objects));
    }

    @Async
    static Coroutine<List<Integer>> generic_value() {
        List<Integer> list = await(at(Arrays.asList(1, 2)));
        for (int i : await(at(list))) {
            log(i + await(at(10)));
        }
        return Coroutine.of(list);
    }

    @Async
    static Coroutine<String> int_constants_of_all_sizes() {
        return Coroutine.of(
                join(-1, 0, 5, 127, 128, 32767, 32768, 0L, 1L, 2L, 0f, 1f, 2f, 3f, 0d, 1d, 2d, 'c', await(at(true))));
    }

    @Async
    static Coroutine<String> static_field_operand() {
        isSet = false;
        boolean before = isSet;
        isSet = await(at(true)) ^ isSet;
        return Coroutine.of(before + " " + isSet);
    }

    @Async
    static Coroutine<Class<?>> class_constants() {
        return Coroutine.of(await(at(true)) ? await(at(int[].class)) : String.class);
    }

    @Async
    static Coroutine<Float> conversions() {
        int i = (int) (long) await(at(1L << 40 | 7));
        byte b = (byte) (i + await(at(300)));
        char c = (char) (b * await(at(-1)));
        float f = (float) (double) await(at(1e300));
        return Coroutine.of(i + b + c + f + (short) (long) await(at(70000L)));
    }

    @Async
    static Coroutine<Boolean> comparisons_of_all_kinds() {
        boolean r = 1L < await(at(2L));
        r &= 1f >= await(at(2f));
        r |= 1d != await(at(Double.NaN));
        r ^= "a" == await(at("b"));
        r |= 3 == await(at(3)) && 4 > await(at(3));
        r ^= null == await(at(null));
        return Coroutine.of(r);
    }
}
