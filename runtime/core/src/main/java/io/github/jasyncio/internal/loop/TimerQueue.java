package io.github.jasyncio.internal.loop;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What waits for its time, by deadline and then by creation: a binary heap of entries which know their
 * place in it, so that cancelling one costs O(log n) and leaves nothing behind.
 *
 * <p>Deadlines stand in arrays of their own: comparing touches no entry.
 */
public final class TimerQueue {

    /** The position of an entry that is not in the queue. */
    public static final int NOWHERE = -1;

    private static final int INITIAL_CAPACITY = 16;

    /** So much memory is always kept. */
    private static final int KEPT_CAPACITY = 4096;

    /** Where the entries keep their positions. */
    public interface Positions {

        /** The position of an entry. */
        int of(Object entry);

        /** Tells an entry its position. */
        void set(Object entry, int position);
    }

    private final Positions positions;
    private long[] deadlines = new long[INITIAL_CAPACITY];
    private long[] births = new long[INITIAL_CAPACITY];
    private @Nullable Object[] entries = new Object[INITIAL_CAPACITY];
    private int size;
    private long nextBirth;

    /** An empty one. */
    public TimerQueue(Positions positions) {
        this.positions = positions;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public int size() {
        return size;
    }

    /** The earliest deadline; only when there is one. */
    public long firstDeadline() {
        return deadlines[0];
    }

    public void add(Object entry, long deadline) {
        if (size == entries.length) {
            resize(size * 2);
        }
        siftUp(size, entry, deadline, nextBirth++);
        size++;
    }

    /** Takes the first; only when there is one. */
    public Object poll() {
        Object first = entry(0);
        removeAt(0);
        return first;
    }

    /** Takes out an entry that is in the queue. */
    public void remove(Object entry) {
        removeAt(positions.of(entry));
    }

    /** All entries, in the order in which they are due. */
    public List<Object> inOrder() {
        return IntStream.range(0, size)
                .boxed()
                .sorted(Comparator.<Integer>comparingLong(i -> deadlines[i]).thenComparingLong(i -> births[i]))
                .map(this::entry)
                .toList();
    }

    public void clear() {
        for (int i = 0; i < size; i++) {
            positions.set(entry(i), NOWHERE);
        }
        size = 0;
        deadlines = new long[INITIAL_CAPACITY];
        births = new long[INITIAL_CAPACITY];
        entries = new Object[INITIAL_CAPACITY];
    }

    /** All arrays are made before one is taken: there may be no memory for the last. */
    private void resize(int capacity) {
        long[] deadlines = Arrays.copyOf(this.deadlines, capacity);
        long[] births = Arrays.copyOf(this.births, capacity);
        entries = Arrays.copyOf(entries, capacity);
        this.deadlines = deadlines;
        this.births = births;
    }

    public int capacity() {
        return entries.length;
    }

    private void removeAt(int hole) {
        positions.set(entry(hole), NOWHERE);
        int last = --size;
        Object moved = entry(last);
        entries[last] = null;
        if (hole != last) {
            long deadline = deadlines[last];
            long birth = births[last];
            if (hole > 0 && isBefore(deadline, birth, (hole - 1) >>> 1)) {
                siftUp(hole, moved, deadline, birth);
            } else {
                siftDown(hole, moved, deadline, birth);
            }
        }
        if (last < entries.length / 4 && last >= KEPT_CAPACITY / 4) {
            try {
                resize(entries.length / 2);
            } catch (OutOfMemoryError e) {
                // Then the larger arrays stay.
            }
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
        positions.set(entry, position);
    }

    @SuppressWarnings("NullAway") // the first `size` elements are filled
    private Object entry(int position) {
        return entries[position];
    }
}
