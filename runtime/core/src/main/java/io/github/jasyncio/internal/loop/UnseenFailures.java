package io.github.jasyncio.internal.loop;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * The failures of a loop's futures at which nobody has looked yet, in the order in which they happened. Loop-confined: the loop itself asks
 * the garbage collector's queue, so no cleaning thread is needed.
 */
public final class UnseenFailures {

    private final ReferenceQueue<Object> queue = new ReferenceQueue<>();
    private @Nullable Entry first;
    private @Nullable Entry last;

    /** To what nobody holds: it comes out of the queue when the garbage collector has been at work. */
    private @Nullable WeakReference<Object> collection;

    /** Up to here all were there at the last collection but one. */
    private @Nullable Entry lastOld;

    public boolean isEmpty() {
        return first == null;
    }

    public void add(Entry watch) {
        Entry before = last;
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
    public void remove(Entry watch) {
        if (!contains(watch)) {
            return;
        }
        Entry before = watch.previous;
        Entry after = watch.next;
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
    public void reportCollected() {
        boolean isCollected = false;
        for (Reference<?> gone = queue.poll(); gone != null; gone = queue.poll()) {
            if (gone == collection) {
                isCollected = true;
            } else if (gone instanceof Entry watch && contains(watch)) {
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
        for (Entry watch = lastOld == null ? first : lastOld.next; watch != null; watch = watch.next) {
            watch.letGo();
        }
        lastOld = last;
        collection = first == null ? null : new WeakReference<>(new Object(), queue);
    }

    /**
     * Reports all that are left: the loop is closed, and nobody will ask the queue any more. What fails meanwhile is reported after that, but
     * without end it does not go on.
     */
    public void reportAll() {
        Entry end = last;
        while (first != null && end != null) {
            Entry watch = first;
            remove(watch);
            watch.report();
            if (watch == end) {
                end = null;
            }
        }
    }

    private boolean contains(Entry watch) {
        return watch.previous != null || first == watch;
    }

    /** One that stands in the line; refers weakly to what becomes garbage with the future. */
    public abstract static class Entry extends WeakReference<Object> {

        private @Nullable Entry previous;
        private @Nullable Entry next;

        /** One that does not stand in the line yet. */
        protected Entry(Object unseen, UnseenFailures line) {
            super(unseen, line.queue);
        }

        /** Keeps a failure no longer that may keep its own future. */
        protected abstract void letGo();

        /** Tells the exception handler. */
        protected abstract void report();
    }
}
