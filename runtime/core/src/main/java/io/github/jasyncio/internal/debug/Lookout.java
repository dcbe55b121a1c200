package io.github.jasyncio.internal.debug;

import io.github.jasyncio.internal.Log;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A daemon thread that hears of what has become garbage, and a hook that hears of the JVM's end. Both are there only while there is something to be told of:
 * they would keep this class, and the application that brings it along, in memory for ever. Thread-safe.
 */
final class Lookout {

    /** Where the references come of what has become garbage. */
    final ReferenceQueue<Object> lost = new ReferenceQueue<>();

    private final BooleanSupplier isNeeded;
    private final Consumer<Reference<?>> whenLost;
    private final Runnable atExit;

    // off duty --begin--> on duty --nothing is left to be told of--> off duty. Who adds something says so before he
    // asks whether this is on duty; this says
    // that it is not before it asks whether there is nothing.
    private volatile boolean isOnDuty;

    /** While on duty; guarded by this. */
    private @Nullable Thread hook;

    /**
     * Off duty.
     *
     * @param isNeeded whether there is something to be told of
     * @param whenLost told of each reference, on the thread
     * @param atExit told of the JVM's end
     */
    Lookout(BooleanSupplier isNeeded, Consumer<Reference<?>> whenLost, Runnable atExit) {
        this.isNeeded = isNeeded;
        this.whenLost = whenLost;
        this.atExit = atExit;
    }

    /** There is something to be told of. */
    void begin() {
        if (!isOnDuty) {
            start();
        }
    }

    private synchronized void start() {
        if (isOnDuty) {
            return;
        }
        isOnDuty = true;
        hook = thread(atExit, "jasyncio-debug-exit");
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending already.
            Log.log(System.Logger.Level.DEBUG, "too late to report what is left at the end", e);
        }
        Thread watching = thread(this::watch, "jasyncio-debug");
        watching.setDaemon(true);
        watching.start();
    }

    /** One that takes nothing along from the thread that happens to be here first. */
    private static Thread thread(Runnable what, String name) {
        Thread thread = new Thread(null, what, name, 0, false);
        thread.setContextClassLoader(null);
        return thread;
    }

    /** There may be nothing left to be told of. */
    void mayEnd() {
        if (isOnDuty && !isNeeded.getAsBoolean()) {
            // Wakes the thread, which is waiting for references.
            new WeakReference<>(this, lost).enqueue();
        }
    }

    private void watch() {
        try {
            while (!isOver()) {
                Reference<?> reference = lost.remove();
                if (reference instanceof Origin) {
                    whenLost.accept(reference);
                }
            }
        } catch (InterruptedException e) {
            Log.log(System.Logger.Level.WARNING, "debug mode tells no more of what is lost: interrupted", e);
        }
    }

    private synchronized boolean isOver() {
        if (isNeeded.getAsBoolean()) {
            return false;
        }
        isOnDuty = false;
        if (isNeeded.getAsBoolean()) {
            isOnDuty = true;
            return false;
        }
        try {
            if (hook != null) {
                Runtime.getRuntime().removeShutdownHook(hook);
            }
        } catch (IllegalStateException e) {
            // The JVM is ending, and the hook at work.
        }
        hook = null;
        return true;
    }
}
