package io.github.jasyncio.testing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of exploring the orders of a program.
 *
 * @param failures one for each kind of failure that was found; empty if every order that was tried went well
 * @param schedulesRun how many orders were tried until then, those not counted that only made a failure's schedule shorter
 * @param isComplete true if these were all orders that there are
 */
public record Exploration(List<ScheduleFailure> failures, int schedulesRun, boolean isComplete) {

    /** Keeps the failures as they are. */
    public Exploration {
        failures = List.copyOf(failures);
    }

    /** The schedule of the first failure, to be given to {@link Schedules#replay}; null if there is none. */
    public @Nullable String schedule() {
        return failures.isEmpty() ? null : failures.get(0).schedule();
    }

    /**
     * Throws if anything failed, with schedule and interleaving.
     *
     * @throws ScheduleError whose cause is what the program failed with
     */
    public Exploration assertNoFailures() {
        if (!failures.isEmpty()) {
            throw new ScheduleError(failures.get(0), schedulesRun);
        }
        return this;
    }
}
