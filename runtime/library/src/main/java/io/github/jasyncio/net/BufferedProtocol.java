package io.github.jasyncio.net;

import java.nio.ByteBuffer;

/**
 * A protocol that says itself into which buffer bytes are received, which saves a copy: instead of each {@code dataReceived} come {@link
 * #getBuffer} and {@link #bufferUpdated}.
 *
 * <p>Semantics: {@code asyncio.BufferedProtocol}.
 */
public interface BufferedProtocol extends Protocol {

    /**
     * Where to put what is received next.
     *
     * <p>Semantics: {@code BufferedProtocol.get_buffer}.
     *
     * @param sizeHint how much would be good, or -1 if any size is
     * @return a buffer with room; the bytes go to its position
     */
    ByteBuffer getBuffer(int sizeHint);

    /**
     * The buffer that {@link #getBuffer} gave last has been filled; its position is behind the bytes.
     *
     * <p>Semantics: {@code BufferedProtocol.buffer_updated}.
     *
     * @param count how many bytes
     */
    void bufferUpdated(int count);

    /** Takes bytes that have been received already into buffers of the protocol. */
    @Override
    default void dataReceived(byte[] data) {
        for (int taken = 0; taken < data.length; ) {
            ByteBuffer buffer = getBuffer(data.length - taken);
            int count = Math.min(buffer.remaining(), data.length - taken);
            if (count == 0) {
                throw new IllegalStateException("getBuffer() gave a buffer without room: " + buffer);
            }
            buffer.put(data, taken, count);
            taken += count;
            bufferUpdated(count);
        }
    }
}
