package io.github.jasyncio.testing;

/**
 * Says that a program waits for what will never come: nothing is ready, and no timer, call, stage or channel could make anything so. A thread of the
 * program's own is not waited for, of which the loop knows nothing; calls of {@code toThread} and {@code runInExecutor} are.
 */
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
