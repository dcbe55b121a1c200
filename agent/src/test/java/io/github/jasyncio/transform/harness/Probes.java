package io.github.jasyncio.transform.harness;

import io.github.jasyncio.Coroutine;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What targets call: probes to await, and a log of what they do. For static import. */
public final class Probes {

    private static @Nullable Run current;

    private Probes() {}

    /** Sets the run in progress, null for none. */
    static void enter(@Nullable Run run) {
        current = run;
    }

    private static Run run() {
        Run run = current;
        if (run == null) {
            throw new IllegalStateException("no run in progress");
        }
        return run;
    }

    /** A coroutine that comes to {@code value}, or to what the schedule says. */
    public static <T> Coroutine<T> at(T value) {
        return run().probe(value);
    }

    /** The same, for code that catches checked exceptions. */
    public static <T> Coroutine<T> io(T value) throws IOException {
        return run().probe(value);
    }

    /** The same as one of Java's own stages. */
    public static <T> CompletionStage<T> stage(T value) {
        return run().stage(value);
    }

    /** Records an event. */
    public static void log(@Nullable Object event) {
        run().log(Description.of(event));
    }

    /** Records a value on its way. */
    public static <T> T tap(T value) {
        run().log("tap " + Description.of(value));
        return value;
    }

    /** Records a value on its way. */
    public static int tap(int value) {
        run().log("tap " + value);
        return value;
    }

    /** Records a value on its way. */
    public static long tap(long value) {
        run().log("tap " + value);
        return value;
    }

    /** Records a value on its way. */
    public static double tap(double value) {
        run().log("tap " + value);
        return value;
    }

    /** Records a value on its way. */
    public static boolean tap(boolean value) {
        run().log("tap " + value);
        return value;
    }

    /** An object that a test wants to know about: whether something keeps it alive. */
    public static Object watch() {
        Object object = new Object();
        run().watch(object);
        return object;
    }

    /** The same for an object that there is already. */
    public static <T> T watch(T object) {
        run().watch(object);
        return object;
    }

    /** True until the run has lasted so long that its loops should end. */
    public static boolean fuel() {
        return run().hasFuel();
    }

    /** True, but the compiler does not know. */
    public static boolean yes() {
        return true;
    }

    /** Says that the next {@code close()} in the code is not that of a resource: it is just called. */
    public static void byHand() {
        log("by hand");
    }

    /** Throws, but the compiler does not know. */
    public static void fail(String message) {
        throw new IllegalStateException(message);
    }
}
