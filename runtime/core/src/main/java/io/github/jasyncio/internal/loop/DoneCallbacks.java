package io.github.jasyncio.internal.loop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The callbacks of a future that has more than one, in the order in which they were added: tasks that await it, and callbacks. */
public final class DoneCallbacks {

    private @Nullable Object[] entries;
    private int size;

    /** How many have been queued when the future is done. A field for all: who counts may have no room for a call. */
    public int next;

    public DoneCallbacks(Object first, Object second) {
        entries = new Object[] {first, second, null, null};
        size = 2;
    }

    public void add(Object entry) {
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, size * 2);
        }
        entries[size++] = entry;
    }

    public int size() {
        return size;
    }

    @SuppressWarnings("NullAway") // the first `size` elements are filled
    public Object get(int index) {
        return entries[index];
    }

    /** The callbacks at this moment. On another thread than the loop's it may miss some, but does not fail. */
    public List<Object> snapshot() {
        @Nullable Object[] entries = this.entries; // read once: it may be replaced meanwhile
        List<Object> present = new ArrayList<>();
        for (int i = 0; i < Math.min(size, entries.length); i++) {
            Object entry = entries[i];
            if (entry != null) {
                present.add(entry);
            }
        }
        return present;
    }

    @Nullable
    public Object last() {
        return size == 0 ? null : entries[size - 1];
    }

    /**
     * Takes out some.
     *
     * @return how many
     */
    public int remove(Predicate<Object> isToGo) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            Object entry = get(i);
            if (!isToGo.test(entry)) {
                entries[kept++] = entry;
            }
        }
        int removed = size - kept;
        Arrays.fill(entries, kept, size, null);
        size = kept;
        return removed;
    }
}
