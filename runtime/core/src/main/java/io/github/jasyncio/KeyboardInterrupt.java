package io.github.jasyncio;

import org.jspecify.annotations.Nullable;

/**
 * The program was asked to stop: by Ctrl-C while {@link Runner#run} was at work, or by SIGTERM if that is to cancel (see {@link
 * Runner.Builder#cancelOnSigterm}), or by {@link Thread#interrupt} of a loop's thread while the loop was idle.
 *
 * <p>Semantics: Python's {@code KeyboardInterrupt}. An {@link Error}, so that {@code catch (Exception e)} does not stop it. Thrown out of a
 * task or a callback it is not handed to the exception handler like everything else: it leaves the loop at once.
 */
public class KeyboardInterrupt extends Error {

    private static final long serialVersionUID = 1;

    /** An interrupt without a message. */
    public KeyboardInterrupt() {
        this(null);
    }

    /**
     * An interrupt.
     *
     * @param message where it came from, or null
     */
    public KeyboardInterrupt(@Nullable String message) {
        super(message);
    }
}
