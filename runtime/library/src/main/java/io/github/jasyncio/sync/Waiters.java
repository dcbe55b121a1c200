package io.github.jasyncio.sync;

import io.github.jasyncio.Future;
import io.github.jasyncio.internal.Exploring;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The futures of those who wait for one thing, in the order in which they came. Loop-confined. */
final class Waiters<T> {

    /** So much memory is kept when nobody waits any more. */
    private static final int KEPT = 1024;

    /** Null until somebody waits: most locks and events are never contended. */
    private @Nullable ArrayDeque<Future<T>> futures;

    /** How many there are: whoever has done something asks whether anybody waits for it, mostly in vain. */
    private int count;

    /** How many there have been at the same time. */
    private int most;

    void add(Future<T> waiter) {
        ArrayDeque<Future<T>> futures = this.futures;
        if (futures == null) {
            futures = new ArrayDeque<>();
            this.futures = futures;
        }
        futures.add(waiter);
        count++;
        Exploring.waitsIn(waiter, this);
        if (count > most) {
            most = count;
        }
    }

    /** Takes a waiter out, if it is there. Cheap for the first, who is mostly the one who goes. */
    void remove(Future<T> waiter) {
        if (futures != null && futures.removeFirstOccurrence(waiter)) {
            count--;
            giveBackMemory();
        }
    }

    /** True if there is memory for waiters. */
    boolean isKept() {
        return futures != null;
    }

    /** A deque does not shrink. */
    private void giveBackMemory() {
        if (count == 0 && most > KEPT) {
            futures = null;
            most = 0;
        }
    }

    int size() {
        return count;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** True if somebody waits who has not been cancelled, be it that he was chosen already. */
    boolean hasAny() {
        if (futures != null) {
            for (Future<T> waiter : futures) {
                if (!waiter.isCancelled()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Wakes the very first, unless he is done already: chosen, or cancelled and about to leave. */
    void wakeFirst(@Nullable T result) {
        Future<T> first = futures == null ? null : futures.peekFirst();
        if (first != null && !first.isDone()) {
            first.setResult(result);
        }
    }

    /** Wakes the first {@code limit} who sleep; they stay here until they run and take themselves out. Tells how many there were. */
    int wake(int limit, @Nullable T result) {
        int woken = 0;
        if (futures != null) {
            for (Future<T> waiter : futures) {
                if (woken >= limit) {
                    break;
                }
                if (!waiter.isDone()) {
                    woken++;
                    waiter.setResult(result);
                }
            }
        }
        return woken;
    }

    /** Takes out waiters up to and including the first who sleeps, and wakes him. False if nobody sleeps. */
    boolean dismissNext(@Nullable T result) {
        while (count > 0 && futures != null) {
            Future<T> waiter = futures.getFirst();
            boolean sleeps = !waiter.isDone();
            if (sleeps) {
                waiter.setResult(result);
            }
            futures.removeFirst(); // only now: where there is no room to wake him he is to be found again
            count--;
            giveBackMemory();
            if (sleeps) {
                return true;
            }
        }
        return false;
    }
}
