package io.github.jasyncio;

import java.util.NoSuchElementException;

/**
 * An async generator has come to its end: what {@link AsyncGenerator#next} throws then.
 *
 * <p>Semantics: {@code StopAsyncIteration}. A generator cannot end by throwing it itself; it would be mistaken for the end of the one that it came from, and
 * becomes an {@link IllegalStateException}.
 */
public final class StopAsyncIteration extends NoSuchElementException {

    private static final long serialVersionUID = 1L;

    /** What the end is told by; without a cause. */
    public StopAsyncIteration() {
        super("the async generator has ended; ask hasNext() before");
    }
}
