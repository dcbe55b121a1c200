package io.github.jasyncio.testing.exploration;

import io.github.jasyncio.EventLoop;
import io.github.jasyncio.testing.Exploration;
import io.github.jasyncio.testing.ScheduleFailure;
import io.github.jasyncio.testing.Search;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Runs a program under one order after the other, until enough failures are found or enough orders have been tried.
 *
 * @param times how many orders at most
 * @param mostFailures after how many failures of different kinds to stop
 */
public record Explorer(Program program, Rules rules, int times, long seed, Search search, int mostFailures) {

    private static final String DEPENDS_ON_MORE =
            ": the program depends on more than the order, such as what an earlier run has changed, other threads, real time or"
                    + " chance)";

    private static void checkNoLoopRuns() {
        EventLoop running = EventLoop.running();
        if (running != null) {
            throw new IllegalStateException(
                    "Schedules: each run has a loop of its own, but one runs on this thread already: "
                            + running
                            + "\n    explore from an ordinary method, such as a @Test that is not async; or say @AsyncTest(schedules = 1000)");
        }
    }

    /**
     * Explores.
     *
     * @throws IllegalStateException if a loop runs on this thread
     */
    public Exploration explore() {
        checkNoLoopRuns();
        OneRun run = new OneRun(program, rules);
        Orders orders = orders();
        List<ScheduleFailure> failures = new ArrayList<>();
        Set<String> kinds = new HashSet<>();
        int runs = 0;
        boolean ownOrderWentWell = false;
        while (runs < times && failures.size() < mostFailures && !orders.isComplete()) {
            Strategy strategy = orders.next();
            if (strategy == null) {
                break;
            }
            RunResult result = run.under(strategy, false);
            runs++;
            orders.ran(result.path());
            ownOrderWentWell |=
                    result.failure() == null && result.path().decisions().reorderings() == 0;
            Throwable failure = result.failure();
            if (failure != null && kinds.add(RunResult.kindOf(failure))) {
                failures.add(describe(run, result, ownOrderWentWell));
            }
        }
        return new Exploration(failures, runs, orders.isComplete());
    }

    /**
     * Runs the program under one order.
     *
     * @throws IllegalArgumentException if {@code schedule} is none
     * @throws IllegalStateException if a loop runs on this thread
     */
    public Exploration replay(String schedule) {
        checkNoLoopRuns();
        OneRun run = new OneRun(program, rules);
        Decisions decisions = Decisions.parse(schedule);
        RunResult result = run.under(decisions, true);
        if (result.failure() == null) {
            // Whoever replays something else has shown nothing.
            String misfit = decisions.misfit(result.path());
            return misfit == null
                    ? new Exploration(List.of(), 1, false)
                    : new Exploration(
                            List.of(new ScheduleFailure(
                                    schedule,
                                    new AssertionError(
                                            "the schedule does not fit the program, which ran in another order"
                                                    + " and went well: " + misfit
                                                    + "; the program is another one than the one that"
                                                    + " failed, or has changed since: explore it anew"),
                                    decisions.reorderings(),
                                    result.interleaving())),
                            1,
                            false);
        }
        return new Exploration(List.of(failure(result, result.interleaving())), 1, false);
    }

    private Orders orders() {
        return switch (search) {
            case AUTOMATIC -> new MixedOrders(times, seed);
            case RANDOM -> new RandomOrders(seed);
            case PRIORITIES -> new PriorityOrders(seed);
            case EXHAUSTIVE -> new AllOrders();
        };
    }

    /** Makes it as short as it can be, and runs that once more, with everything written down. */
    private static ScheduleFailure describe(OneRun run, RunResult found, boolean ownOrderWentWell) {
        RunResult shortest = found;
        try {
            shortest = Shrinking.shrink(run, found);
            RunResult recorded = run.under(shortest.path().decisions(), true);
            if (!recorded.failsLike(shortest)) {
                return failure(shortest, "(not the same when it was run again" + DEPENDS_ON_MORE);
            }
            boolean isOwnOrder = recorded.path().decisions().reorderings() == 0;
            return failure(
                    recorded,
                    recorded.interleaving()
                            + (isOwnOrder && ownOrderWentWell
                                    ? "\n(but this order went well before" + DEPENDS_ON_MORE
                                    : ""));
        } catch (EndOfExploration e) {
            return failure(shortest, "(the real time was up before it could be run again, to be shown step by step)");
        }
    }

    private static ScheduleFailure failure(RunResult result, String interleaving) {
        Decisions decisions = result.path().decisions();
        Throwable failure = result.failure();
        if (failure == null) {
            throw new AssertionError("a run that went well is no failure (a bug in jasyncio)");
        }
        return new ScheduleFailure(decisions.toString(), failure, decisions.reorderings(), interleaving);
    }
}
