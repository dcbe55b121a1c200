package io.github.jasyncio;

import io.github.jasyncio.internal.Execution;
import io.github.jasyncio.internal.functions.NotData;
import org.jspecify.annotations.Nullable;

/**
 * A computation that has not run yet: what calling an {@link Async} method gives.
 *
 * <p>Semantics: Python's coroutine objects. A coroutine is lazy (it runs when awaited, or in a {@code Task}) and can be used once; the
 * finished ones that {@link #of} and {@link #done} give may be awaited any number of times. Only rewritten code makes subclasses.
 *
 * @param <T> the type of its value
 */
public abstract non-sealed class Coroutine<T> implements Awaitable<T> {

    private static final Coroutine<?> DONE = new Finished<>(null);

    /** For generated code. */
    protected Coroutine() {}

    /**
     * A coroutine that is finished, with a value: what an {@link Async} method returns.
     *
     * @param value what awaiting it gives
     */
    public static <T> Coroutine<T> of(@Nullable T value) {
        return new Finished<>(value);
    }

    /** A coroutine that is finished, without a value: what an {@link Async} method that returns {@code Coroutine<Void>} returns. */
    @SuppressWarnings("unchecked") // it gives null, which is of every type
    public static <T> Coroutine<T> done() {
        return (Coroutine<T>) DONE;
    }

    private static final class Finished<T> extends Coroutine<T> {

        private final transient @Nullable T result;

        Finished(@Nullable T result) {
            this.result = result;
        }

        @Override
        public @Nullable Object start(Execution execution) {
            return result;
        }

        /** For serialisers, which would take the coroutine for data; not the name of a field, since those that are transient are no properties either. */
        @SuppressWarnings({"UnusedMethod", "EffectivelyPrivate"}) // called by reflection
        public Object getValue() {
            throw NotData.taken(this);
        }

        @Override
        public String toString() {
            return "<coroutine finished>";
        }
    }
}
