package io.github.jasyncio.conformance;

import org.jspecify.annotations.Nullable;

/** The exception that the programs raise themselves; traces show its message. */
public class Boom extends RuntimeException {

    private static final long serialVersionUID = 1;

    public Boom(@Nullable String message) {
        super(message);
    }
}
