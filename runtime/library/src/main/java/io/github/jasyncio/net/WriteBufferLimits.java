package io.github.jasyncio.net;

/**
 * The marks of a transport's buffer, in bytes.
 *
 * <p>Semantics: the pair that {@code WriteTransport.get_write_buffer_limits} gives.
 *
 * @param low so many or fewer resume writing
 * @param high more than that pause it; may be more than an {@code int} holds
 */
public record WriteBufferLimits(long low, long high) {

    /**
     * Checks the order of the marks.
     *
     * @throws IllegalArgumentException unless {@code high >= low >= 0}
     */
    public WriteBufferLimits {
        if (low < 0 || high < low) {
            throw new IllegalArgumentException("high (" + high + ") must be >= low (" + low + ") must be >= 0");
        }
    }
}
