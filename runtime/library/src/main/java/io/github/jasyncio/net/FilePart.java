package io.github.jasyncio.net;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;

/** The part of a file that is being sent. */
final class FilePart {

    private final FileChannel file;
    private final long offset;
    private final long count;
    private long sent;

    /**
     * A part of which nothing is sent yet.
     *
     * @param count how many bytes; fewer if the file ends before
     */
    FilePart(FileChannel file, long offset, long count) {
        this.file = file;
        this.offset = offset;
        this.count = count;
    }

    /** Refuses what is no part. */
    static void check(String operation, long offset, long count) {
        if (offset < 0 || count <= 0) {
            throw new IllegalArgumentException(
                    operation + ": the offset must not be negative, and the count positive: " + offset + ", " + count);
        }
    }

    /** Sends what the channel takes at once; true if that was all. */
    boolean sendTo(SocketChannel channel) throws IOException {
        long left = Math.min(count - sent, file.size() - offset - sent);
        if (left <= 0) {
            return true;
        }
        long now = file.transferTo(offset + sent, left, channel);
        if (now > 0) {
            // Each time, so that it is right after a failure or a cancellation.
            sent += now;
            file.position(offset + sent);
        }
        return now >= left;
    }

    long sent() {
        return sent;
    }
}
