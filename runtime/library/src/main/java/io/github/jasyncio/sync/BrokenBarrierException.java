package io.github.jasyncio.sync;

/**
 * Thrown at a {@link Barrier} that is reset or aborted while tasks wait, or that is broken already.
 *
 * <p>Semantics: {@code asyncio.BrokenBarrierError}, a {@code RuntimeError}.
 */
public class BrokenBarrierException extends IllegalStateException {

    private static final long serialVersionUID = 1;

    /** For {@link Barrier}. */
    public BrokenBarrierException(String message) {
        super(message);
    }
}
