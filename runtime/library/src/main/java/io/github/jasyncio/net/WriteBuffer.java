package io.github.jasyncio.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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

    /** Writes as much as the channel takes at once, a {@linkplain Slices slice} at a time. */
    void writeTo(GatheringByteChannel channel) throws IOException {
        long written;
        long offered;
        do {
            ByteBuffer[] slice = slice();
            offered = Arrays.stream(slice).mapToLong(ByteBuffer::remaining).sum();
            written = channel.write(slice);
            taken(written);
        } while (written == offered && !pieces.isEmpty());
    }

    /** The first pieces, the last of them not whole if that would be too much. */
    private ByteBuffer[] slice() {
        List<ByteBuffer> slice = new ArrayList<>();
        int room = Slices.SIZE;
        for (ByteBuffer piece : pieces) {
            if (room == 0 || slice.size() == MOST_PIECES) {
                break;
            }
            ByteBuffer part = piece.duplicate();
            part.limit(part.position() + Math.min(room, part.remaining()));
            room -= part.remaining();
            slice.add(part);
        }
        return slice.toArray(ByteBuffer[]::new);
    }

    private void taken(long count) {
        size -= count;
        for (long left = count; left > 0; ) {
            ByteBuffer first = pieces.element();
            int now = (int) Math.min(left, first.remaining());
            first.position(first.position() + now);
            left -= now;
            if (!first.hasRemaining()) {
                pieces.remove();
            }
        }
    }

    void clear() {
        pieces.clear();
        size = 0;
    }
}
