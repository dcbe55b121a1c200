package io.github.jasyncio.testing.exploration;

import io.github.jasyncio.Runner;

/** What is explored: runs one or more coroutines, one after the other, on a runner that it does not close. */
@FunctionalInterface
public interface Program {

    /** Runs it once, with a state of its own. */
    void runOn(Runner runner) throws Throwable;
}
