package io.github.jasyncio.testing;

/** Says that a program waits for what will never come: nothing is ready, and no timer, call or stage could make anything so. */
public final class DeadlockError extends AssertionError {

    private static final long serialVersionUID = 1;

    /**
     * Made by the exploration.
     *
     * @param message who waits, and where
     */
    public DeadlockError(String message) {
        super(message);
    }
}
