package io.github.jasyncio;

import org.jspecify.annotations.Nullable;

/**
 * Thrown at the {@code await} of a task that is being cancelled.
 *
 * <p>Semantics: {@code asyncio.CancelledError}, which is a {@code BaseException}; hence an {@link Error}, so that {@code catch (Exception
 * e)} does not swallow a cancellation. Code that catches it to clean up throws it on.
 */
public class CancelledError extends Error {

    private static final long serialVersionUID = 1;

    /** False for one that a user has made. */
    private final boolean isDelivered;

    /** A cancellation without a message. */
    public CancelledError() {
        this((String) null);
    }

    /**
     * A cancellation with a message.
     *
     * @param message what was given to {@code cancel}, or null
     */
    public CancelledError(@Nullable String message) {
        super(message);
        this.isDelivered = false;
        super.fillInStackTrace();
    }

    /**
     * What the loop delivers to a task: the stack it would capture is the loop's own and says nothing, so it gets the places where the task
     * stands instead, innermost first.
     */
    CancelledError(@Nullable String message, StackTraceElement[] awaits) {
        super(message);
        this.isDelivered = true;
        setStackTrace(awaits);
    }

    /** True if the loop made it, with the trace that it is to have. */
    boolean isDelivered() {
        return isDelivered;
    }

    /** Does nothing: {@link Throwable}'s constructor calls it, and only one of the constructors here wants the thread's stack. */
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // nothing to guard
    public final Throwable fillInStackTrace() {
        return this;
    }
}
