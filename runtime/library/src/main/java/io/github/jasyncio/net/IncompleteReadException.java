package io.github.jasyncio.net;

import java.io.EOFException;

/**
 * The stream has ended before as much was there as was to be read.
 *
 * <p>Semantics: {@code asyncio.IncompleteReadError}.
 */
public final class IncompleteReadException extends EOFException {

    private static final long serialVersionUID = 1;
    private static final int UNDEFINED = -1;

    private final byte[] partial;
    private final int expected;

    /** What came, where it was not said how much should: a separator was missing. */
    public IncompleteReadException(byte[] partial) {
        this(partial, UNDEFINED);
    }

    /**
     * What came, and how much should have.
     *
     * @param partial not copied
     * @param expected a number of bytes, or -1 if there is none
     */
    public IncompleteReadException(byte[] partial, int expected) {
        super(partial.length + " bytes read on a total of " + (expected < 0 ? "undefined" : expected)
                + " expected bytes");
        this.partial = partial;
        this.expected = expected;
    }

    /** What came before the end; it is in the stream no longer. Semantics: {@code partial}. */
    public byte[] partial() {
        return partial;
    }

    /** How many bytes should have come; -1 where a separator was waited for. Semantics: {@code expected}. */
    public int expected() {
        return expected;
    }
}
