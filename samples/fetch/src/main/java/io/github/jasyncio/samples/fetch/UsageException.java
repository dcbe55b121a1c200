package io.github.jasyncio.samples.fetch;

/** The command line makes no sense; the message says why. */
final class UsageException extends Exception {

    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
