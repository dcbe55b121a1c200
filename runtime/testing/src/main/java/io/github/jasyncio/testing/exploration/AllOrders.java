package io.github.jasyncio.testing.exploration;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All orders, depth first: each run follows the one before up to the last place where there was a choice left, and takes the next there. Where the
 * program's state is known, what follows a state that has been seen is not run again.
 */
final class AllOrders implements Orders {

    private final Set<Object> seenStates = new HashSet<>();

    /** The choices of the run before, up to the one that is different in the next; null if there is none left. */
    private int @Nullable [] prefix = {};

    @Override
    public @Nullable Strategy next() {
        int[] prefix = this.prefix;
        return prefix == null ? null : new OneRun(prefix, seenStates);
    }

    @Override
    public void ran(Path path) {
        int place = path.length() - 1;
        while (place >= 0 && path.choice(place) + 1 >= path.width(place)) {
            place--;
        }
        if (place < 0) {
            prefix = null;
            return;
        }
        int[] next = new int[place + 1];
        Arrays.setAll(next, path::choice);
        next[place]++;
        prefix = next;
    }

    @Override
    public boolean isComplete() {
        return prefix == null;
    }

    /** Thrown where everything that could follow has been run before. */
    static final class SeenBefore extends Error {

        private static final long serialVersionUID = 1;

        SeenBefore() {
            super("this state has been seen before", null, false, false);
        }
    }

    private static final class OneRun implements Strategy {

        private final int[] prefix;
        private final Set<Object> seenStates;
        private int place;

        OneRun(int[] prefix, Set<Object> seenStates) {
            this.prefix = prefix;
            this.seenStates = seenStates;
        }

        @Override
        public int choose(java.util.List<ReadyEntry> possible, @Nullable Object state) {
            if (place < prefix.length) {
                return prefix[place++];
            }
            place++;
            if (state != null && !seenStates.add(state)) {
                throw new SeenBefore();
            }
            return 0;
        }
    }
}
