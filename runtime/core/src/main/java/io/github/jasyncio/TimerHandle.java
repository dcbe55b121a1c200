package io.github.jasyncio;

import io.github.jasyncio.internal.loop.TimerQueue;

/**
 * A callback that waits for its time, and then for its turn.
 *
 * <p>Semantics: {@code asyncio.TimerHandle}. Loop-confined.
 */
public final class TimerHandle extends Handle {

    /** Where it stands in the timer queue, kept by {@link TimerQueue}; negative when it is not there. */
    int position = TimerQueue.NOWHERE;

    private final EventLoop loop;
    private final long whenNanos;

    TimerHandle(EventLoop loop, long whenNanos, Runnable callback, Object scope) {
        super(callback, scope);
        this.loop = loop;
        this.whenNanos = whenNanos;
    }

    /** When it is due: nanoseconds of the loop's clock, as {@link EventLoop#time} gives them. */
    public long when() {
        return whenNanos;
    }

    @Override
    public void cancel() {
        loop.checkThread("cancel");
        if (position >= 0) {
            loop.timers().remove(this);
        }
        super.cancel();
    }

    @Override
    String details() {
        return " when=" + whenNanos;
    }

    /** Tells the timer queue where its entries keep their positions: here, and in {@link SleepFuture}. */
    static final class Positions implements TimerQueue.Positions {

        @Override
        public int of(Object entry) {
            return entry instanceof TimerHandle handle ? handle.position : ((SleepFuture<?>) entry).position;
        }

        @Override
        public void set(Object entry, int position) {
            if (entry instanceof TimerHandle handle) {
                handle.position = position;
            } else {
                ((SleepFuture<?>) entry).position = position;
            }
        }
    }
}
