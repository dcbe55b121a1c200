package io.github.jasyncio.net;

import java.io.IOException;

/**
 * What is to be read up to a separator is longer than the stream's limit. Nothing was taken from the stream: who wants can take it by {@code
 * readexactly(consumed())}.
 *
 * <p>Semantics: {@code asyncio.LimitOverrunError}.
 */
public final class LimitOverrunException extends IOException {

    private static final long serialVersionUID = 1;

    private final int consumed;

    /**
     * So much is there.
     *
     * @param consumed how many bytes there are before the separator, or for certain without one
     */
    public LimitOverrunException(String message, int consumed) {
        super(message);
        this.consumed = consumed;
    }

    /** How many bytes there are before the separator, or for certain without one. Semantics: {@code consumed}. */
    public int consumed() {
        return consumed;
    }
}
