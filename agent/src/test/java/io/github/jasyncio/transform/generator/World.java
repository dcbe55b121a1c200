package io.github.jasyncio.transform.generator;

import io.github.jasyncio.AsyncCloseable;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.transform.harness.Probes;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What random programs find there. */
public final class World {

    private World() {}

    /** For switches. */
    public enum Colour {
        RED,
        GREEN,
        BLUE
    }

    /** An object with fields and constructors of several types. */
    public static class Node {

        public int number;
        public long wide;
        public @Nullable Object any;
        public @Nullable Node next;
        public int[] array = {1, 2};

        public Node(int number, @Nullable Object any) {
            this.number = number;
            this.any = any;
            Probes.log("new Node " + number);
        }

        public Node(long wide, double fraction, @Nullable Node next) {
            this((int) fraction, null);
            this.wide = wide;
            this.next = next;
        }

        public Node plus(int more) {
            number += more;
            return this;
        }

        public @Nullable Node next() {
            return next == null ? this : next;
        }

        @Override
        public String toString() {
            return "Node" + number + "," + wide;
        }
    }

    /** A subclass, so that types merge. */
    public static final class Leaf extends Node {

        public Leaf(int number) {
            super(number, "leaf");
        }
    }

    /** For lambdas and anonymous classes. */
    public interface AsyncCall<A, B> {
        Coroutine<B> call(A argument) throws Exception;
    }

    /** For try-with-resources. */
    public static final class Resource implements AutoCloseable {

        private final int number;

        public Resource(int number) {
            this.number = number;
            Probes.log("open " + number);
            if (number % 13 == 3) {
                throw new IllegalArgumentException("open " + number);
            }
        }

        @Override
        public void close() throws IOException {
            Probes.log("close " + number);
            if (number % 11 == 2) {
                throw new IOException("close " + number);
            }
        }
    }

    /** The same, but closing it awaits. */
    public static final class Door implements AsyncCloseable {

        private final int number;

        public Door(int number) {
            this.number = number;
            Probes.log("open door " + number);
        }

        @Override
        public Coroutine<Void> closeAsync() {
            Probes.log("close door " + number);
            if (number % 11 == 2) {
                throw new IllegalArgumentException("close door " + number);
            }
            @SuppressWarnings("unchecked") // nobody looks at what closing gives
            Coroutine<Void> closing = (Coroutine<Void>) (Coroutine<?>) Probes.at(number);
            return closing;
        }
    }

    /** One of both, and the compiler does not know which. */
    public static AutoCloseable either(int number) {
        return number % 2 == 0 ? new Door(number) : new Resource(number);
    }

    /** Makes the compiler believe that an IOException is possible. */
    public static void check() throws IOException {
        if (!Probes.yes()) {
            throw new IOException();
        }
    }

    /** Keeps strings from growing. */
    public static @Nullable String cut(@Nullable String s) {
        return s == null || s.length() < 20 ? s : s.substring(s.length() - 20);
    }

    public static <T> T pick(boolean first, T a, T b) {
        return first ? a : b;
    }

    public static <T> T same(T value) {
        return value;
    }

    public static int mix(int a, long b, double c, @Nullable Object d) {
        return (int) (a + b * 3 + c * 5) + (d == null ? 0 : 1);
    }

    public static long mixLong(long a, int b, @Nullable String c, boolean d, long e) {
        return a * 31 + b + (c == null ? 7 : c.length()) + (d ? 1 : 0) + e;
    }

    public static double mixDouble(float a, double b, byte c, short d, char e) {
        return a + b + c + d + e;
    }

    public static String join(Object... parts) {
        return String.valueOf(cut(Arrays.deepToString(parts)));
    }

    public static List<Integer> list(Integer... numbers) {
        return Arrays.asList(numbers);
    }
}
