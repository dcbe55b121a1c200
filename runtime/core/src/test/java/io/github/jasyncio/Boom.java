package io.github.jasyncio;

/** The failure that tests raise. */
final class Boom extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Boom(String message) {
        super(message);
    }
}
