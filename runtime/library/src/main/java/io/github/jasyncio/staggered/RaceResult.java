package io.github.jasyncio.staggered;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Staggered#staggeredRace race} has come to.
 *
 * <p>Semantics: the triple that {@code asyncio.staggered.staggered_race} returns.
 *
 * @param <T> what an attempt gives
 * @param winner what the first attempt that succeeded gave; null if none did
 * @param index the winner's place among the attempts; -1 if there is none
 * @param failures for each attempt that was begun, in their order, what it failed with: for one that was overtaken its {@link
 *     io.github.jasyncio.CancelledError}, for the winner null
 */
public record RaceResult<T>(@Nullable T winner, int index, List<@Nullable Throwable> failures) {

    /** True if an attempt has succeeded. asyncio's counterpart: {@code winner_index is not None}. */
    public boolean isWon() {
        return index >= 0;
    }
}
