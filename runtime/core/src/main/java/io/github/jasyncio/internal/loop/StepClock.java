package io.github.jasyncio.internal.loop;

/** Measures the steps of a loop while somebody wants to know, and remembers the longest. Written by the loop, read on any thread. */
public final class StepClock {

    private volatile boolean isOn;
    private volatile long slowestNanos = -1;

    public boolean isOn() {
        return isOn;
    }

    /** Begins anew, or ends. Thread-safe. */
    public void set(boolean on) {
        if (isOn != on) {
            if (on) {
                slowestNanos = -1;
            }
            isOn = on;
            Watching.measuring(on);
        }
    }

    /** On the loop's thread. */
    public void took(long nanos) {
        if (nanos > slowestNanos) {
            slowestNanos = nanos;
        }
    }

    public double slowestMillis() {
        long nanos = slowestNanos;
        return nanos < 0 ? -1 : nanos / 1e6;
    }
}
