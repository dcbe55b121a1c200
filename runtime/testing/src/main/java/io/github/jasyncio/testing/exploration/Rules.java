package io.github.jasyncio.testing.exploration;

import io.github.jasyncio.testing.Reordering;
import io.github.jasyncio.testing.SimulatedNetwork;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What holds for each run of an exploration.
 *
 * @param mostSteps how many steps it may take
 * @param patience how long it waits, in real time, for what goes on outside of its loop
 * @param networks makes the network of each
 * @param state what tells moments of the program apart, or null
 * @param failsOnTasksLeft whether tasks that are left when the program ends count as a failure
 * @param failsOnUnheard whether failures of tasks and callbacks do at which nobody looks
 */
public record Rules(
        Reordering reordering,
        int mostSteps,
        Duration patience,
        Supplier<SimulatedNetwork> networks,
        @Nullable Supplier<?> state,
        boolean failsOnTasksLeft,
        boolean failsOnUnheard) {}
