package io.github.jasyncio;

import io.github.jasyncio.internal.loop.TimerQueue;
import org.jspecify.annotations.Nullable;

/**
 * The one object of a {@code sleep}: what the sleeping task awaits, and the timer that completes it.
 *
 * <p>Turns of the loop: when it is due it goes to the ready queue; when its turn comes it is completed, and the task goes to the ready queue. In
 * asyncio a timer handle and a future take the same two turns.
 */
final class SleepFuture<T> extends Future<T> {

    /** Where it stands in the timer queue, kept by {@link TimerQueue}; negative when it is not there. */
    int position = TimerQueue.NOWHERE;

    /**
     * Begins to sleep.
     *
     * @param result kept where the value will be, which a pending future does not need
     */
    SleepFuture(EventLoop loop, @Nullable T result) {
        super(loop);
        this.value = result;
    }

    /** Its turn has come. */
    void wake() {
        if (!isDone()) {
            complete(FINISHED, value);
        }
    }

    @Override
    public boolean cancel(@Nullable String message) {
        if (position >= 0) {
            loop.timers().remove(this);
        }
        return super.cancel(message);
    }
}
