package io.github.jasyncio;

import io.github.jasyncio.internal.Execution;
import org.jspecify.annotations.Nullable;

/**
 * What {@code await} waits for: a {@link Coroutine}, a {@link Future} or a {@code Task}.
 *
 * <p>Semantics: Python's awaitable objects. Java's own {@link java.util.concurrent.CompletionStage} can be awaited too, without being one.
 *
 * @param <T> the type of the value that {@code await} gives
 */
public sealed interface Awaitable<T> permits Coroutine, Future {

    /**
     * Runs this until it has its value, has failed, or must wait. For rewritten code, which calls it where the source says {@code await}.
     *
     * @param execution carries the suspension outwards and, later, the result inwards
     * @return the value, or {@link Execution#SUSPENDED}
     */
    @Nullable
    Object start(Execution execution);
}
