package io.github.jasyncio.testing.exploration;

import io.github.jasyncio.Task;
import org.jspecify.annotations.Nullable;

/**
 * Something that is ready to run, and what an order may do with it. Several may be of the same task, one after the other.
 *
 * <p>Mutable in one thing: how often others were preferred to it.
 */
final class ReadyEntry {

    /** The due time of what is no timer. */
    static final long NO_TIMER = Long.MIN_VALUE;

    final Object what;

    /** The task or callback that made it ready; an object of its own if it came from outside. */
    final Object origin;

    /** A first step of a task. */
    final boolean isBeginning;

    /** It runs no code but the runtime's own. */
    final boolean isBookkeeping;

    /** Where its task stood in line with others; null if it did not. */
    final @Nullable Object line;

    /** When it was due. */
    final long deadlineNanos;

    private int passedOver;

    ReadyEntry(
            Object what,
            Object origin,
            boolean isBeginning,
            boolean isBookkeeping,
            @Nullable Object line,
            long deadlineNanos) {
        this.what = what;
        this.origin = origin;
        this.isBeginning = isBeginning;
        this.isBookkeeping = isBookkeeping;
        this.line = line;
        this.deadlineNanos = deadlineNanos;
    }

    static ReadyEntry fromOutside(Object what) {
        return new ReadyEntry(what, new Object(), false, false, null, NO_TIMER);
    }

    /** True if this, which became ready before {@code later}, is to run before it in every order that is legal. */
    boolean comesBefore(ReadyEntry later) {
        if (line != null && line == later.line) {
            return true;
        }
        if (origin == later.origin) {
            return !(isBeginning && later.isBeginning);
        }
        return deadlineNanos != NO_TIMER && later.deadlineNanos != NO_TIMER && deadlineNanos < later.deadlineNanos;
    }

    /** Who runs: a task, or whatever else it is. */
    Object actor() {
        return what;
    }

    boolean isTask() {
        return what instanceof Task<?>;
    }

    /** Others were preferred once more; tells how often that has been. */
    int passOver() {
        return ++passedOver;
    }

    int passedOver() {
        return passedOver;
    }
}
