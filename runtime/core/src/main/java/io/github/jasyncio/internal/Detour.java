package io.github.jasyncio.internal;

import io.github.jasyncio.Coroutine;
import org.jspecify.annotations.Nullable;

/**
 * A way that is rarely taken: starts a coroutine by a call that the JIT does not inline.
 *
 * <p>The JIT inlines every await that it can see through, be it taken once in a hundred times, and then the frequent way has to share its registers
 * with all that is in there. A queue's {@code put} takes half as long again for it. What it does not inline is a call that was inlined twice already
 * ({@code MaxRecursiveInlineLevel}). Confined to the thread that drives it.
 *
 * @param <T> the type of the coroutine's value
 */
public final class Detour<T> extends Coroutine<T> {

    private final Frame<T> way;

    private Detour(Frame<T> way) {
        this.way = way;
    }

    /** The same coroutine, off the way of the caller. */
    public static <T> Coroutine<T> by(Coroutine<T> way) {
        return way instanceof Frame<T> frame ? new Detour<>(frame) : way;
    }

    @Override
    public @Nullable Object start(Execution execution) {
        return start(execution, 2);
    }

    private @Nullable Object start(Execution execution, int rounds) {
        return rounds > 0 ? start(execution, rounds - 1) : way.startInPlace(execution);
    }
}
