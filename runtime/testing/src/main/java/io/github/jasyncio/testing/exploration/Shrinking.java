package io.github.jasyncio.testing.exploration;

/**
 * Makes the order under which a program fails as much like asyncio's own as it can: tries asyncio's own, then all orders that differ from it in one place,
 * then leaves out ever smaller parts of what was found (as in Zeller's delta debugging).
 */
final class Shrinking {

    /** How many runs may be spent. */
    private static final int BUDGET = 600;

    /** Nobody waits longer for a shorter order; only runs that wait for other threads take so long. */
    private static final long MOST_NANOS = 20_000_000_000L;

    private final OneRun program;
    private final RunResult found;
    private RunResult shortest;
    private int left = BUDGET;
    private final long begin = System.nanoTime();

    private Shrinking(OneRun program, RunResult found) {
        this.program = program;
        this.found = found;
        this.shortest = found;
    }

    /** Gives a run that fails alike, with the fewest reorderings that were found. */
    static RunResult shrink(OneRun program, RunResult found) {
        Shrinking shrinking = new Shrinking(program, found);
        if (!shrinking.tries(Decisions.NONE)) {
            shrinking.leaveOut();
            if (shrinking.reorderings() > 1) {
                shrinking.tryOneReordering();
            }
        }
        return shrinking.shortest;
    }

    private int reorderings() {
        return shortest.path().decisions().reorderings();
    }

    /** Runs it; true if it fails alike with fewer reorderings. */
    private boolean tries(Decisions decisions) {
        if (left <= 0 || System.nanoTime() - begin > MOST_NANOS) {
            left = 0;
            return false;
        }
        left--;
        RunResult result = program.under(decisions, false);
        boolean isBetter = result.failsLike(found)
                && isSimpler(result.path().decisions(), shortest.path().decisions());
        if (isBetter) {
            shortest = result;
        }
        return isBetter;
    }

    private static boolean isSimpler(Decisions one, Decisions other) {
        int difference = one.reorderings() - other.reorderings();
        return difference < 0 || (difference == 0 && one.length() < other.length());
    }

    private void leaveOut() {
        for (int size = shortest.path().decisions().length(); size > 0 && left > 0; size /= 2) {
            boolean isShorter = true;
            while (isShorter && left > 0) {
                isShorter = leaveOutParts(size);
            }
        }
    }

    private boolean leaveOutParts(int size) {
        boolean isShorter = false;
        // From the end: what comes later depends on what comes before.
        for (int end = shortest.path().decisions().length(); end > 0 && left > 0; end -= size) {
            Decisions present = shortest.path().decisions();
            Decisions fewer = present.without(Math.max(0, end - size), end);
            if (fewer.reorderings() < present.reorderings() && tries(fewer)) {
                isShorter = true;
            }
        }
        return isShorter;
    }

    private void tryOneReordering() {
        Path path = program.under(Decisions.NONE, false).path();
        for (int place = 0; place < path.length() && left > 0; place++) {
            for (int choice = 1; choice < path.width(place); choice++) {
                if (tries(Decisions.NONE.with(place, choice))) {
                    return;
                }
            }
        }
    }
}
