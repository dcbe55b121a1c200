package io.github.jasyncio.internal.introspection;

import io.github.jasyncio.Future;
import io.github.jasyncio.internal.Frame;
import java.util.Collection;

/** A done callback on behalf of others: what it is added to, they wait for. Tells {@link AwaitedBy} who. */
public interface OnBehalf {

    /** The tasks and futures that go on when the callback has run; none if nobody waits any more. */
    Collection<? extends Future<?>> waiters();

    /**
     * True if {@code frame}, of a task among the {@link #waiters}, waits for this; those further in are then in the midst of something else. Usually a
     * task can wait for nothing else.
     */
    default boolean isAwaitedBy(Frame<?> frame) {
        return true;
    }
}
