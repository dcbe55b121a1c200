package io.github.jasyncio.sync;

/**
 * Thrown by {@link Queue#putNowait} when there is no room.
 *
 * <p>Semantics: {@code asyncio.QueueFull}.
 */
public class QueueFullException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** For {@link Queue}. */
    public QueueFullException(String message) {
        super(message);
    }
}
