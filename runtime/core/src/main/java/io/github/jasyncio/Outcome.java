package io.github.jasyncio;

import org.jspecify.annotations.Nullable;

/**
 * How one of several awaitables came out: what {@link Asyncio#gatherOutcomes} gives for each.
 *
 * <p>Semantics: an element of {@code asyncio.gather(..., return_exceptions=True)}. A cancellation is a {@link Failure} too.
 *
 * @param <T> the type of the value
 */
public sealed interface Outcome<T> {

    /**
     * It has a value.
     *
     * @param value the value, which may be null
     */
    record Success<T>(@Nullable T value) implements Outcome<T> {}

    /**
     * It failed, or was cancelled.
     *
     * @param error the failure, the very object that was thrown
     */
    record Failure<T>(Throwable error) implements Outcome<T> {}
}
