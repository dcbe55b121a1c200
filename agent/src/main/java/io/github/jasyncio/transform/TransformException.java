package io.github.jasyncio.transform;

/** A class file could not be looked into or rewritten at all; the message names the class and says whose fault it is. */
public final class TransformException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TransformException(String message, Throwable cause) {
        super(message, cause);
    }

    TransformException(String message) {
        super(message);
    }
}
