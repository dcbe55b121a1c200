package io.github.jasyncio.internal.signals;

import io.github.jasyncio.internal.Log;
import org.jspecify.annotations.Nullable;

/** Catches Ctrl-C (SIGINT) for a runner, where that is its business. */
public final class InterruptSignal {

    private InterruptSignal() {}

    /**
     * Lets Ctrl-C run {@code action}, on a thread of the JVM's, until what is returned is closed. Only on the main thread, and only while the JVM's
     * own handler is in place: whoever has set another keeps it, and a process that was started with SIGINT ignored (a shell's background job)
     * goes on ignoring it. Semantics: what {@code asyncio.Runner} asks before it installs its handler.
     *
     * @return null if signals stay what they were
     */
    public static @Nullable OsSignal install(Runnable action) {
        if (!isMainThread()) {
            return null;
        }
        try {
            OsSignal signal = OsSignal.install("INT", action);
            if (signal.wasTheJvms()) {
                return signal;
            }
            signal.close();
        } catch (RuntimeException e) {
            // Where the module is missing, or the JVM was started with -Xrs.
            Log.log(System.Logger.Level.DEBUG, "Ctrl-C cannot be caught in this JVM, and ends it as usual", e);
        }
        return null;
    }

    /** True on the thread that the java launcher starts {@code main} on. (Its number was 1 once; on JDK 25 it is 3.) */
    private static boolean isMainThread() {
        Thread thread = Thread.currentThread();
        ThreadGroup group = thread.getThreadGroup();
        return thread.getName().equals("main")
                && group != null
                && group.getName().equals("main");
    }
}
