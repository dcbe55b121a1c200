package io.github.jasyncio;

import org.jspecify.annotations.Nullable;

/**
 * A deadline passed.
 *
 * <p>Semantics: Python's {@code TimeoutError}, as {@code asyncio.wait_for} and {@code asyncio.timeout} raise it. Unchecked, unlike {@link
 * java.util.concurrent.TimeoutException}.
 */
public class AsyncTimeoutException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** A timeout without a message. */
    public AsyncTimeoutException() {
        this(null, null);
    }

    /**
     * A timeout.
     *
     * @param message what took too long, or null
     */
    public AsyncTimeoutException(@Nullable String message) {
        this(message, null);
    }

    /**
     * A timeout.
     *
     * @param message what took too long, or null
     * @param cause the cancellation through which it arrived, or null
     */
    public AsyncTimeoutException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
