package io.github.jasyncio.testing.exploration;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Probabilistic concurrency testing: the highest priority runs, and in a few places it becomes the lowest. (Burckhardt, Kothari, Musuvathi,
 * Nagarakatte: A randomized scheduler with probabilistic guarantees of finding bugs, ASPLOS 2010.)
 */
final class PriorityOrders implements Orders {

    /** Bugs need seldom more than a few steps in a certain order; this many, that is one change less. */
    private static final int DEEPEST = 4;

    private final SplittableRandom random;
    private int runs;

    /** The longest run so far: where to change priorities. */
    private int longest = 1;

    PriorityOrders(long seed) {
        random = new SplittableRandom(seed);
    }

    @Override
    public Strategy next() {
        int changes = runs++ % DEEPEST;
        SplittableRandom dice = random.split();
        Set<Integer> places = new HashSet<>();
        for (int i = 0; i < changes; i++) {
            places.add(dice.nextInt(longest));
        }
        return new OneRun(dice, places);
    }

    @Override
    public void ran(Path path) {
        longest = Math.max(longest, path.length());
    }

    private static final class OneRun implements Strategy {

        private final SplittableRandom dice;
        private final Set<Integer> changes;
        private final IdentityHashMap<Object, Double> priorities = new IdentityHashMap<>();
        private int place;
        private double lowest;

        OneRun(SplittableRandom dice, Set<Integer> changes) {
            this.dice = dice;
            this.changes = changes;
        }

        @Override
        public int choose(List<ReadyEntry> possible, @Nullable Object state) {
            int highest = highest(possible);
            if (changes.contains(place++)) {
                lowest--;
                priorities.put(possible.get(highest).actor(), lowest);
                highest = highest(possible);
            }
            return highest;
        }

        private int highest(List<ReadyEntry> possible) {
            int best = 0;
            for (int i = 1; i < possible.size(); i++) {
                if (priority(possible.get(i)) > priority(possible.get(best))) {
                    best = i;
                }
            }
            return best;
        }

        private double priority(ReadyEntry entry) {
            return priorities.computeIfAbsent(entry.actor(), actor -> dice.nextDouble());
        }
    }
}
