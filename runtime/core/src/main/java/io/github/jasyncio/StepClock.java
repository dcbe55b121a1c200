package io.github.jasyncio;

/** Measures the steps of a loop while somebody wants to know, and remembers the longest. Written by the loop, read on any thread. */
final class StepClock {

    private volatile boolean isOn;
    private volatile long slowestNanos = -1;

    boolean isOn() {
        return isOn;
    }

    /** Begins anew, or ends. Thread-safe. */
    void set(boolean on) {
        if (isOn != on) {
            if (on) {
                slowestNanos = -1;
            }
            isOn = on;
            Observers.measuring(on);
        }
    }

    /** On the loop's thread. */
    void took(long nanos) {
        if (nanos > slowestNanos) {
            slowestNanos = nanos;
        }
    }

    double slowestMillis() {
        long nanos = slowestNanos;
        return nanos < 0 ? -1 : nanos / 1e6;
    }
}
