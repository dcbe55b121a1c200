package io.github.jasyncio.sync;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** A list that gives memory back when most of its elements have gone, as Python's does and Java's does not. */
final class ShrinkingList<T> extends ArrayList<@Nullable T> {

    private static final long serialVersionUID = 1L;

    /** So much memory is always kept. */
    private static final int KEPT_CAPACITY = 4096;

    /** How many there have been since memory was last given back. */
    private int most;

    @Override
    public boolean add(@Nullable T element) {
        boolean isAdded = super.add(element);
        most = Math.max(most, size());
        return isAdded;
    }

    /** Takes out the last; only when there is one. */
    public @Nullable T takeLast() {
        T last = remove(size() - 1);
        if (most > KEPT_CAPACITY && size() < most / 4) {
            most = size();
            trimToSize();
        }
        return last;
    }

    /** It has no more memory than for so many elements, but for what a growing list takes in advance. */
    int bound() {
        return Math.max(most, KEPT_CAPACITY);
    }
}
