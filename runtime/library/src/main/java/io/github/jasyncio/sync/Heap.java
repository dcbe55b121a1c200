package io.github.jasyncio.sync;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The least first; among equals the very order in which Python's {@code heapq} gives them, which {@link java.util.PriorityQueue}'s is not.
 *
 * <p>A binary heap: the item at index i is not greater than those at 2 i + 1 and 2 i + 2.
 */
final class Heap<T> implements Items<T> {

    private final ShrinkingList<T> items = new ShrinkingList<>();
    private final Comparator<? super T> order;

    Heap(Comparator<? super T> order) {
        this.order = order;
    }

    /** Adds an item; one that cannot be compared with the others, or with itself, is refused and leaves the heap as it was. */
    @Override
    public void add(@Nullable T item) {
        if (items.isEmpty()) {
            isLess(item, item);
        }
        int target = indexFor(item, items.size(), 0);
        items.add(item);
        rise(items.size() - 1, target);
    }

    /** Where an item belongs that stands at {@code index} or below, on the way up to {@code top}. Changes nothing. */
    private int indexFor(@Nullable T item, int index, int top) {
        int at = index;
        while (at > top && isLess(item, items.get((at - 1) / 2))) {
            at = (at - 1) / 2;
        }
        return at;
    }

    /** Moves an item up from {@code from} to {@code to}, and those in between down by one. */
    private void rise(int from, int to) {
        T item = items.get(from);
        int at = from;
        while (at > to) {
            items.set(at, items.get((at - 1) / 2));
            at = (at - 1) / 2;
        }
        items.set(at, item);
    }

    /**
     * Takes the least out. The last item takes its place, sinks to the bottom along the lesser children without being compared, and
     * rises from there: fewer comparisons, and the order among equals.
     */
    @Override
    public @Nullable T remove() {
        T last = items.takeLast();
        if (items.isEmpty()) {
            return last;
        }
        T least = items.get(0);
        int hole = 0;
        for (int child = lesserChild(hole); child < items.size(); child = lesserChild(hole)) {
            items.set(hole, items.get(child));
            hole = child;
        }
        items.set(hole, last);
        rise(hole, indexFor(last, hole, 0));
        return least;
    }

    /** The left child, if it is less than the right one or the only one; beyond the end if there are none. */
    private int lesserChild(int index) {
        int left = 2 * index + 1;
        int right = left + 1;
        return right < items.size() && !isLess(items.get(left), items.get(right)) ? right : left;
    }

    @SuppressWarnings("NullAway") // whether null is an item is for the comparator to say
    private boolean isLess(@Nullable T a, @Nullable T b) {
        return order.compare(a, b) < 0;
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
