package io.github.jasyncio.net;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * One end of a stream between two programs.
 *
 * <p>Semantics: {@code asyncio.Transport}. Loop-confined. There is no TLS yet.
 */
public interface Transport extends BaseTransport {

    /**
     * Sends bytes: at once what the system takes, and the rest when it takes more. Does not wait.
     *
     * <p>Semantics: {@code WriteTransport.write}. After the connection is lost it does nothing, and from the fifth time on logs a warning.
     *
     * @param data copied as far as it cannot be sent at once
     * @throws IllegalStateException after {@link #writeEof}
     */
    default void write(byte[] data) {
        write(ByteBuffer.wrap(data));
    }

    /**
     * Sends the bytes between a buffer's position and its limit; afterwards its position is at its limit. Otherwise like {@link #write(byte[])}.
     *
     * @param data copied as far as it cannot be sent at once
     * @throws IllegalStateException after {@link #writeEof}
     */
    void write(ByteBuffer data);

    /**
     * Sends several pieces as one.
     *
     * <p>Semantics: {@code WriteTransport.writelines}.
     *
     * @throws IllegalStateException after {@link #writeEof}
     */
    default void writeLines(Iterable<byte[]> pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        pieces.forEach(all::writeBytes);
        write(all.toByteArray());
    }

    /**
     * Ends the stream that goes out, behind what is in the buffer; bytes may still come in. Twice, or after {@code close}, does nothing.
     *
     * <p>Semantics: {@code WriteTransport.write_eof}.
     */
    void writeEof();

    /**
     * True if {@link #writeEof} is possible; on a socket it always is.
     *
     * <p>Semantics: {@code WriteTransport.can_write_eof}.
     */
    boolean canWriteEof();

    /**
     * Receives nothing for now; so the other side can send no more in the end. Twice does nothing.
     *
     * <p>Semantics: {@code ReadTransport.pause_reading}.
     */
    void pauseReading();

    /**
     * Receives again. Does nothing if it is not paused.
     *
     * <p>Semantics: {@code ReadTransport.resume_reading}.
     */
    void resumeReading();

    /**
     * True if it is neither closing nor paused.
     *
     * <p>Semantics: {@code ReadTransport.is_reading}.
     */
    boolean isReading();

    /**
     * Who is told what happens.
     *
     * <p>Semantics: {@code BaseTransport.get_protocol}.
     */
    Protocol getProtocol();

    /**
     * Tells another one from now on. It is not told that the connection was made.
     *
     * <p>Semantics: {@code BaseTransport.set_protocol}.
     */
    void setProtocol(Protocol protocol);
}
