package io.github.jasyncio.internal.loop;

import io.github.jasyncio.KeyboardInterrupt;

/** How a loop waits when nothing is ready: until a time has passed, or another thread wakes it. */
public interface Poller {

    /** For {@link #poll}: until somebody wakes the loop. */
    long FOREVER = Long.MAX_VALUE;

    /**
     * Waits. Returns at once if there was a {@link #wakeUp} since the last call ended.
     *
     * @param nanos at most how long
     * @throws KeyboardInterrupt if the thread is interrupted
     */
    void poll(long nanos);

    /** What {@link #poll} throws when its thread has been interrupted. */
    static KeyboardInterrupt interrupted() {
        return new KeyboardInterrupt("the thread of the event loop was interrupted: "
                + Thread.currentThread().getName());
    }

    /** Ends the wait that goes on, or the next one. Thread-safe. */
    void wakeUp();
}
