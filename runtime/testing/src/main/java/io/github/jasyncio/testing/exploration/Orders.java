package io.github.jasyncio.testing.exploration;

import org.jspecify.annotations.Nullable;

/** Says which order to try next. */
interface Orders {

    /** How to decide in the next run; null if there is no order left. */
    @Nullable
    Strategy next();

    /** The run that {@link #next} was asked for is over. */
    default void ran(Path path) {}

    /** True if every order that there is has been run. */
    default boolean isComplete() {
        return false;
    }
}
