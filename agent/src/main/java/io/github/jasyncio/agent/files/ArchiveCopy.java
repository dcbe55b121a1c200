package io.github.jasyncio.agent.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;

/**
 * Writes an {@link Archive} anew: most entries as they are, some with another content, some in addition. Those take over the time, mode, way of packing and
 * extra fields of the entry that they stand for or belong to.
 *
 * <p>Confined to one thread.
 */
final class ArchiveCopy {

    /** zip64 wants readers of this version. */
    private static final short VERSION_ZIP64 = 45;

    private final Archive archive;
    private final FileChannel out;
    private final List<Written> written = new ArrayList<>();

    /** Writes what stands before the first entry. */
    ArchiveCopy(Archive archive, FileChannel out) throws IOException {
        this.archive = archive;
        this.out = out;
        archive.copy(0, archive.prefixLength(), out);
    }

    /** Copies an entry. */
    void add(ArchiveEntry entry) throws IOException {
        long start = out.position();
        archive.copy(entry.start(), entry.end(), out);
        written.add(new Written(
                entry,
                entry.rawName(),
                entry.extra(),
                entry.comment(),
                entry.header(),
                entry.size(),
                entry.packedSize(),
                start));
    }

    /** Writes an entry with another content. */
    void replace(ArchiveEntry entry, byte[] content) throws IOException {
        write(
                entry,
                entry.rawName(),
                entry.extra(),
                archive.localExtra(entry),
                entry.comment(),
                entry.flags(),
                content);
    }

    /** Writes an entry of another name. */
    void addLike(ArchiveEntry like, String name, byte[] content) throws IOException {
        byte[] rawName = name.getBytes(StandardCharsets.UTF_8);
        int flags = rawName.length == name.length() ? like.flags() : like.flags() | ArchiveEntry.UTF8;
        byte[] extra = ArchiveEntry.without(like.extra(), ArchiveEntry.UNICODE_PATH, ArchiveEntry.UNICODE_COMMENT);
        byte[] local = ArchiveEntry.without(archive.localExtra(like), ArchiveEntry.UNICODE_PATH);
        write(like, rawName, extra, local, new byte[0], flags, content);
    }

    private void write(
            ArchiveEntry like,
            byte[] name,
            byte[] extra,
            byte[] localExtra,
            byte[] comment,
            int likeFlags,
            byte[] content)
            throws IOException {
        long start = out.position();
        boolean isStored = like.method() == ZipEntry.STORED;
        byte[] packed = isStored ? content : deflated(content);
        CRC32 crc = new CRC32();
        crc.update(content);
        ByteBuffer header = like.header();
        int flags = likeFlags & ~ArchiveEntry.DESCRIBED_BEHIND;
        header.putShort(8, (short) flags).putInt(16, (int) crc.getValue());
        byte[] local = ArchiveEntry.without(localExtra, ArchiveEntry.ZIP64);
        ByteBuffer begin = little(Archive.LOCAL_SIZE + name.length + local.length);
        begin.putInt(Archive.LOCAL)
                .putShort(header.getShort(6))
                .putShort((short) flags)
                .putShort(header.getShort(10))
                .putInt(header.getInt(12)) // time and date
                .putInt((int) crc.getValue())
                .putInt(packed.length)
                .putInt(content.length)
                .putShort((short) name.length)
                .putShort((short) local.length)
                .put(name)
                .put(local);
        write(begin);
        out.write(ByteBuffer.wrap(packed));
        written.add(new Written(like, name, extra, comment, header, content.length, packed.length, start));
    }

