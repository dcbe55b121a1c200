package io.github.jasyncio;

import java.util.Collection;

/** A done callback on behalf of others: what it is added to, they wait for. Tells {@link AwaitedBy} who. */
interface OnBehalf {

    /** The tasks and futures that go on when the callback has run; none if nobody waits any more. */
    Collection<? extends Future<?>> waiters();
}
