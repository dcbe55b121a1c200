package io.github.jasyncio.internal.signals;

import io.github.jasyncio.KeyboardInterrupt;

/**
 * Ends the JVM with the exit code that shells expect after Ctrl-C, if nobody has caught what was thrown for it: behind the last finally block of the main
 * thread, and with the stack trace that an uncaught exception has. Semantics: {@code Py_RunMain} upon an unhandled {@code KeyboardInterrupt}.
 */
public final class InterruptedProgram implements Thread.UncaughtExceptionHandler {

    private final KeyboardInterrupt interrupt;
    private final Thread.UncaughtExceptionHandler other;

    private InterruptedProgram(KeyboardInterrupt interrupt, Thread.UncaughtExceptionHandler other) {
        this.interrupt = interrupt;
        this.other = other;
    }

    /** To be called on the thread from which the interrupt is about to be thrown; does nothing if that was no Ctrl-C, or the thread is not the main one. */
    public static void endsBy(KeyboardInterrupt interrupt) {
        if (StopSignal.INTERRUPT.toString().equals(interrupt.getMessage()) && StopSignal.isMainThread()) {
            Thread thread = Thread.currentThread();
            thread.setUncaughtExceptionHandler(new InterruptedProgram(interrupt, thread.getUncaughtExceptionHandler()));
        }
    }

    @Override
    public void uncaughtException(Thread thread, Throwable failure) {
        try {
            other.uncaughtException(thread, failure);
        } finally {
            if (failure == interrupt) { // or it was caught, and this is another's failure
                Runtime.getRuntime().exit(StopSignal.INTERRUPT.exitCode());
            }
        }
    }
}
