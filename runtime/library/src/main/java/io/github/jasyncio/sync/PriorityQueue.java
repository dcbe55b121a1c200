package io.github.jasyncio.sync;

import java.util.Comparator;

/**
 * A queue that hands out the least item.
 *
 * <p>Semantics: {@code asyncio.PriorityQueue}; items that are equal come in the same order as there. Where Python's items are tuples of a
 * priority and something else, Java's are objects with a comparator. An item that cannot be compared is refused where it is put in.
 *
 * @param <T> the type of the items
 */
public final class PriorityQueue<T> extends Queue<T> {

    /** A queue without a maximum size, of items that are {@link Comparable}; others fail with {@link ClassCastException} where they are put in. */
    public PriorityQueue() {
        this(0);
    }

    /**
     * A queue that holds {@code maxSize} items, which are {@link Comparable}; others fail with {@link ClassCastException} where they are put in.
     *
     * @param maxSize zero or negative for no maximum
     */
    public PriorityQueue(int maxSize) {
        this(maxSize, naturalOrder());
    }

    /** A queue without a maximum size, ordered by {@code comparator}. */
    public PriorityQueue(Comparator<? super T> comparator) {
        this(0, comparator);
    }

    /**
     * A queue that holds {@code maxSize} items, ordered by {@code comparator}.
     *
     * @param maxSize zero or negative for no maximum
     */
    public PriorityQueue(int maxSize, Comparator<? super T> comparator) {
        super(maxSize, new Heap<>(comparator));
    }

    @SuppressWarnings("unchecked") // an item that is not Comparable shows when it is put in
    private static <T> Comparator<T> naturalOrder() {
        return (Comparator<T>) (Comparator<?>) Comparator.naturalOrder();
    }
}
