package io.github.jasyncio.internal.signals;

import io.github.jasyncio.KeyboardInterrupt;

/** A thread that ends because the program was told to has not failed, so its end is no stack trace on standard error. */
final class UnreportedStop implements Thread.UncaughtExceptionHandler {

    private final Thread.UncaughtExceptionHandler other;

    private UnreportedStop(Thread.UncaughtExceptionHandler other) {
        this.other = other;
    }

    static void on(Thread thread) {
        thread.setUncaughtExceptionHandler(new UnreportedStop(thread.getUncaughtExceptionHandler()));
    }

    @Override
    public void uncaughtException(Thread thread, Throwable failure) {
        if (!(failure instanceof KeyboardInterrupt)) {
            other.uncaughtException(thread, failure);
        }
    }
}
