package io.github.jasyncio.staggered;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncCallable;
import io.github.jasyncio.Asyncio;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.ExceptionGroup;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Races between attempts at the same thing, for static import.
 *
 * <p>Semantics: {@code asyncio.staggered}.
 */
public final class Staggered {

    private Staggered() {}

    /**
     * Starts all attempts together, gives the result of the first that succeeds, and cancels the others, whose end it awaits.
     *
     * <p>asyncio has no counterpart of its own: a {@code staggered_race} without delay. If whoever awaits it is cancelled, so are all attempts.
     *
     * @return a coroutine that fails with an {@link ExceptionGroup} of what the attempts failed with, in their order, if none succeeds, and with {@link
     *     IllegalArgumentException} if there are none
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // read only
    public static <T> Coroutine<T> firstOf(AsyncCallable<? extends T>... attempts) {
        return firstOf(Duration.ZERO, Arrays.asList(attempts));
    }

    /**
     * The same, but each attempt begins only when the one before has failed or {@code delay} has passed: the later ones spare their work if an earlier one
     * is fast. See {@link #firstOf(AsyncCallable...)}.
     *
     * @param delay zero for all together; null to begin the next only when one has failed
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // read only
    public static <T> Coroutine<T> firstOf(@Nullable Duration delay, AsyncCallable<? extends T>... attempts) {
        return firstOf(delay, Arrays.asList(attempts));
    }

    /** The same for a list of attempts, see {@link #firstOf(Duration, AsyncCallable...)}. */
    public static <T> Coroutine<T> firstOf(
            @Nullable Duration delay, List<? extends AsyncCallable<? extends T>> attempts) {
        List<AsyncCallable<? extends T>> copy = List.copyOf(attempts);
        return Asyncio.async(() -> winnerOf(copy, delay));
    }

    @Async
    @SuppressWarnings("NullAway") // an attempt that gives null has won, too
    private static <T> Coroutine<T> winnerOf(List<AsyncCallable<? extends T>> attempts, @Nullable Duration delay) {
        if (attempts.isEmpty()) {
            throw new IllegalArgumentException("firstOf was given no attempts: none of them can be the first");
        }
        RaceResult<T> result = Asyncio.await(Staggered.<T>staggeredRace(attempts, delay));
        if (!result.isWon()) {
            List<Throwable> failures =
                    result.failures().stream().filter(Objects::nonNull).toList();
            throw new ExceptionGroup("none of the attempts succeeded", failures);
        }
        return Coroutine.of(result.winner());
    }

    /**
     * Starts attempts one after the other, each when the one before has failed or {@code delay} has passed, until one succeeds; the others are cancelled, and
     * awaited.
     *
     * <p>Semantics: {@code asyncio.staggered.staggered_race}. If whoever awaits it is cancelled, so are all attempts.
     *
     * @param delay null to begin the next only when one has failed
     */
    public static <T> Coroutine<RaceResult<T>> staggeredRace(
            List<? extends AsyncCallable<? extends T>> attempts, @Nullable Duration delay) {
        return staggeredRace(attempts, delay, result -> {});
    }

    /**
     * The same for what must be closed if nobody gets it.
     *
     * <p>Semantics: {@code asyncio.staggered.staggered_race}, where such a result is lost.
     *
     * @param drop is given each result that this does not return: of an attempt that succeeds although it was overtaken and cancelled, and of the winner if
     *     whoever waits is cancelled in the turn in which the race ends
     */
    public static <T> Coroutine<RaceResult<T>> staggeredRace(
            List<? extends AsyncCallable<? extends T>> attempts, @Nullable Duration delay, Consumer<? super T> drop) {
        List<AsyncCallable<? extends T>> copy = List.copyOf(attempts);
        return Asyncio.async(() -> new Race<T>(copy, delay, drop).run());
    }
}
