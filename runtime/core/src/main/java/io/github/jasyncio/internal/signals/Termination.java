package io.github.jasyncio.internal.signals;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends the JVM when the program has cleaned up: behind the last finally block of the thread that was told to stop, and with the exit code that whoever sent the
 * signal expects. Nothing else is waited for, threads of others least of all: the JVM would end them at once.
 */
final class Termination {

    private static final AtomicBoolean HAS_BEGUN = new AtomicBoolean();

    private Termination() {}

    /** Thread-safe; the first call counts. */
    static void comesWithTheEndOf(Thread thread, int exitCode) {
        if (HAS_BEGUN.compareAndSet(false, true)) {
            UnreportedStop.on(thread);
            Thread waiting = new Thread(
                    () -> {
                        if (hasEnded(thread)) {
                            Runtime.getRuntime().exit(exitCode);
                        }
                    },
                    "jasyncio-termination");
            waiting.setDaemon(false); // or the JVM would end before, with the exit code of a failure
            waiting.start();
        }
    }

    private static boolean hasEnded(Thread thread) {
        try {
            thread.join();
            return true;
        } catch (InterruptedException e) {
            return false; // by nobody that we know of; then the JVM ends as it would without us
        }
    }
}
