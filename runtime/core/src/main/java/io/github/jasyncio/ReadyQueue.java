package io.github.jasyncio;

import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What runs next, first in first out: a ring that grows. Its entries are {@link Task}s, {@link Handle}s and {@link SleepFuture}s. */
final class ReadyQueue {

    private static final int INITIAL_CAPACITY = 64;

    /** Its length is a power of two, so that positions wrap by a mask. */
    private @Nullable Object[] ring = new Object[INITIAL_CAPACITY];

    private int head;
    private int size;

    void add(Object entry) {
        if (size == ring.length) {
            grow();
        }
        ring[(head + size) & (ring.length - 1)] = entry;
        size++;
    }

    /** Takes the oldest; only when there is one. */
    @SuppressWarnings("NullAway") // positions between head and head + size are filled
    Object poll() {
        @Nullable Object[] ring = this.ring;
        int head = this.head;
        Object entry = ring[head];
        ring[head] = null;
        this.head = (head + 1) & (ring.length - 1);
        size--;
        return entry;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void clear() {
        Arrays.fill(ring, null);
        head = 0;
        size = 0;
    }

    /** Puts all entries into a random order. */
    void shuffle(Random random) {
        int mask = ring.length - 1;
        for (int i = size - 1; i > 0; i--) {
            int a = (head + i) & mask;
            int b = (head + random.nextInt(i + 1)) & mask;
            Object entry = ring[a];
            ring[a] = ring[b];
            ring[b] = entry;
        }
    }

    private void grow() {
        @Nullable Object[] larger = new Object[ring.length * 2];
        int upToEnd = ring.length - head;
        System.arraycopy(ring, head, larger, 0, upToEnd);
        System.arraycopy(ring, 0, larger, upToEnd, head);
        ring = larger;
        head = 0;
    }
}
