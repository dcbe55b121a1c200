package io.github.jasyncio.agent.files;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An entry of an {@link Archive}, as its central directory describes it. */
final class ArchiveEntry {

    /** Extra fields. */
    static final int ZIP64 = 0x0001;

    static final int UNICODE_PATH = 0x7075;
    static final int UNICODE_COMMENT = 0x6375;

    static final int ENCRYPTED = 1;
    /** Sizes and checksum stand behind the data. */
    static final int DESCRIBED_BEHIND = 1 << 3;

    static final int UTF8 = 1 << 11;

    private final byte[] fixed;
    private final ByteBuffer header;
    private final byte[] name;
    private final byte[] extra;
    private final byte[] comment;
    private final long size;
    private final long packedSize;
    private final long start;
    private long end;

    private ArchiveEntry(byte[] fixed, byte[] name, byte[] extra, byte[] comment, long base) {
        this.fixed = fixed;
        this.header = ByteBuffer.wrap(fixed).order(ByteOrder.LITTLE_ENDIAN);
        this.name = name;
        this.extra = extra;
        this.comment = comment;
        long[] fields = {
            header.getInt(24) & Archive.MAX_INT,
            header.getInt(20) & Archive.MAX_INT,
            header.getInt(42) & Archive.MAX_INT
        };
        ByteBuffer zip64 = find(extra, ZIP64);
        for (int i = 0; i < fields.length; i++) {
            if (fields[i] == Archive.MAX_INT && zip64.remaining() >= Long.BYTES) {
                fields[i] = zip64.getLong();
            }
        }
        this.size = fields[0];
        this.packedSize = fields[1];
        this.start = base + fields[2];
    }

    /** Reads the one at the buffer's position, which then stands behind it. */
    static ArchiveEntry read(ByteBuffer central, long base) {
        byte[] fixed = bytes(central, Archive.CENTRAL_SIZE);
        ByteBuffer header = ByteBuffer.wrap(fixed).order(ByteOrder.LITTLE_ENDIAN);
        return new ArchiveEntry(
                fixed,
                bytes(central, header.getShort(28) & Archive.MAX_SHORT),
                bytes(central, header.getShort(30) & Archive.MAX_SHORT),
                bytes(central, header.getShort(32) & Archive.MAX_SHORT),
                base);
    }

    /** The fields of fixed length. */
    ByteBuffer header() {
        return ByteBuffer.wrap(fixed.clone()).order(ByteOrder.LITTLE_ENDIAN);
    }

    String name() {
        return new String(name, StandardCharsets.UTF_8);
    }

    byte[] rawName() {
        return name;
    }

    byte[] extra() {
        return extra;
    }

    byte[] comment() {
        return comment;
    }

    int flags() {
        return header.getShort(8) & Archive.MAX_SHORT;
    }

    boolean isEncrypted() {
        return (flags() & ENCRYPTED) != 0;
    }

    int method() {
        return header.getShort(10) & Archive.MAX_SHORT;
    }

    long crc() {
        return header.getInt(16) & Archive.MAX_INT;
    }

    long size() {
        return size;
    }

    long packedSize() {
        return packedSize;
    }

    /** Where it begins in the file. */
    long start() {
        return start;
    }

    /** Where the next one begins. */
    long end() {
        return end;
    }

    void endAt(long position) {
        end = position;
    }

    /** Extra fields but for some kinds. */
    static byte[] without(byte[] extra, int... kinds) {
        ByteBuffer from = ByteBuffer.wrap(extra).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer kept = ByteBuffer.allocate(extra.length);
        while (from.remaining() >= 4) {
            int kind = from.getShort(from.position()) & Archive.MAX_SHORT;
            int length = Math.min(from.remaining(), 4 + (from.getShort(from.position() + 2) & Archive.MAX_SHORT));
            byte[] field = bytes(from, length);
            if (Arrays.stream(kinds).noneMatch(each -> each == kind)) {
                kept.put(field);
            }
        }
        kept.put(from); // what is too short for a field: tools that align data leave such behind
        return bytes(kept.flip(), kept.limit());
    }

    /** The content of an extra field; empty if there is none. */
    private static ByteBuffer find(byte[] extra, int kind) {
        ByteBuffer from = ByteBuffer.wrap(extra).order(ByteOrder.LITTLE_ENDIAN);
        while (from.remaining() >= 4) {
            int found = from.getShort() & Archive.MAX_SHORT;
            int length = Math.min(from.remaining() - 2, from.getShort(from.position()) & Archive.MAX_SHORT);
            from.getShort();
            if (found == kind) {
                return from.slice(from.position(), length).order(ByteOrder.LITTLE_ENDIAN);
            }
            from.position(from.position() + length);
        }
        return ByteBuffer.allocate(0);
    }

    private static byte[] bytes(ByteBuffer buffer, int length) {
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }
}
