package io.github.jasyncio;

import io.github.jasyncio.internal.functions.ClosedWithoutWaiting;

/**
 * A resource whose closing takes a wait: what {@code async with} takes in Python.
 *
 * <p>In an async method try-with-resources is {@code async with}: where a resource turns out to be an {@code AsyncCloseable}, {@link #closeAsync()} is awaited at the end
 * of the block in place of {@link #close()}. The order of closing, and the exceptions that are suppressed, stay those of the Java language.
 *
 * <pre>{@code
 * try (StreamConnection connection = await(openConnection("example.org", 80))) {
 *     ...
 * } // awaits connection.closeAsync()
 * }</pre>
 */
public interface AsyncCloseable extends AutoCloseable {

    /**
     * Closes the resource. Closing again does nothing, in classes that do not say otherwise.
     *
     * <p>Semantics: {@code __aexit__}, which it is told nothing of what the block ended with.
     *
     * @return a coroutine that is done when the resource is closed; a failure of closing is its failure
     */
    Coroutine<Void> closeAsync();

    /**
     * What try-with-resources calls where it is not in an async method; not to be called by hand. Classes that can be closed without a wait override it.
     *
     * @throws IllegalStateException always; the message says what to write
     */
    @Override
    default void close() {
        throw ClosedWithoutWaiting.atCaller(this);
    }
}
