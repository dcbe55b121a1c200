package io.github.jasyncio.sync;

/**
 * Thrown where somebody puts into a queue that was shut down, or gets from one that is empty besides.
 *
 * <p>Semantics: {@code asyncio.QueueShutDown}.
 */
public class QueueShutDownException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** For {@link Queue}. */
    public QueueShutDownException(String message) {
        super(message);
    }
}
