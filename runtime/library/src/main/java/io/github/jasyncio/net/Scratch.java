package io.github.jasyncio.net;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/** Buffers in which something is worked out and copied on at once: a thread needs one or two for all its connections. */
final class Scratch {

    /** Four records of TLS. */
    private static final int SIZE = 4 * (16 * 1024 + 512);

    /** No more are kept; more at once are needed where TLS runs over TLS over TLS. */
    private static final int MOST_KEPT = 3;

    private static final ThreadLocal<ArrayDeque<ByteBuffer>> FREE = ThreadLocal.withInitial(ArrayDeque::new);

    private Scratch() {}

    /** An empty buffer, to be given back. */
    static ByteBuffer take() {
        ByteBuffer free = FREE.get().poll();
        return free == null ? ByteBuffer.allocate(SIZE) : free.clear();
    }

    /** Nobody works in it any more. */
    static void giveBack(ByteBuffer buffer) {
        ArrayDeque<ByteBuffer> free = FREE.get();
        if (buffer.capacity() == SIZE && free.size() < MOST_KEPT) {
            free.push(buffer);
        }
    }
}
