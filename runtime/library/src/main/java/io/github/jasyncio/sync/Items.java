package io.github.jasyncio.sync;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a queue holds, and which comes first. Semantics: {@code _init}, {@code _put} and {@code _get} of {@code asyncio.Queue}. */
interface Items<T> {

    void add(@Nullable T item);

    /** Takes the next one out. Only when there is one. */
    @Nullable
    T remove();

    int size();

    /** As the text form of a queue shows them. */
    List<@Nullable Object> toList();

    /** First in, first out: a ring that grows. Its size stands in a field, because every put and get asks for it; and null is an item. */
    final class Fifo<T> implements Items<T> {

        /** Its length is a power of two, so that positions wrap by a mask. */
        private @Nullable Object[] ring = new Object[16];

        /** So much memory is always kept. */
        private static final int KEPT_CAPACITY = 4096;

        private int first;
        private int size;

        @Override
        public void add(@Nullable T item) {
            @Nullable Object[] ring = this.ring;
            int size = this.size;
            if (size == ring.length) {
                ring = resize(2 * size);
            }
            ring[(first + size) & (ring.length - 1)] = item;
            this.size = size + 1;
        }

        private @Nullable Object[] resize(int capacity) {
            ring = copy(new Object[capacity]);
            first = 0;
            return ring;
        }

        @Override
        @SuppressWarnings("unchecked") // only items of type T come in
        public @Nullable T remove() {
            @Nullable Object[] ring = this.ring;
            int first = this.first;
            Object item = ring[first];
            ring[first] = null;
            this.first = (first + 1) & (ring.length - 1);
            size--;
            if (ring.length > KEPT_CAPACITY && size < ring.length / 4) {
                resize(ring.length / 2);
            }
            return (T) item;
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public List<@Nullable Object> toList() {
            return new ArrayList<>(Arrays.asList(copy(new Object[size])));
        }

        private @Nullable Object[] copy(@Nullable Object[] target) {
            for (int i = 0; i < size; i++) {
                target[i] = ring[(first + i) & (ring.length - 1)];
            }
            return target;
        }
    }

    /** Last in, first out. */
    final class Lifo<T> implements Items<T> {

        private final ShrinkingList<T> items = new ShrinkingList<>();

        @Override
        public void add(@Nullable T item) {
            items.add(item);
        }

        @Override
        public @Nullable T remove() {
            return items.takeLast();
        }

        @Override
        public int size() {
            return items.size();
        }

        @Override
        public List<@Nullable Object> toList() {
            return new ArrayList<>(items);
        }
    }
}
