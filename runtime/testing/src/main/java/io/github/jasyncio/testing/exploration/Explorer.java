package io.github.jasyncio.testing.exploration;

import io.github.jasyncio.testing.Exploration;
import io.github.jasyncio.testing.Reordering;
import io.github.jasyncio.testing.ScheduleFailure;
import io.github.jasyncio.testing.Search;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program under one order after the other, until enough failures are found or enough orders have been tried.
 *
 * @param times how many orders at most
 * @param mostFailures after how many failures of different kinds to stop
 * @param mostSteps how many steps a run may take
 * @param state what tells moments of the program apart, or null
 */
public record Explorer(
        Program program,
        int times,
        long seed,
        Search search,
        Reordering reordering,
        int mostFailures,
        int mostSteps,
        boolean isStrict,
        @Nullable Supplier<?> state) {

    /** Explores. */
    public Exploration explore() {
        OneRun run = new OneRun(program, reordering, mostSteps, state, isStrict);
        Orders orders = orders();
        List<ScheduleFailure> failures = new ArrayList<>();
        Set<String> kinds = new HashSet<>();
        int runs = 0;
        while (runs < times && failures.size() < mostFailures && !orders.isComplete()) {
            Strategy strategy = orders.next();
            if (strategy == null) {
                break;
            }
            RunResult result = run.under(strategy, false);
            runs++;
            orders.ran(result.path());
            Throwable failure = result.failure();
            if (failure != null && kinds.add(RunResult.kindOf(failure))) {
                failures.add(describe(run, Shrinking.shrink(run, result)));
            }
        }
        return new Exploration(failures, runs, orders.isComplete());
    }

    /**
     * Runs the program under one order.
     *
     * @throws IllegalArgumentException if {@code schedule} is none
     */
    public Exploration replay(String schedule) {
        OneRun run = new OneRun(program, reordering, mostSteps, null, isStrict);
        RunResult result = run.under(Decisions.parse(schedule), true);
        return new Exploration(result.failure() == null ? List.of() : List.of(failure(result)), 1, false);
    }

    private Orders orders() {
        return switch (search) {
            case AUTOMATIC -> new MixedOrders(times, seed);
            case RANDOM -> new RandomOrders(seed);
            case PRIORITIES -> new PriorityOrders(seed);
            case EXHAUSTIVE -> new AllOrders();
        };
    }

    /** Runs it once more, with everything written down. */
    private static ScheduleFailure describe(OneRun run, RunResult shortest) {
        RunResult recorded = run.under(shortest.path().decisions(), true);
        return failure(recorded.failsLike(shortest) ? recorded : shortest);
    }

    private static ScheduleFailure failure(RunResult result) {
        Decisions decisions = result.path().decisions();
        Throwable failure = result.failure();
        if (failure == null) {
            throw new AssertionError("a run that went well is no failure (a bug in jasyncio)");
        }
        String text = result.interleaving().isEmpty()
                ? "(not the same when it was run again: the program depends on more than the order, such as other threads, real time or chance)"
                : result.interleaving();
        return new ScheduleFailure(decisions.toString(), failure, decisions.reorderings(), text);
    }
}
