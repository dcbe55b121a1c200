package io.github.jasyncio.sync;

import io.github.jasyncio.Asyncio;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import org.jspecify.annotations.Nullable;

/** Belongs to the loop on which it is first waited for. Semantics: {@code asyncio.mixins._LoopBoundMixin}. */
abstract class LoopBound {

    private static final Object BINDING = new Object();

    // unbound --the first to wait--> bound, for good. Loops on several threads may race for it, hence the lock.
    private volatile @Nullable EventLoop loop;

    LoopBound() {}

    /**
     * A future for one more task to wait on.
     *
     * @throws IllegalStateException if no loop runs on this thread, or another than the one to which this belongs
     */
    final <T> Future<T> createWaiter() {
        EventLoop running = Asyncio.getRunningLoop();
        EventLoop owner = loop == null ? bindTo(running) : loop;
        if (owner != running) {
            throw new IllegalStateException(this + " is bound to a different event loop: to " + owner + ", but "
                    + running + " runs here; make one object for each loop");
        }
        return running.createFuture();
    }

    private EventLoop bindTo(EventLoop running) {
        synchronized (BINDING) {
            EventLoop owner = loop;
            if (owner == null) {
                owner = running;
                loop = owner;
            }
            return owner;
        }
    }

    /** For example {@code <Lock [locked, waiters:2]>}. */
    final String describe(String state, Waiters<?> waiters) {
        String count = waiters.isEmpty() ? "" : ", waiters:" + waiters.size();
        return "<" + getClass().getSimpleName() + " [" + state + count + "]>";
    }
}
