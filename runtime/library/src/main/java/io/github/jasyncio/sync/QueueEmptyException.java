package io.github.jasyncio.sync;

/**
 * Thrown by {@link Queue#getNowait} when there is nothing to get.
 *
 * <p>Semantics: {@code asyncio.QueueEmpty}.
 */
public class QueueEmptyException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** For {@link Queue}. */
    public QueueEmptyException(String message) {
        super(message);
    }
}
