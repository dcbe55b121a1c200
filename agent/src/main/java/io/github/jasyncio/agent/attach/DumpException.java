package io.github.jasyncio.agent.attach;

/** A process could not be asked; the message says why, and what to do about it. */
public final class DumpException extends Exception {

    private static final long serialVersionUID = 1L;

    DumpException(String message) {
        super(message);
    }

    DumpException(String message, Throwable cause) {
        super(message, cause);
    }
}
