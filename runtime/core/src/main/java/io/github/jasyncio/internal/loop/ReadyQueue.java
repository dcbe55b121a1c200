package io.github.jasyncio.internal.loop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What runs next, first in first out: a ring that grows. Its entries are tasks, handles and sleeps. */
public final class ReadyQueue {

    private static final int INITIAL_CAPACITY = 64;

    /** So much memory is always kept. */
    private static final int KEPT_CAPACITY = 4096;

    /** One that has more looks again after so long whether it still needs it. */
    private static final long REST_NANOS = 1_000_000_000;

    /** Its length is a power of two, so that positions wrap by a mask. */
    private @Nullable Object[] ring = new Object[INITIAL_CAPACITY];

    /** The oldest entry if there was none before it; all others are in the ring. With one task at work nothing ever goes through the ring. */
    private @Nullable Object first;

    // Both count the ring's entries without end; the difference is how many there are, and the low bits are positions.
    private int head;
    private int tail;

    /** What {@link #tail} was when there was last nothing to do. */
    private int tailAtRest;

    public void add(Object entry) {
        if (first == null && tail == head) {
            first = entry;
            return;
        }
        addToRing(entry);
    }

    private void addToRing(Object entry) {
        @Nullable Object[] ring = this.ring;
        int tail = this.tail;
        if (tail - head == ring.length) {
            ring = grow();
        }
        ring[tail & (ring.length - 1)] = entry;
        this.tail = tail + 1;
    }

    /** Takes the oldest; only when there is one. */
    @SuppressWarnings("NullAway") // positions between head and tail are filled
    public Object poll() {
        Object entry = first;
        if (entry != null) {
            first = null;
            return entry;
        }
        @Nullable Object[] ring = this.ring;
        int head = this.head;
        int position = head & (ring.length - 1);
        entry = ring[position];
        ring[position] = null;
        this.head = head + 1;
        return entry;
    }

    public int size() {
        return tail - head + (first == null ? 0 : 1);
    }

    public boolean isEmpty() {
        return first == null && head == tail;
    }

    /** All entries, the oldest first. */
    public List<Object> toList() {
        List<Object> entries = new ArrayList<>(size());
        if (first != null) {
            entries.add(first);
        }
        for (int i = head; i != tail; i++) {
            entries.add(entryAt(i));
        }
        return entries;
    }

    /** Takes the entry that stands at {@code index} of {@link #toList}. */
    public Object take(int index) {
        List<Object> entries = toList();
        clear();
        Object taken = entries.remove(index);
        entries.forEach(this::add);
        return taken;
    }

    @SuppressWarnings("NullAway") // positions between head and tail are filled
    private Object entryAt(int count) {
        return ring[count & (ring.length - 1)];
    }

    public void clear() {
        first = null;
        Arrays.fill(ring, null);
        head = 0;
        tail = 0;
    }

    /** Puts all entries into a random order. */
    public void shuffle(Random random) {
        Object oldest = first;
        if (oldest != null) {
            if (tail - head == ring.length) {
                grow();
            }
            ring[--head & (ring.length - 1)] = oldest;
            first = null;
        }
        int mask = ring.length - 1;
        for (int i = size() - 1; i > 0; i--) {
            int a = (head + i) & mask;
            int b = (head + random.nextInt(i + 1)) & mask;
            Object entry = ring[a];
            ring[a] = ring[b];
            ring[b] = entry;
        }
    }

    /**
     * There is nothing to do: gives back the memory that was not needed since this was so the last time. A burst keeps what it needed until the
     * next rest, so that those that come again and again do not make room each time.
     *
     * @param nanos for how long there is nothing to do
     * @return for how long it is to be left alone: shorter if it has memory that it may give back then
     */
    public long rest(long nanos) {
        int passed = tail - tailAtRest; // through the ring; so many entries were in it at the same time at most
        tailAtRest = tail;
        if (isRoomy() && isEmpty() && passed >= 0 && passed < ring.length / 4) {
            try {
                ring = new Object[passed < INITIAL_CAPACITY ? INITIAL_CAPACITY : Integer.highestOneBit(passed) * 2];
            } catch (OutOfMemoryError e) {
                // Then the larger one stays.
            }
        }
        return isRoomy() ? Math.min(nanos, REST_NANOS) : nanos;
    }

    /** True if it has more memory than it always keeps. */
    public boolean isRoomy() {
        return ring.length > KEPT_CAPACITY;
    }

    private @Nullable Object[] grow() {
        @Nullable Object[] larger = new Object[ring.length * 2];
        for (int i = head; i != tail; i++) {
            larger[i & (larger.length - 1)] = ring[i & (ring.length - 1)];
        }
        ring = larger;
        return larger;
    }
}
