package io.github.jasyncio.agent.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * A zip file down to its bytes (PKWARE's APPNOTE.TXT), so that what is not rewritten can be copied as it is: {@code java.util.zip} knows nothing of what stands
 * before the first entry (the start script of an executable jar), of modes, and of most extra fields.
 *
 * <p>Confined to one thread.
 */
final class Archive implements Closeable {

    static final int LOCAL = 0x04034b50;
    static final int CENTRAL = 0x02014b50;
    static final int END = 0x06054b50;
    static final int END64 = 0x06064b50;
    static final int LOCATOR64 = 0x07064b50;

    static final int LOCAL_SIZE = 30;
    static final int CENTRAL_SIZE = 46;
    static final int END_SIZE = 22;
    static final int END64_SIZE = 56;
    static final int LOCATOR64_SIZE = 20;

    /** What stands in a field whose value is found in the zip64 extra field, or in the zip64 end. */
    static final long MAX_INT = 0xFFFFFFFFL;

    static final int MAX_SHORT = 0xFFFF;

    private final Path file;
    private final FileChannel channel;
    private final List<ArchiveEntry> entries = new ArrayList<>();
    private final ByteBuffer end;
    private long centralStart;
    private long base;

    private Archive(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        long endStart = findEnd();
        this.end = read(endStart, Math.toIntExact(channel.size() - endStart));
        readCentral(endStart);
        findEnds();
    }

    /**
     * Opens a zip file.
     *
     * @throws ZipException if it is none, or is damaged
     */
    static Archive open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file);
        try {
            return new Archive(file, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            if (e instanceof IndexOutOfBoundsException || e instanceof java.nio.BufferUnderflowException) {
                throw damaged("a part of it lies outside of the file");
            }
            throw e;
        }
    }

    /** In the order of the central directory, which is that in which others list them. */
    List<ArchiveEntry> entries() {
        return List.copyOf(entries);
    }

    /** In the order in which they stand in the file. */
    List<ArchiveEntry> entriesInPlace() {
        return entries.stream()
                .sorted(Comparator.comparingLong(ArchiveEntry::start))
                .toList();
    }

    /** How far the archive's own offsets are behind those in the file: the length of what was put before it, if its offsets were not told. */
    long base() {
        return base;
    }

    /** The bytes before the first entry. */
    long prefixLength() {
        return entries.stream().mapToLong(ArchiveEntry::start).min().orElse(centralStart);
    }

    /** The archive's comment. */
    byte[] comment() {
        byte[] comment = new byte[end.limit() - END_SIZE];
        end.get(END_SIZE, comment);
        return comment;
    }

    /** Bytes of the file. */
    ByteBuffer read(long from, int length) throws IOException {
        if (from < 0 || from + length > channel.size()) {
            throw damaged("a part of it lies outside of the file");
        }
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {
            // the channel may give less than is asked for
        }
        return buffer.flip();
    }

    /** Copies bytes of the file. */
    void copy(long from, long to, FileChannel target) throws IOException {
        for (long at = from; at < to; ) {
            long moved = channel.transferTo(at, to - at, target);
            if (moved == 0) {
                throw damaged("it became shorter while it was read");
            }
            at += moved;
        }
    }

    /**
     * The content of an entry.
     *
     * @throws ZipException if it is encrypted, packed in a way that Java does not know, or damaged
     */
    byte[] content(ArchiveEntry entry) throws IOException {
        if (entry.isEncrypted()) {
            throw new ZipException(file + ": " + entry.name() + " is encrypted");
        }
        long start = dataStart(entry);
        if (start + entry.packedSize() > entry.end()) {
            throw damaged(entry.name() + " is longer than its place");
        }
        byte[] packed = read(start, Math.toIntExact(entry.packedSize())).array();
        byte[] content =
                switch (entry.method()) {
                    case ZipEntry.STORED -> packed;
                    case ZipEntry.DEFLATED -> inflated(entry, packed);
                    default ->
                        throw new ZipException(file + ": " + entry.name() + " is packed by method " + entry.method()
                                + ", which Java does not know");
                };
        CRC32 crc = new CRC32();
        crc.update(content);
        if (crc.getValue() != entry.crc()) {
            throw damaged(entry.name() + " does not fit its checksum");
        }
        return content;
    }

    /** The extra fields in front of the content, which need not be those of the central directory. */
    byte[] localExtra(ArchiveEntry entry) throws IOException {
        ByteBuffer header = read(entry.start(), LOCAL_SIZE);
        int nameLength = header.getShort(26) & MAX_SHORT;
        return read(entry.start() + LOCAL_SIZE + nameLength, header.getShort(28) & MAX_SHORT)
                .array();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    // ------------------------------------------------------------------------------------------------ content

    private long dataStart(ArchiveEntry entry) throws IOException {
        ByteBuffer header = read(entry.start(), LOCAL_SIZE);
        if (header.getInt(0) != LOCAL) {
            throw damaged(entry.name() + " is not where it should be");
        }
        return entry.start() + LOCAL_SIZE + (header.getShort(26) & MAX_SHORT) + (header.getShort(28) & MAX_SHORT);
    }

    private static byte[] inflated(ArchiveEntry entry, byte[] packed) throws ZipException {
        Inflater inflater = new Inflater(true);
        try {
            byte[] content = new byte[Math.toIntExact(entry.size())];
            inflater.setInput(packed);
            int length = 0;
            while (length < content.length && !inflater.finished() && !inflater.needsInput()) {
                length += inflater.inflate(content, length, content.length - length);
            }
            if (length < content.length) {
                throw damaged(entry.name() + " is shorter than it should be");
            }
            return content;
        } catch (DataFormatException e) {
            throw damaged(entry.name() + ": " + e.getMessage());
        } finally {
            inflater.end();
        }
    }

    // ------------------------------------------------------------------------------------------------ directory

    /** The last place at which an end record, with its comment, ends the file. */
    private long findEnd() throws IOException {
        int length = Math.toIntExact(Math.min(channel.size(), END_SIZE + MAX_SHORT));
        long from = channel.size() - length;
        ByteBuffer tail = read(from, length);
        for (int at = length - END_SIZE; at >= 0; at--) {
            if (tail.getInt(at) == END && at + END_SIZE + (tail.getShort(at + 20) & MAX_SHORT) == length) {
                return from + at;
            }
        }
        throw new ZipException("it does not end like a zip file");
    }

    private void readCentral(long endStart) throws IOException {
        int disk = end.getShort(4) & MAX_SHORT;
        long count = end.getShort(10) & MAX_SHORT;
        long size = end.getInt(12) & MAX_INT;
        long offset = end.getInt(16) & MAX_INT;
        long centralEnd = endStart;
        ByteBuffer end64 = findEnd64(endStart);
        if (end64 != null) {
            count = end64.getLong(32);
            size = end64.getLong(40);
            offset = end64.getLong(48);
            centralEnd = endStart - LOCATOR64_SIZE - END64_SIZE;
        } else if (disk != 0) {
            throw new ZipException("it is one of several parts of a zip file");
        }
        centralStart = centralEnd - size;
        base = centralStart - offset;
        if (base < 0 || centralStart < 0) {
            throw damaged("its directory is not where it should be");
        }
        ByteBuffer central = read(centralStart, Math.toIntExact(size));
        for (long i = 0; i < count; i++) {
            if (central.remaining() < CENTRAL_SIZE || central.getInt(central.position()) != CENTRAL) {
                throw damaged("its directory has less than " + count + " entries");
            }
            entries.add(ArchiveEntry.read(central, base));
        }
    }

    /** Null if there is none. It stands right before its locator, whatever was put before the archive. */
    private @Nullable ByteBuffer findEnd64(long endStart) throws IOException {
        long locator = endStart - LOCATOR64_SIZE;
        if (locator < END64_SIZE || read(locator, 4).getInt(0) != LOCATOR64) {
            return null;
        }
        ByteBuffer end64 = read(locator - END64_SIZE, END64_SIZE);
        if (end64.getInt(0) != END64) {
            throw new ZipException("its zip64 end has parts that are not known here");
        }
        return end64;
    }

    /** An entry ends where the next one begins: so what describes it behind its data, and gaps, belong to it. */
    private void findEnds() throws ZipException {
        long next = centralStart;
        List<ArchiveEntry> backwards = new ArrayList<>(entriesInPlace());
        for (int i = backwards.size() - 1; i >= 0; i--) {
            ArchiveEntry entry = backwards.get(i);
            if (entry.start() + LOCAL_SIZE > next) {
                throw damaged(entry.name() + " overlaps with what follows");
            }
            entry.endAt(next);
            next = entry.start();
        }
    }

    private static ZipException damaged(String why) {
        return new ZipException("it is damaged: " + why);
    }
}
