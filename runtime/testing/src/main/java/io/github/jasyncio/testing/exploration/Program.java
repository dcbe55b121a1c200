package io.github.jasyncio.testing.exploration;

import io.github.jasyncio.Runner;
import io.github.jasyncio.testing.SimulatedNetwork;

/** What is explored: runs one or more coroutines, one after the other, on a runner that it does not close. */
@FunctionalInterface
public interface Program {

    /**
     * Runs it once, with a state of its own.
     *
     * @param network that of the runner's loop
     */
    void runOn(Runner runner, SimulatedNetwork network) throws Throwable;
}
