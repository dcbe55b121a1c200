package io.github.jasyncio.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.util.ArrayDeque;

/** Copies of bytes that wait to be written. Loop-confined. */
final class WriteBuffer {

    /** As many pieces as are offered to the system at once; it takes no more anyway. */
    private static final int MOST_PIECES = 1024;

    private final ArrayDeque<ByteBuffer> pieces = new ArrayDeque<>();
    private long size;

    boolean isEmpty() {
        return pieces.isEmpty();
    }

    long size() {
        return size;
    }

    /** Takes what is left in {@code data}. */
    void add(ByteBuffer data) {
        size += data.remaining();
        pieces.add(ByteBuffer.allocate(data.remaining()).put(data).flip());
    }

    /** Writes as much as the channel takes at once. */
    void writeTo(GatheringByteChannel channel) throws IOException {
        ByteBuffer[] offered = pieces.stream().limit(MOST_PIECES).toArray(ByteBuffer[]::new);
        size -= channel.write(offered);
        while (!pieces.isEmpty() && !pieces.element().hasRemaining()) {
            pieces.remove();
        }
    }

    void clear() {
        pieces.clear();
        size = 0;
    }
}
