package io.github.jasyncio;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * The failures of a loop's futures at which nobody has looked yet, in the order in which they happened. Loop-confined: the loop itself asks
 * the garbage collector's queue, so no cleaning thread is needed.
 */
final class UnseenFailures {

    private final ReferenceQueue<Object> queue = new ReferenceQueue<>();
    private @Nullable FailureWatch first;
    private @Nullable FailureWatch last;

    /** To what nobody holds: it comes out of the queue when the garbage collector has been at work. */
    private @Nullable WeakReference<Object> collection;

    /** Up to here all were there at the last collection but one. */
    private @Nullable FailureWatch lastOld;

    ReferenceQueue<Object> queue() {
        return queue;
    }

    boolean isEmpty() {
        return first == null;
    }

    void add(FailureWatch watch) {
        FailureWatch before = last;
        watch.previous = before;
        if (before == null) {
            first = watch;
        } else {
            before.next = watch;
        }
        last = watch;
        if (collection == null) {
            collection = new WeakReference<>(new Object(), queue);
        }
    }

    /** Takes one out; harmless if it is out already. */
    void remove(FailureWatch watch) {
        if (!contains(watch)) {
            return;
        }
        FailureWatch before = watch.previous;
        FailureWatch after = watch.next;
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
        if (lastOld == watch) {
            lastOld = before;
        }
        watch.previous = null;
        watch.next = null;
    }

    /** Reports those whose future has become garbage. */
    void reportCollected() {
        boolean isCollected = false;
        for (Reference<?> gone = queue.poll(); gone != null; gone = queue.poll()) {
            if (gone == collection) {
                isCollected = true;
            } else if (gone instanceof FailureWatch watch && contains(watch)) {
                remove(watch);
                watch.report();
            }
        }
        if (isCollected) {
            letGo();
        }
    }

    /** After a collection: those that it has left are let go, each once. */
    private void letGo() {
        for (FailureWatch watch = lastOld == null ? first : lastOld.next; watch != null; watch = watch.next) {
            watch.letGo();
        }
        lastOld = last;
        collection = first == null ? null : new WeakReference<>(new Object(), queue);
    }

    /**
     * Reports all that are left: the loop is closed, and nobody will ask the queue any more. What fails meanwhile is reported after that, but
     * without end it does not go on.
     */
    void reportAll() {
        FailureWatch end = last;
        while (first != null && end != null) {
            FailureWatch watch = first;
            remove(watch);
            watch.report();
            if (watch == end) {
                end = null;
            }
        }
    }

    private boolean contains(FailureWatch watch) {
        return watch.previous != null || first == watch;
    }
}
