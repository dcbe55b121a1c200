package io.github.jasyncio;

import org.jspecify.annotations.Nullable;

/**
 * The values of context variables at one moment: immutable, so that copying a context is sharing its map.
 *
 * <p>Pairs in one array, searched in order: programs have a handful of context variables, for which this is the fastest map there is.
 */
final class VarMap {

    static final VarMap EMPTY = new VarMap(new Object[0]);

    /** What {@link #get} answers for a variable without a value; null is a value. */
    static final Object ABSENT = new Object();

    private final @Nullable Object[] pairs;

    private VarMap(@Nullable Object[] pairs) {
        this.pairs = pairs;
    }

    @Nullable
    Object get(ContextVar<?> variable) {
        int index = indexOf(variable);
        return index < 0 ? ABSENT : pairs[index + 1];
    }

    VarMap with(ContextVar<?> variable, @Nullable Object value) {
        int index = indexOf(variable);
        @Nullable Object[] changed = new Object[index < 0 ? pairs.length + 2 : pairs.length];
        System.arraycopy(pairs, 0, changed, 0, pairs.length);
        int at = index < 0 ? pairs.length : index;
        changed[at] = variable;
        changed[at + 1] = value;
        return new VarMap(changed);
    }

    VarMap without(ContextVar<?> variable) {
        int index = indexOf(variable);
        if (index < 0) {
            return this;
        }
        @Nullable Object[] changed = new Object[pairs.length - 2];
        System.arraycopy(pairs, 0, changed, 0, index);
        System.arraycopy(pairs, index + 2, changed, index, changed.length - index);
        return new VarMap(changed);
    }

    int size() {
        return pairs.length / 2;
    }

    private int indexOf(ContextVar<?> variable) {
        @Nullable Object[] pairs = this.pairs;
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i] == variable) {
                return i;
            }
        }
        return -1;
    }
}
