package io.github.jasyncio.net;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Bytes that have come and wait to be taken, in one array, so that they can be searched. Empty it holds no array. What comes into an empty one is not
 * copied, and what is taken as it came is not copied either. Loop-confined.
 */
final class ByteQueue {

    static final byte[] NONE = new byte[0];

    private byte[] bytes = NONE;

    /** The bytes are those from here... */
    private int from;

    /** ...to before here. */
    private int to;

    int size() {
        return to - from;
    }

    boolean isEmpty() {
        return from == to;
    }

    // ------------------------------------------------------------------------------------------------ in

    /** Adds bytes; the array may become the queue's own. */
    void add(byte[] data) {
        if (isEmpty()) {
            bytes = data;
            from = 0;
            to = data.length;
        } else {
            append(data);
        }
    }

    private void append(byte[] data) {
        int size = size();
        long needed = (long) size + data.length;
        if (bytes.length - to < data.length) {
            if (needed > Integer.MAX_VALUE - 8) {
                throw new OutOfMemoryError("more bytes wait to be read than an array can hold: " + needed);
            }
            // Moving pays only if it makes as much room as it moves; otherwise each byte would be moved again and
            // again.
            byte[] roomier = needed <= bytes.length && size <= from
                    ? bytes
                    : new byte[(int) Math.max(needed, Math.min(2L * bytes.length, Integer.MAX_VALUE - 8))];
            System.arraycopy(bytes, from, roomier, 0, size);
            bytes = roomier;
            from = 0;
            to = size;
        }
        System.arraycopy(data, 0, bytes, to, data.length);
        to += data.length;
    }

    /** Gives back what an array is too large for what is left in it: it may be long before something comes. */
    void trim() {
        if (bytes.length > 2 * size()) {
            bytes = copy(size());
            to -= from;
            from = 0;
        }
    }

    // ------------------------------------------------------------------------------------------------ out

    /** The first {@code count} bytes, or all if there are no more. */
    byte[] take(int count) {
        int taken = Math.min(count, size());
        if (taken == bytes.length) {
            byte[] all = bytes;
            clear();
            return all;
        }
        byte[] first = copy(taken);
        drop(taken);
        return first;
    }

    private byte[] copy(int count) {
        return count == 0 ? NONE : Arrays.copyOfRange(bytes, from, from + count);
    }

    /** Moves as many bytes as there are and find room, and gives their number. */
    int takeInto(ByteBuffer buffer) {
        int count = Math.min(buffer.remaining(), size());
        buffer.put(bytes, from, count);
        drop(count);
        return count;
    }

    /** Forgets the first {@code count}, of which there must be so many. */
    void drop(int count) {
        from += count;
        if (from == to) {
            clear();
        }
    }

    void clear() {
        bytes = NONE;
        from = 0;
        to = 0;
    }

    /** What is in it, not to be written to, and no longer right when the queue has changed. */
    ByteBuffer view() {
        return ByteBuffer.wrap(bytes, from, size());
    }

    // ------------------------------------------------------------------------------------------------ searching

    /** How many bytes there are before the first {@code wanted}, not looking at the first {@code offset}; -1 if there is none. */
    int indexOf(byte wanted, int offset) {
        for (int i = from + offset; i < to; i++) {
            if (bytes[i] == wanted) {
                return i - from;
            }
        }
        return -1;
    }

    /** The same for several bytes in a row. */
    int indexOf(byte[] wanted, int offset) {
        int last = size() - wanted.length;
        for (int i = indexOf(wanted[0], offset); i >= 0 && i <= last; i = indexOf(wanted[0], i + 1)) {
            if (Arrays.equals(bytes, from + i, from + i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }
}
