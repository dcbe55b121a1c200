package io.github.jasyncio;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values of context variables at one moment: immutable, so that copying a context is sharing its map.
 *
 * <p>A node of a hash trie, as in CPython's {@code hamt.c}: a map of many variables holds smaller ones, each of those variables whose hashes begin
 * with the same five bits, so setting one copies a few small arrays, however many there are. A program's handful stands in one node. No two
 * variables have the same hash, so there are no collisions. A node below the first has at least two variables, and without any there is
 * {@link #EMPTY} alone.
 */
final class VarMap {

    static final VarMap EMPTY = new VarMap(0, new Object[0], 0);

    /** What {@link #get} answers for a variable without a value; null is a value. */
    static final Object ABSENT = new Object();

    private static final int BITS = 5;

    /** A bit for each of the 32 ways on that is there. */
    private final int ways;

    /** Two for each way, in the order of the bits: a variable and its value, or null and a smaller map. */
    final @Nullable Object[] slots;

    private final int size;

    private VarMap(int ways, @Nullable Object[] slots, int size) {
        this.ways = ways;
        this.slots = slots;
        this.size = size;
    }

    int size() {
        return size;
    }

    @Nullable
    Object get(ContextVar<?> variable) {
        VarMap map = this;
        long hash = variable.hash();
        while (true) {
            hash = Long.rotateLeft(hash, BITS);
            int way = 1 << hash; // of which a shift takes the low five bits
            if ((map.ways & way) == 0) {
                return ABSENT;
            }
            int slot = map.slot(way);
            Object key = map.slots[slot];
            if (key == variable) {
                return map.slots[slot + 1];
            }
            if (key != null) {
                return ABSENT;
            }
            map = map.below(slot);
        }
    }

    VarMap with(ContextVar<?> variable, @Nullable Object value) {
        return with(variable, BITS, value);
    }

    /** The same in a map that goes by the last five of so many bits of the hash. */
    private VarMap with(ContextVar<?> variable, int bits, @Nullable Object value) {
        int way = 1 << Long.rotateLeft(variable.hash(), bits);
        int slot = slot(way);
        if ((ways & way) == 0) {
            @Nullable Object[] more = new Object[slots.length + 2];
            System.arraycopy(slots, 0, more, 0, slot);
            more[slot] = variable;
            more[slot + 1] = value;
            System.arraycopy(slots, slot, more, slot + 2, slots.length - slot);
            return new VarMap(ways | way, more, size + 1);
        }
        Object key = slots[slot];
        if (key == variable) {
            return slots[slot + 1] == value ? this : replaced(slot, variable, value, size);
        }
        VarMap before = key == null ? below(slot) : EMPTY.with((ContextVar<?>) key, bits + BITS, slots[slot + 1]);
        VarMap after = before.with(variable, bits + BITS, value);
        return after == before ? this : replaced(slot, null, after, size - before.size + after.size);
    }

    VarMap without(ContextVar<?> variable) {
        return without(variable, BITS);
    }

    private VarMap without(ContextVar<?> variable, int bits) {
        int way = 1 << Long.rotateLeft(variable.hash(), bits);
        if ((ways & way) == 0) {
            return this;
        }
        int slot = slot(way);
        Object key = slots[slot];
        if (key == variable) {
            if (size == 1) {
                return EMPTY;
            }
            @Nullable Object[] fewer = new Object[slots.length - 2];
            System.arraycopy(slots, 0, fewer, 0, slot);
            System.arraycopy(slots, slot + 2, fewer, slot, fewer.length - slot);
            return new VarMap(ways & ~way, fewer, size - 1);
        }
        if (key != null) {
            return this;
        }
        VarMap before = below(slot);
        VarMap after = before.without(variable, bits + BITS);
        if (after == before) {
            return this;
        }
        return after.size == 1
                ? replaced(slot, after.slots[0], after.slots[1], size - 1)
                : replaced(slot, null, after, size - 1);
    }

    private VarMap replaced(int slot, @Nullable Object key, @Nullable Object value, int size) {
        @Nullable Object[] changed = Arrays.copyOf(slots, slots.length);
        changed[slot] = key;
        changed[slot + 1] = value;
        return new VarMap(ways, changed, size);
    }

    /** Where a way stands, or would. */
    private int slot(int way) {
        return 2 * Integer.bitCount(ways & (way - 1));
    }

    @SuppressWarnings("NullAway") // a slot without a variable has one
    private VarMap below(int slot) {
        return (VarMap) slots[slot + 1];
    }
}
