package io.github.jasyncio;

/**
 * A future was asked for what its state does not allow: its result while it is pending, or a second result.
 *
 * <p>Semantics: {@code asyncio.InvalidStateError}.
 */
public class InvalidStateException extends IllegalStateException {

    private static final long serialVersionUID = 1;

    /**
     * What was asked, and in which state.
     *
     * @param message names the operation and the future
     */
    public InvalidStateException(String message) {
        super(message);
    }
}
