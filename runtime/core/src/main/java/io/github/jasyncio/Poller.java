package io.github.jasyncio;

/** How a loop waits when nothing is ready: until a time has passed, or another thread wakes it. */
interface Poller {

    /** For {@link #poll}: until somebody wakes the loop. */
    long FOREVER = Long.MAX_VALUE;

    /**
     * Waits. Returns at once if there was a {@link #wakeUp} since the last call ended.
     *
     * @param nanos at most how long
     * @throws KeyboardInterrupt if the thread is interrupted
     */
    void poll(long nanos);

    /** Ends the wait that goes on, or the next one. Thread-safe. */
    void wakeUp();
}
