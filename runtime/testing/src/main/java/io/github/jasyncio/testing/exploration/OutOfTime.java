package io.github.jasyncio.testing.exploration;

/** Ends an exploration, because it has taken too long in real time: that says nothing of the order that was just being tried. */
public final class OutOfTime extends AssertionError {

    private static final long serialVersionUID = 1;

    /** Says how long, and what to do. */
    public OutOfTime(String message) {
        super(message);
    }
}
