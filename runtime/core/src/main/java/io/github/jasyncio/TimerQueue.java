package io.github.jasyncio;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What waits for its time, by deadline and then by creation: a binary heap of {@link TimerHandle}s and {@link SleepFuture}s, which know their
 * place in it, so that cancelling one costs O(log n) and leaves nothing behind.
 *
 * <p>Deadlines stand in arrays of their own: comparing touches no entry.
 */
final class TimerQueue {

    /** The position of an entry that is not in the queue. */
    static final int NOWHERE = -1;

    private static final int INITIAL_CAPACITY = 16;

    private long[] deadlines = new long[INITIAL_CAPACITY];
    private long[] births = new long[INITIAL_CAPACITY];
    private @Nullable Object[] entries = new Object[INITIAL_CAPACITY];
    private int size;
    private long nextBirth;

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /** The earliest deadline; only when there is one. */
    long firstDeadline() {
        return deadlines[0];
    }

    void add(Object entry, long deadline) {
        if (size == entries.length) {
            int larger = size * 2;
            deadlines = Arrays.copyOf(deadlines, larger);
            births = Arrays.copyOf(births, larger);
            entries = Arrays.copyOf(entries, larger);
        }
        siftUp(size++, entry, deadline, nextBirth++);
    }

    /** Takes the first; only when there is one. */
    Object poll() {
        Object first = entry(0);
        removeAt(0);
        return first;
    }

    /** Takes out an entry that is in the queue. */
    void remove(Object entry) {
        removeAt(position(entry));
    }

    void clear() {
        for (int i = 0; i < size; i++) {
            setPosition(entry(i), NOWHERE);
        }
        Arrays.fill(entries, 0, size, null);
        size = 0;
    }

    private void removeAt(int hole) {
        setPosition(entry(hole), NOWHERE);
        int last = --size;
        Object moved = entry(last);
        entries[last] = null;
        if (hole == last) {
            return;
        }
        long deadline = deadlines[last];
        long birth = births[last];
        if (hole > 0 && isBefore(deadline, birth, (hole - 1) >>> 1)) {
            siftUp(hole, moved, deadline, birth);
        } else {
            siftDown(hole, moved, deadline, birth);
        }
    }

    private void siftUp(int from, Object entry, long deadline, long birth) {
        int hole = from;
        while (hole > 0) {
            int parent = (hole - 1) >>> 1;
            if (!isBefore(deadline, birth, parent)) {
                break;
            }
            move(parent, hole);
            hole = parent;
        }
        put(hole, entry, deadline, birth);
    }

    private void siftDown(int from, Object entry, long deadline, long birth) {
        int hole = from;
        while (true) {
            int child = 2 * hole + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && isBefore(deadlines[child + 1], births[child + 1], child)) {
                child++;
            }
            if (isBefore(deadline, birth, child)) {
                break;
            }
            move(child, hole);
            hole = child;
        }
        put(hole, entry, deadline, birth);
    }

    private boolean isBefore(long deadline, long birth, int other) {
        return deadline < deadlines[other] || (deadline == deadlines[other] && birth < births[other]);
    }

    private void move(int from, int to) {
        put(to, entry(from), deadlines[from], births[from]);
    }

    private void put(int position, Object entry, long deadline, long birth) {
        entries[position] = entry;
        deadlines[position] = deadline;
        births[position] = birth;
        setPosition(entry, position);
    }

    @SuppressWarnings("NullAway") // the first `size` elements are filled
    private Object entry(int position) {
        return entries[position];
    }

    private static int position(Object entry) {
        return entry instanceof TimerHandle handle ? handle.position : ((SleepFuture<?>) entry).position;
    }

    private static void setPosition(Object entry, int position) {
        if (entry instanceof TimerHandle handle) {
            handle.position = position;
        } else {
            ((SleepFuture<?>) entry).position = position;
        }
    }
}