    /**
     * Writes the directory and the end.
     *
     * @param order the entries in the order that the directory is to have; additional ones stand before the one that they are like
     */
    void finish(List<ArchiveEntry> order) throws IOException {
        long centralStart = out.position();
        Map<ArchiveEntry, List<Written>> byEntry = new HashMap<>();
        for (Written each : written) {
            byEntry.computeIfAbsent(each.entry, e -> new ArrayList<>()).add(each);
        }
        for (ArchiveEntry entry : order) {
            for (Written each : byEntry.getOrDefault(entry, List.of())) {
                write(each.central(archive.base()));
            }
        }
        long size = out.position() - centralStart;
        long offset = centralStart - archive.base();
        boolean is64 = written.size() >= Archive.MAX_SHORT || size >= Archive.MAX_INT || offset >= Archive.MAX_INT;
        if (is64) {
            writeEnd64(size, offset);
        }
        byte[] comment = archive.comment();
        short count = (short) Math.min(written.size(), Archive.MAX_SHORT);
        ByteBuffer end = little(Archive.END_SIZE + comment.length);
        end.putInt(Archive.END)
                .putInt(0) // number of this part, and of that which has the directory
                .putShort(count)
                .putShort(count)
                .putInt((int) Math.min(size, Archive.MAX_INT))
                .putInt((int) Math.min(offset, Archive.MAX_INT))
                .putShort((short) comment.length)
                .put(comment);
        write(end);
    }

    private void writeEnd64(long size, long offset) throws IOException {
        long start = out.position();
        ByteBuffer end = little(Archive.END64_SIZE + Archive.LOCATOR64_SIZE);
        end.putInt(Archive.END64)
                .putLong(Archive.END64_SIZE - 12)
                .putShort(VERSION_ZIP64)
                .putShort(VERSION_ZIP64)
                .putLong(0) // number of this part, and of that which has the directory
                .putLong(written.size())
                .putLong(written.size())
                .putLong(size)
                .putLong(offset)
                .putInt(Archive.LOCATOR64)
                .putInt(0)
                .putLong(start - archive.base())
                .putInt(1);
        write(end);
    }

    private void write(ByteBuffer filled) throws IOException {
        filled.flip();
        while (filled.hasRemaining()) {
            out.write(filled);
        }
    }

    private static byte[] deflated(byte[] content) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            deflater.setInput(content);
            deflater.finish();
            ByteArrayOutputStream packed = new ByteArrayOutputStream(content.length / 2);
            byte[] buffer = new byte[8192];
            while (!deflater.finished()) {
                packed.write(buffer, 0, deflater.deflate(buffer));
            }
            return packed.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static ByteBuffer little(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** What was written, for the directory. */
    private static final class Written {

        /** The one that it is, or is like. */
        private final ArchiveEntry entry;

        private final byte[] name;
        private final byte[] extra;
        private final byte[] comment;

        /** The fields of fixed length. Sizes and offset are still to be set. */
        private final ByteBuffer header;

        private final long size;
        private final long packedSize;
        private final long start;

        Written(
                ArchiveEntry entry,
                byte[] name,
                byte[] extra,
                byte[] comment,
                ByteBuffer header,
                long size,
                long packedSize,
                long start) {
            this.entry = entry;
            this.name = name;
            this.extra = extra;
            this.comment = comment;
            this.header = header;
            this.size = size;
            this.packedSize = packedSize;
            this.start = start;
        }

        ByteBuffer central(long base) {
            byte[] others = ArchiveEntry.without(extra, ArchiveEntry.ZIP64);
            ByteBuffer zip64 = little(4 + 3 * Long.BYTES).position(4);
            header.putInt(24, field(size, zip64))
                    .putInt(20, field(packedSize, zip64))
                    .putInt(42, field(start - base, zip64));
            boolean is64 = zip64.position() > 4;
            zip64.flip();
            zip64.limit(is64 ? zip64.limit() : 0);
            if (is64) {
                zip64.putShort(0, (short) ArchiveEntry.ZIP64).putShort(2, (short) (zip64.limit() - 4));
            }
            header.putShort(28, (short) name.length)
                    .putShort(30, (short) (zip64.limit() + others.length))
                    .putShort(32, (short) comment.length);
            return little(Archive.CENTRAL_SIZE + name.length + zip64.limit() + others.length + comment.length)
                    .put(header)
                    .put(name)
                    .put(zip64)
                    .put(others)
                    .put(comment);
        }

        private static int field(long value, ByteBuffer zip64) {
            if (value < Archive.MAX_INT) {
                return (int) value;
            }
            zip64.putLong(value);
            return (int) Archive.MAX_INT;
        }
    }
}
