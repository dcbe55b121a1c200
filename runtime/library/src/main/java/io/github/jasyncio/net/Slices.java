package io.github.jasyncio.net;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/**
 * Reads and writes buffers of any size with little memory outside of the heap: for a buffer in the heap the JDK takes as much of that as is
 * left in the buffer, and keeps it.
 */
final class Slices {

    /** So much of a buffer in the heap goes to the JDK at a time: more than a socket takes or gives at once, as a rule. */
    static final int SIZE = 128 * 1024;

    private Slices() {}

    /** Writes what the channel takes. */
    static void write(WritableByteChannel channel, ByteBuffer data) throws IOException {
        if (isSmall(data)) {
            channel.write(data);
            return;
        }
        int end = data.limit();
        try {
            int offered;
            do {
                offered = Math.min(end - data.position(), SIZE);
                data.limit(data.position() + offered);
            } while (channel.write(data) == offered && data.position() < end);
        } finally {
            data.limit(end);
        }
    }

    /** Reads what there is, up to a slice; gives the number of bytes, -1 at the end of the stream. */
    static int read(ReadableByteChannel channel, ByteBuffer into) throws IOException {
        if (isSmall(into)) {
            return channel.read(into);
        }
        int end = into.limit();
        into.limit(into.position() + SIZE);
        try {
            return channel.read(into);
        } finally {
            into.limit(end);
        }
    }

    /** Receives a datagram, none of which is greater than a slice; gives the sender, or null if there is none. */
    static SocketAddress receive(DatagramChannel channel, ByteBuffer into) throws IOException {
        if (isSmall(into)) {
            return channel.receive(into);
        }
        int end = into.limit();
        into.limit(into.position() + SIZE);
        try {
            return channel.receive(into);
        } finally {
            into.limit(end);
        }
    }

    private static boolean isSmall(ByteBuffer buffer) {
        return buffer.isDirect() || buffer.remaining() <= SIZE;
    }
}
