package io.github.jasyncio.internal.observers;

import io.github.jasyncio.internal.Log;
import io.github.jasyncio.internal.introspection.LoopView;
import io.github.jasyncio.internal.introspection.Loops;
import java.util.concurrent.atomic.AtomicBoolean;
import jdk.jfr.FlightRecorder;

/**
 * Lets those see the loops who look from outside: JMX clients and Java Flight Recorder.
 *
 * <p>Setting that up takes the JDK a tenth of a second, which no program is to pay at its start and a short one not at all. So a daemon thread
 * does it, once loops are a second old; until then, and where the modules are missing, nothing of them is loaded. {@code -Djasyncio.jmx=true}
 * shows a loop to JMX clients as soon as it is made, {@code -Djasyncio.jmx=false} none. A flight recording that goes on already when the first
 * loop is made is heeded at once: then the JDK has loaded what it takes.
 */
public final class Observers {

    private static final long DELAY_MILLIS = 1000;

    private enum When {
        AT_ONCE,
        LATER,
        NEVER
    }

    private static final When JMX = jmx();

    private static final boolean HAS_RECORDER = has("jdk.jfr");

    /** Whether we follow what Java Flight Recorder does; while there are loops. */
    private static final AtomicBoolean IS_RECORDER_WATCHED = new AtomicBoolean();

    private static final AtomicBoolean IS_PENDING = new AtomicBoolean();

    private Observers() {}

    private static boolean has(String module) {
        return ModuleLayer.boot().findModule(module).isPresent();
    }

    private static When jmx() {
        String told = System.getProperty("jasyncio.jmx", "");
        if (told.equals("false") || !has("java.management")) {
            return When.NEVER;
        }
        return told.equals("true") ? When.AT_ONCE : When.LATER;
    }

    /** A loop has been made. */
    public static void opened() {
        if (JMX == When.AT_ONCE) {
            show();
        }
        boolean isRecorderNew = HAS_RECORDER && !IS_RECORDER_WATCHED.get();
        if (isRecorderNew && isRecorderInUse()) {
            watchRecorder();
        }
        if ((JMX == When.LATER || isRecorderNew) && IS_PENDING.compareAndSet(false, true)) {
            Thread thread = new Thread(Observers::setUp, "jasyncio-observers");
            thread.setDaemon(true);
            thread.setContextClassLoader(null); // whoever made the loop may be unloaded while it sleeps
            thread.start();
        }
    }

    private static void setUp() {
        try {
            Thread.sleep(DELAY_MILLIS);
        } catch (InterruptedException e) {
            return; // by whoever wants all threads to end
        } finally {
            IS_PENDING.set(false);
        }
        if (!Loops.areNone()) {
            watchRecorder();
        }
        if (JMX == When.LATER) {
            show();
        }
    }

    private static boolean isRecorderInUse() {
        try {
            return FlightRecorder.isInitialized();
        } catch (LinkageError e) {
            return false; // the module is there, but our own does not read it
        }
    }

    /** Follows flight recordings, unless it does already. */
    public static void watchRecorder() {
        if (HAS_RECORDER && IS_RECORDER_WATCHED.compareAndSet(false, true)) {
            try {
                FlightRecords.watch();
            } catch (RuntimeException | LinkageError e) {
                Log.log(System.Logger.Level.WARNING, "flight recordings will hold no events of jasyncio", e);
            }
        }
    }

    private static void show() {
        try {
            Jmx.show(Loops.open());
        } catch (RuntimeException | LinkageError e) {
            // The program is not to suffer because it cannot be watched.
            Log.log(System.Logger.Level.WARNING, "the event loops cannot be shown by JMX", e);
        }
    }

    /** A loop is closed, and not among the open ones any more. */
    public static void closed(LoopView loop) {
        loop.stepClock().set(false);
        if (loop.isShown()) {
            Jmx.hide(loop);
        }
        if (IS_RECORDER_WATCHED.get() && Loops.areNone()) {
            unwatchRecorder();
        }
    }

    private static void unwatchRecorder() {
        if (IS_RECORDER_WATCHED.compareAndSet(true, false)) {
            FlightRecords.unwatch();
            if (!Loops.areNone()) {
                watchRecorder(); // one was made meanwhile
            }
        }
    }
}
