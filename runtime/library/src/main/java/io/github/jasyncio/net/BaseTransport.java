package io.github.jasyncio.net;

import org.jspecify.annotations.Nullable;

/**
 * What transports of all kinds can do.
 *
 * <p>Semantics: {@code asyncio.BaseTransport}. Loop-confined.
 */
public interface BaseTransport {

    /**
     * Closes the transport: what is in its buffer is still sent, and nothing received any more; then the protocol's {@code connectionLost(null)} is
     * called. Closing twice does nothing.
     *
     * <p>Semantics: {@code BaseTransport.close}.
     */
    void close();

    /**
     * Closes the transport at once: what is in its buffer is lost. In the next turn the protocol's {@code connectionLost(null)} is called.
     *
     * <p>Semantics: {@code WriteTransport.abort}.
     */
    void abort();

    /**
     * True once it is closed or being closed.
     *
     * <p>Semantics: {@code BaseTransport.is_closing}.
     */
    boolean isClosing();

    /**
     * What the transport knows of its connection: {@code "socket"}, the channel; {@code "sockname"} and {@code "peername"}, the addresses.
     *
     * <p>Semantics: {@code BaseTransport.get_extra_info}; the channel is the real one, not to be read, written or closed.
     *
     * @return null if there is no such thing
     */
    @Nullable
    Object getExtraInfo(String name);

    /**
     * How many bytes wait to be sent.
     *
     * <p>Semantics: {@code WriteTransport.get_write_buffer_size}.
     */
    long getWriteBufferSize();

    /**
     * When the protocol's {@code pauseWriting} and {@code resumeWriting} are called.
     *
     * <p>Semantics: {@code WriteTransport.get_write_buffer_limits}.
     */
    WriteBufferLimits getWriteBufferLimits();

    /**
     * Says when the protocol's {@code pauseWriting} and {@code resumeWriting} are called.
     *
     * <p>Semantics: {@code WriteTransport.set_write_buffer_limits}.
     *
     * @param high more bytes than that pause writing; null means four times {@code low}, or 64 KiB if that is null too
     * @param low so many bytes or fewer resume it; null means a quarter of {@code high}
     * @throws IllegalArgumentException unless {@code high >= low >= 0}
     */
    void setWriteBufferLimits(@Nullable Integer high, @Nullable Integer low);
}
