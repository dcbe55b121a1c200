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

    private volatile @Nullable Handle newest;

    /** Thread-safe. */
    void add(Handle handle) {
        Handle before;
        do {
            before = newest;
            handle.older = before;
        } while (!NEWEST.compareAndSet(this, before, handle));
    }

    /** Thread-safe. */
    boolean isEmpty() {
        return newest == null;
    }

    /** Moves everything to the end of the ready queue, in the order in which it came. Loop-confined. */
    void drainTo(ReadyQueue ready) {
        Handle oldest = null;
        for (Handle handle = (Handle) NEWEST.getAndSet(this, (Handle) null); handle != null; ) {
            Handle next = handle.older;
            handle.older = oldest;
            oldest = handle;
            handle = next;
        }
        while (oldest != null) {
            Handle next = oldest.older;
            oldest.older = null;
            ready.add(oldest);
            oldest = next;
        }
    }
}
