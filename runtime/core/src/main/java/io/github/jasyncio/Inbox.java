package io.github.jasyncio;

import io.github.jasyncio.internal.loop.ReadyQueue;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** What other threads have handed in: a lock-free stack that the loop takes as a whole and turns around, so that order is kept. */
final class Inbox {

    private static final VarHandle NEWEST;

    static {
        try {
            NEWEST = MethodHandles.lookup().findVarHandle(Inbox.class, "newest", Handle.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Stands below what comes while {@link #drained} is not empty: then this does not look empty. */
    private static final Handle BOTTOM = new Handle((Runnable) () -> {}, VarMap.EMPTY);

    /** Stands there instead of a handle once nothing is taken any more. */
    private static final Handle CLOSED = new Handle((Runnable) () -> {}, VarMap.EMPTY);

    // null, or handles --close--> CLOSED, for good: in one step, so that nothing gets in between the last look and the
    // end.
    private volatile @Nullable Handle newest;

    /** What has been taken and is still to be moved, the oldest first: there may have been no room for all. Loop-confined. */
    private @Nullable Handle drained;

    /** Thread-safe. False if it is closed. */
    boolean add(Handle handle) {
        Handle before;
        do {
            before = newest;
            if (before == CLOSED) {
                return false;
            }
            handle.older = before;
        } while (!NEWEST.compareAndSet(this, before, handle));
        return true;
    }

    /** Takes nothing any more, and drops what is in. Loop-confined. */
    void close() {
        newest = CLOSED;
        drained = null;
    }

    /** Thread-safe. */
    boolean isEmpty() {
        Handle present = newest;
        return present == null || present == CLOSED;
    }

    /** Moves everything to the end of the ready queue, in the order in which it came. Loop-confined; only if it is not empty. */
    void drainTo(ReadyQueue ready) {
        if (drained == null) {
            take();
        }
        for (Handle handle = drained; handle != null; handle = drained) {
            ready.add(handle); // may fail
            drained = handle.older;
            handle.older = null;
        }
        NEWEST.compareAndSet(this, BOTTOM, (Handle) null); // fails if more has come
    }

    private void take() {
        Handle oldest = null;
        for (Handle handle = (Handle) NEWEST.getAndSet(this, BOTTOM); handle != null && handle != BOTTOM; ) {
            Handle next = handle.older;
            handle.older = oldest;
            oldest = handle;
            handle = next;
        }
        drained = oldest;
    }
}
