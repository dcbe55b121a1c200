package io.github.jasyncio.agent;

/** A frame class could not be brought into the loader of the class that needs it; the message says which one and why. */
final class FrameDefinitionException extends Exception {

    private static final long serialVersionUID = 1L;

    FrameDefinitionException(String message, Throwable cause) {
        super(message, cause);
    }
}
