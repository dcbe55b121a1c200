package io.github.jasyncio.internal.debug;

import io.github.jasyncio.internal.loop.Durations;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A daemon thread that looks where a loop's step stands when it has run for too long, and again when it has run for ten times that.
 * Only in debug mode; ends when no step has begun for a minute, and with the loop.
 */
final class Watchdog implements Runnable {

    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(1);

    private static final int VERY_SLOW = 10;

    private final SlowCallbacks steps;
    private final Thread thread = new Thread(this, "jasyncio-watchdog");

    // watches <--wakeUp / nothing runs, or all is said of what does--> sleeps --for a minute, end--> over. Who begins a
    // step
    // says so before he asks whether the dog sleeps; the dog says that it sleeps before it looks whether a step has
    // begun.
    private volatile State state = State.WATCHES;

    private enum State {
        WATCHES,
        SLEEPS,
        OVER
    }

    /** Starts one. */
    Watchdog(SlowCallbacks steps) {
        this.steps = steps;
        thread.setDaemon(true);
        thread.start();
    }

    /** A step begins; false if this watches no more. */
    boolean wakeUp() {
        if (state == State.WATCHES) {
            return true;
        }
        return wakeFromSleep();
    }

    private synchronized boolean wakeFromSleep() {
        if (state == State.OVER) {
            return false;
        }
        state = State.WATCHES;
        LockSupport.unpark(thread);
        return true;
    }

    synchronized void end() {
        state = State.OVER;
        LockSupport.unpark(thread);
    }

    @Override
    public void run() {
        long seen = 0;
        int reports = 0;
        while (state != State.OVER) {
            long step = steps.step();
            if (step != seen) {
                seen = step;
                reports = 0;
            }
            if (step % 2 == 0 || reports == 2) {
                sleep(step);
                continue;
            }
            Duration limit = Durations.bounded(steps.threshold());
            if (reports == 1) {
                limit = limit.multipliedBy(VERY_SLOW);
            }
            long nanos = Durations.nanos(limit.minus(steps.elapsed()));
            if (nanos > 0) {
                LockSupport.parkNanos(this, nanos);
            } else {
                SlowCallbacks.Sample sample = steps.takeSample(step);
                if (sample != null && reports == 1 && !limit.isZero()) {
                    steps.tellOf(sample);
                }
                reports++;
            }
        }
    }

    /** Until the next step begins. */
    private void sleep(long step) {
        if (!fallAsleep()) {
            return;
        }
        long end = System.nanoTime() + PATIENCE;
        while (state == State.SLEEPS && steps.step() == step) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                giveUp(step);
                return;
            }
            LockSupport.parkNanos(this, left);
        }
        wakeFromSleep();
    }

    private synchronized boolean fallAsleep() {
        if (state == State.OVER) {
            return false;
        }
        state = State.SLEEPS;
        return true;
    }

    /** Nothing has run for a while, or one step still does, of which all is said. */
    private synchronized void giveUp(long step) {
        if (state == State.SLEEPS && steps.step() == step) {
            state = State.OVER;
        }
    }
}
