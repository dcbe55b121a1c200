package io.github.jasyncio.internal.loop;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Waits by parking the thread. */
public final class ParkingPoller implements Poller {

    // No wake-up is lost: the waker sets isWoken, then looks for a sleeper; the sleeper shows itself, then looks at
    // isWoken. Both are
    // volatile, so one of the two sees the other.
    private volatile boolean isWoken;
    private volatile @Nullable Thread sleeper;

    @Override
    public void poll(long nanos) {
        sleeper = Thread.currentThread();
        try {
            long end = nanos == FOREVER ? 0 : System.nanoTime() + nanos;
            while (!isWoken) {
                if (Thread.interrupted()) {
                    throw Poller.interrupted();
                }
                if (nanos == FOREVER) {
                    LockSupport.park(this);
                } else {
                    long left = end - System.nanoTime();
                    if (left <= 0) {
                        return;
                    }
                    LockSupport.parkNanos(this, left);
                }
            }
        } finally {
            sleeper = null;
            // A waker who sets it again just before this has put its handle into the inbox already, and the loop looks
            // there next.
            isWoken = false;
        }
    }

    @Override
    public void wakeUp() {
        isWoken = true;
        Thread thread = sleeper;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }
}
