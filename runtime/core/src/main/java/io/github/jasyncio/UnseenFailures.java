package io.github.jasyncio;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import org.jspecify.annotations.Nullable;

/**
 * The failures of a loop's futures at which nobody has looked yet, in the order in which they happened. Loop-confined: the loop itself asks
 * the garbage collector's queue, so no cleaning thread is needed.
 */
final class UnseenFailures {

    private final ReferenceQueue<Future<?>> queue = new ReferenceQueue<>();
    private @Nullable UnseenFailure first;
    private @Nullable UnseenFailure last;

    ReferenceQueue<Future<?>> queue() {
        return queue;
    }

    boolean isEmpty() {
        return first == null;
    }

    void add(UnseenFailure failure) {
        UnseenFailure before = last;
        failure.previous = before;
        if (before == null) {
            first = failure;
        } else {
            before.next = failure;
        }
        last = failure;
    }

    /** Takes one out; harmless if it is out already. */
    void remove(UnseenFailure failure) {
        if (!contains(failure)) {
            return;
        }
        UnseenFailure before = failure.previous;
        UnseenFailure after = failure.next;
        if (before == null) {
            first = after;
        } else {
            before.next = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.previous = before;
        }
        failure.previous = null;
        failure.next = null;
    }

    /** Reports those whose future has become garbage. */
    void reportCollected() {
        for (Reference<?> gone = queue.poll(); gone != null; gone = queue.poll()) {
            UnseenFailure failure = (UnseenFailure) gone;
            if (contains(failure)) {
                remove(failure);
                failure.report();
            }
        }
    }

    /** Reports all that are left: the loop is closed, and nobody will ask the queue any more. */
    void reportAll() {
        for (UnseenFailure failure = first; failure != null; failure = first) {
            remove(failure);
            failure.report();
        }
    }

    private boolean contains(UnseenFailure failure) {
        return failure.previous != null || first == failure;
    }
}
