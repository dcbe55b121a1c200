package io.github.jasyncio.testing.exploration;

import org.jspecify.annotations.Nullable;

/**
 * Asyncio's own order, then a sample; then all orders if they seem to be few, else random ones and priorities in turns.
 *
 * <p>How many there are is estimated as Knuth did it for backtracking programs (1975): the mean, over random runs, of the product of their choices.
 */
final class MixedOrders implements Orders {

    /** How many random runs the estimate is made of. */
    private static final int SAMPLE = 20;

    private final Orders random;
    private final Orders priorities;
    private final AllOrders all = new AllOrders();

    /** How many runs there are to spend. */
    private final int budget;

    private int runs;
    private double estimates;

    private Orders latest;
    private boolean isSystematic;

    MixedOrders(int budget, long seed) {
        this.budget = budget;
        this.random = new RandomOrders(seed);
        this.priorities = new PriorityOrders(~seed);
        this.latest = random;
    }

    @Override
    public @Nullable Strategy next() {
        runs++;
        if (runs == 1) {
            return Strategy.recorded(Decisions.NONE);
        }
        if (runs == SAMPLE + 2) {
            isSystematic = estimates / SAMPLE <= budget;
        }
        if (isSystematic) {
            latest = all;
        } else {
            latest = runs <= SAMPLE + 1 || runs % 2 == 0 ? random : priorities;
        }
        return latest.next();
    }

    @Override
    public void ran(Path path) {
        if (runs > 1 && runs <= SAMPLE + 1) {
            estimates += path.ordersIfAllWereAlike();
        }
        priorities.ran(path);
        if (latest == all) {
            all.ran(path);
        }
    }

    @Override
    public boolean isComplete() {
        return all.isComplete();
    }
}
