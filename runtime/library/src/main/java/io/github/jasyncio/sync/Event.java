package io.github.jasyncio.sync;

import static io.github.jasyncio.Asyncio.await;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Future;

/**
 * A flag that tasks can wait for.
 *
 * <p>Semantics: {@code asyncio.Event}; its {@code wait} is {@link #waitOn} here. Loop-confined: to set it from another thread use {@code
 * loop.callSoonThreadsafe(event::set)}.
 */
public final class Event extends LoopBound {

    private final Waiters<Boolean> waiters = new Waiters<>();
    private boolean isSet;

    /** An event that is not set. */
    public Event() {}

    /** True after {@link #set}, until {@link #clear}. Semantics: {@code is_set}. */
    public boolean isSet() {
        return isSet;
    }

    /** Sets the flag, and wakes all who wait, in their order; they go on even if it is cleared before they run. Semantics: {@code Event.set}. */
    public void set() {
        if (!isSet) {
            waiters.wake(Integer.MAX_VALUE, true); // before: where it fails it can be tried again
            isSet = true;
        }
    }

    /** Takes the flag back: from now on {@link #waitOn} waits again. */
    public void clear() {
        isSet = false;
    }

    /**
     * Waits until the event is set.
     *
     * <p>Semantics: {@code asyncio.Event.wait}. Does not suspend if it is set already.
     *
     * @return a coroutine that gives true; it fails with {@link IllegalStateException} if it has to wait on another loop than others did before
     */
    @Async
    public Coroutine<Boolean> waitOn() {
        if (isSet) {
            return Coroutine.of(true);
        }
        Future<Boolean> waiter = createWaiter();
        waiters.add(waiter);
        try {
            await(waiter);
        } finally {
            waiters.remove(waiter);
        }
        return Coroutine.of(true);
    }

    /** For example {@code <Event [set]>}, {@code <Event [unset, waiters:2]>}. */
    @Override
    public String toString() {
        return describe(isSet ? "set" : "unset", waiters);
    }
}
