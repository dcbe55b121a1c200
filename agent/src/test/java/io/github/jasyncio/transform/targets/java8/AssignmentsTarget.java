package io.github.jasyncio.transform.targets.java8;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.transform.harness.Probes.at;
import static io.github.jasyncio.transform.harness.Probes.log;
import static io.github.jasyncio.transform.harness.Probes.tap;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;

/** Awaits on the right and on the left of every kind of assignment. */
class AssignmentsTarget {

    int i = 10;
    long l = 20;
    double d = 1.5;
    byte b = 3;
    String s = "s";
    Integer boxed = 7;
    static long statics = 1;
    static int staticInt = 5;
    AssignmentsTarget next;
    int[] array = {1, 2, 3};

    AssignmentsTarget self() {
        log("self");
        return this;
    }

    @Override
    public String toString() {
        return i + " " + l + " " + d + " " + b + " " + s + " " + boxed + " " + java.util.Arrays.toString(array);
    }

    @Async
    Coroutine<String> compound_on_fields() {
        i += await(at(5));
        l *= await(at(3L));
        d /= await(at(2.0));
        b += await(at(130));
        s += await(at("t"));
        boxed += await(at(1));
        l <<= await(at(2));
        i >>>= await(at(1));
        self().i -= await(at(2));
        self().l ^= await(at(9L));
        return Coroutine.of(toString());
    }

    @Async
    Coroutine<String> compound_on_statics() {
        statics = 1;
        staticInt = 5;
        statics += await(at(5L));
        staticInt *= await(at(5)) + staticInt++;
        statics = statics-- - await(at(3)) * statics;
        return Coroutine.of(statics + " " + staticInt);
    }

    @Async
    Coroutine<String> compound_on_locals() {
        int x = 1;
        long y = 2;
        double z = 3;
        String t = "t";
        char c = 'c';
        Long w = 3L;
        x += x++ + await(at(2)) + ++x;
        y -= y * await(at(2L)) - y--;
        z %= await(at(2.5));
        t += t + await(at(1)) + t;
        c += await(at(1));
        w += await(at(1)) + w++;
        return Coroutine.of(x + " " + y + " " + z + t + c + w);
    }

    @Async
    Coroutine<String> compound_on_array_elements() {
        int[] a = {1, 2, 3};
        long[] ls = {1, 2, 3};
        double[] ds = {1, 2, 3};
        String[] ss = {"a", "b"};
        Integer[] boxes = {1, 2};
        int k = 0;
        a[k++] += await(at(5));
        a[k++] *= a[k] + await(at(7));
        ls[await(at(1))] += await(at(5));
        ls[k] <<= await(at(40));
        ds[await(at(0))] -= await(at(0.5));
        ss[await(at(1))] += await(at("c"));
        ss[0] = ss[1] += await(at("d"));
        boxes[await(at(1))]++;
        boxes[0] += await(at(3));
        return Coroutine.of(java.util.Arrays.toString(a)
                + java.util.Arrays.toString(ls)
                + java.util.Arrays.toString(ds)
                + java.util.Arrays.toString(ss)
                + java.util.Arrays.toString(boxes)
                + k);
    }

    @Async
    Coroutine<String> post_increment_index_on_the_left() {
        int[] x = {0, 0, 0, 0};
        int i = 0;
        x[i++] += await(at(1));
        x[i++] = x[i++] + await(at(2));
        x[i] = i++ + await(at(3)) + i;
        return Coroutine.of(java.util.Arrays.toString(x) + i);
    }

    @Async
    Coroutine<String> chained() {
        int x;
        int y;
        long z;
        z = x = y = await(at(4));
        i = x += y = await(at(3));
        array[0] = array[1] = i = await(at(6));
        return Coroutine.of(x + " " + y + " " + z + toString());
    }

    @Async
    Coroutine<String> left_side_first() {
        int[] a = {1};
        int[] b = {2};
        int[] which = a;
        which[0] = (which = b)[0] + await(at(3));
        which[await(at(0))] += which.length;
        return Coroutine.of(a[0] + " " + b[0]);
    }

    @Async
    Coroutine<String> null_array_fails_after_the_right_side() {
        int[] none = null;
        log("before");
        none[tap(0)] = await(at(1));
        return Coroutine.of("not reached");
    }

    @Async
    Coroutine<String> index_out_of_bounds_after_the_right_side() {
        array[tap(3)] = await(at(1));
        return Coroutine.of("not reached");
    }

    @Async
    Coroutine<String> index_out_of_bounds_before_the_right_side() {
        array[tap(3)] += await(at(1));
        return Coroutine.of("not reached");
    }

    @Async
    Coroutine<String> array_store_exception() {
        Object[] objects = new String[1];
        objects[0] = await(at(5));
        return Coroutine.of("not reached");
    }

    @Async
    Coroutine<String> null_field_owner() {
        next.i = await(at(1));
        return Coroutine.of("not reached");
    }

    @Async
    Coroutine<String> null_field_owner_compound() {
        next.l += await(at(1));
        return Coroutine.of("not reached");
    }

    @Async
    Coroutine<String> assignment_as_an_operand() {
        int x = 1;
        int y = (x = await(at(5))) * x + (i = await(at(2))) * (array[1] += await(at(3)));
        return Coroutine.of(y + " " + x + this);
    }

    @Async
    Coroutine<String> dup_x2_forms() {
        long[] ls = {1, 2};
        double[] ds = {1, 2};
        long a = ls[0] = await(at(3L));
        long b = ls[1] += await(at(3L));
        double c = ds[await(at(0))]++ + --ds[await(at(1))];
        long e = l = await(at(8L));
        long f = self().l = await(at(9L));
        long g = self().l++ + await(at(1L));
        return Coroutine.of(a + " " + b + " " + c + " " + e + " " + f + " " + g);
    }

    @Async
    Coroutine<Integer> division_by_zero_on_either_side() {
        int zero = await(at(0));
        try {
            return Coroutine.of(tap(1) / zero + await(at(2)));
        } catch (ArithmeticException e) {
            log(e);
            i = await(at(7)) % zero;
            return Coroutine.of(i);
        } finally {
            log(i);
        }
    }
}
