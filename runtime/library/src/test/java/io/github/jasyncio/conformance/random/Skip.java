package io.github.jasyncio.conformance.random;

/** A node cannot run now: what it names does not exist yet, say. */
final class Skip extends RuntimeException {

    private static final long serialVersionUID = 1;

    Skip(String why) {
        super(why);
    }
}
