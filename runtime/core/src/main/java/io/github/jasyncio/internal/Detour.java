package io.github.jasyncio.internal;

import io.github.jasyncio.Coroutine;
import org.jspecify.annotations.Nullable;

/**
 * A way that is rarely taken: starts a coroutine by a call that the JIT hardly ever inlines.
 *
 * <p>The JIT inlines every await that it can see through, be it taken once in a hundred times, and then the frequent way has to share its registers
 * with all that is in there. A queue's {@code put} takes a quarter longer for it. Confined to the thread that drives it.
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
        return execution.launch(way);
    }
}
