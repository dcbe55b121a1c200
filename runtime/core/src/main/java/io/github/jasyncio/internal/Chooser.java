package io.github.jasyncio.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides, for a loop of a test, which of the ready entries runs next, where the loop itself would take the oldest.
 *
 * <p>With one a turn runs a single entry. It is told of everything that becomes ready but for what comes from other threads: an entry that it
 * has never heard of is from outside. Loop-confined.
 */
public interface Chooser {

    /**
     * What runs now has made {@code entry} ready.
     *
     * @param isBookkeeping true if running it runs no code but the runtime's own
     * @param awaited what a task has waited for until now; null if it has not, or is no task
     */
    void queued(Object entry, boolean isBookkeeping, @Nullable Object awaited);

    /**
     * The time of a timer has come.
     *
     * @param isBookkeeping true if running it runs no code but the runtime's own
     */
    void due(Object entry, long deadlineNanos, boolean isBookkeeping);

    /** A future has been put into a queue of waiters, which are to be woken in their order. */
    void waitsIn(Object future, Object queue);

    /**
     * Picks what runs next.
     *
     * @param ready never empty; the order in which asyncio would run them
     * @return an index of {@code ready}
     */
    int choose(List<Object> ready);

    /** What was chosen has run, be it to its end or to its next suspension. */
    void ran(Object entry);

    /** Nothing is ready, and nothing the loop knows of could make anything so: it would wait for ever, unless this throws. */
    void standsStill();

    /** How long to wait, in real time, for what goes on outside of the loop and may never end: other threads, stages, channels. */
    long patienceNanos();

    /** Nothing is ready, and nothing has come from outside for {@link #patienceNanos}: the loop would go on waiting, unless this throws. */
    void nothingCame();
}
