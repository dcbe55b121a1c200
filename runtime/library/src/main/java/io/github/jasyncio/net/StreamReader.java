package io.github.jasyncio.net;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.emit;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncGenerator;
import io.github.jasyncio.Asyncio;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import io.github.jasyncio.internal.Detour;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that come in on a connection, for those who await them.
 *
 * <p>Semantics: {@code asyncio.StreamReader}. When twice as much as the limit waits to be read the connection's transport pauses; it resumes when no
 * more than the limit is left. What is there already is given without suspending. One task at a time may wait. A reader whose wait is cancelled has
 * taken nothing. Loop-confined.
 *
 * <p>After a failure of the connection all reads fail with it, also those of bytes that came before. An exception from that is TLS that the other side
 * ended without saying so: what came before can be read, and the failure comes in place of the end.
 */
public final class StreamReader {

    /** 64 KiB. */
    static final int DEFAULT_LIMIT = 64 * 1024;

    private static final byte LINE_FEED = '\n';

    private final EventLoop loop;
    private final int limit;
    private final ByteQueue queue = new ByteQueue();

    // open --feedEof--> at the end; any --setException--> failed, for good
    private boolean isEof;
    private @Nullable Throwable exception;

    /** Whether somebody who used the streams has failed with what the connection was lost by. */
    private boolean isTold;

    /** What the end of the stream is, if it is not a good one. */
    private @Nullable Throwable badEnd;

    /** What who waits for bytes awaits. */
    private @Nullable Future<Void> waiter;

    private @Nullable Transport transport;
    private boolean isPaused;

    /** Whoever has the reader has the connection: it is lost only if both are. */
    @SuppressWarnings("UnusedVariable") // holds it
    private @Nullable StreamWriter writer;

    /** A reader with the usual limit, 64 KiB, of the running loop or else of {@link Asyncio#getEventLoop}. */
    public StreamReader() {
        this(DEFAULT_LIMIT);
    }

    /**
     * A reader of the running loop or else of {@link Asyncio#getEventLoop}.
     *
     * @param limit the length of a line or another separated piece, without its separator, in bytes; half of what waits before the transport pauses
     * @throws IllegalArgumentException unless it is positive
     */
    public StreamReader(int limit) {
        this(limit, Asyncio.getEventLoop());
    }

    StreamReader(int limit, EventLoop loop) {
        checkLimit(limit);
        this.limit = limit;
        this.loop = loop;
    }

    static void checkLimit(int limit) {
        if (limit <= 0) {
            throw new IllegalArgumentException("the limit must be positive: " + limit);
        }
    }

    // ------------------------------------------------------------------------------------------------ reading

    /**
     * Everything up to the end of the stream.
     *
     * <p>Semantics: {@code StreamReader.read()}. One that is cancelled, or fails, loses what it has read.
     *
     * @throws IOException when awaited, if the connection fails
     */
    @Async
    public Coroutine<byte[]> read() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (true) {
            byte[] block = await(read(limit));
            if (block.length == 0) {
                return Coroutine.of(all.toByteArray());
            }
            all.writeBytes(block);
        }
    }

    /**
     * As much as is there, at least one byte; waits while there is none.
     *
     * <p>Semantics: {@code StreamReader.read(n)}.
     *
     * @param count no more than that; zero gives nothing at once, negative is {@link #read()}
     * @return a coroutine that gives the bytes; none at the end of the stream
     * @throws IOException when awaited, if the connection fails
     */
    @Async
    public Coroutine<byte[]> read(int count) throws IOException {
        if (count <= 0 || queue.isEmpty() || exception != null) {
            return Detour.by(read(count, "read"));
        }
        byte[] bytes = queue.take(count);
        resumeTransport();
        return Coroutine.of(bytes);
    }

    /** The way of those who may have to wait: apart, so that the other stays short enough for the JIT to inline it. */
    @Async
    private Coroutine<byte[]> read(int count, String operation) throws IOException {
        checkNotFailed();
        if (count == 0) {
            return Coroutine.of(ByteQueue.NONE);
        }
        if (count < 0) {
            return read();
        }
        if (queue.isEmpty() && !isAtEnd()) {
            await(waitForData(operation));
            if (queue.isEmpty()) {
                isAtEnd();
            }
        }
        byte[] bytes = queue.take(count);
        resumeTransport();
        return Coroutine.of(bytes);
    }

    /**
     * Reads into a buffer as much as is there and finds room; waits while there is nothing.
     *
     * <p>Semantics: like {@link #read(int)}; Python has no such method.
     *
     * @param buffer the bytes go to its position, which moves behind them
     * @return a coroutine that gives the number of bytes; zero if there is no room, -1 at the end of the stream
     * @throws IOException when awaited, if the connection fails
     */
    @Async
    public Coroutine<Integer> readInto(ByteBuffer buffer) throws IOException {
        checkNotFailed();
        if (queue.isEmpty()) {
            if (!buffer.hasRemaining()) {
                return Coroutine.of(0);
            }
            if (!isAtEnd()) {
                await(waitForData("readInto"));
            }
            if (queue.isEmpty() && isAtEnd()) {
                return Coroutine.of(-1);
            }
        }
        int count = queue.takeInto(buffer);
        resumeTransport();
        return Coroutine.of(count);
    }

    /**
     * Exactly {@code count} bytes, whatever the limit is; waits until so many are there.
     *
     * <p>Semantics: {@code StreamReader.readexactly}.
     *
     * @throws IllegalArgumentException when awaited, if {@code count} is negative
     * @throws IncompleteReadException when awaited, if the stream ends before; it has what came, which is taken from the stream
     * @throws IOException when awaited, if the connection fails
     */
    @Async
    public Coroutine<byte[]> readexactly(int count) throws IOException {
        if (count <= 0 || queue.size() < count || exception != null) {
            return Detour.by(readexactly(count, "readexactly"));
        }
        byte[] bytes = queue.take(count);
        resumeTransport();
        return Coroutine.of(bytes);
    }

    /** The way of those who may have to wait, like that of {@code read}. */
    @Async
    private Coroutine<byte[]> readexactly(int count, String operation) throws IOException {
        if (count < 0) {
            throw new IllegalArgumentException("readexactly: the number of bytes must not be negative: " + count);
        }
        checkNotFailed();
        while (queue.size() < count) {
            if (isAtEnd()) {
                throw new IncompleteReadException(queue.take(count), count);
            }
            await(waitForData(operation));
        }
        byte[] bytes = queue.take(count);
        resumeTransport();
        return Coroutine.of(bytes);
    }

    /**
     * A line with its line feed; what there is at the end of the stream may have none.
     *
     * <p>Semantics: {@code StreamReader.readline}.
     *
     * @return a coroutine that gives the line; no bytes at the end of the stream
     * @throws IllegalArgumentException when awaited, if the line is longer than the limit; it is taken from the stream, or everything is if its end
     *     has not come
     * @throws IOException when awaited, if the connection fails
     */
    @Async
    public Coroutine<byte[]> readline() throws IOException {
        int length = exception == null ? queue.indexOf(LINE_FEED, 0) : -1;
        if (length < 0 || length > limit) {
            return Detour.by(readline("readline"));
        }
        byte[] line = queue.take(length + 1);
        resumeTransport();
        return Coroutine.of(line);
    }

    /** The way of those who may have to wait, like that of {@code read}. */
    @Async
    private Coroutine<byte[]> readline(String operation) throws IOException {
        byte[] line;
        try {
            line = await(readuntil(Separators.LINE_FEED, operation));
        } catch (IncompleteReadException e) {
            line = e.partial();
        } catch (LimitOverrunException e) {
            if (queue.indexOf(LINE_FEED, e.consumed()) == e.consumed()) {
                queue.drop(e.consumed() + 1);
            } else {
                queue.clear();
            }
            resumeTransport();
            throw new IllegalArgumentException("readline: " + e.getMessage(), e);
        }
        return Coroutine.of(line);
    }

    /**
     * The lines up to the end of the stream, as text and without what ends them: a line feed, or a carriage return and a line feed.
     *
     * <p>Semantics: {@code async for line in reader}, which gives the bytes of {@link #readline}. Nothing is read ahead: who stops in the middle, and closes the
     * generator or does not, may read on.
     *
     * @param charset one whose line feed is a single byte, as in UTF-8 and all that begin with ASCII; bytes that mean nothing in it become replacement
     *     characters
     * @return a generator that fails as {@link #readline} does
     * @throws IllegalArgumentException when the first line is asked for, if the charset is another, such as UTF-16
     * @throws IOException when a line is asked for, if the connection fails
     */
    @Async
    public AsyncGenerator<String> lines(Charset charset) throws IOException {
        if (!Arrays.equals("\n".getBytes(charset), new byte[] {LINE_FEED})) {
            throw new IllegalArgumentException(
                    "lines: a line ends with the byte 10, which is no line feed in " + charset);
        }
        while (true) {
            byte[] line = await(readline());
            if (line.length == 0) {
                return AsyncGenerator.done();
            }
            emit(new String(line, 0, lengthWithoutEnd(line), charset));
        }
    }

    private static int lengthWithoutEnd(byte[] line) {
        int length = line.length;
        if (line[length - 1] == LINE_FEED) {
            length--;
            if (length > 0 && line[length - 1] == '\r') {
                length--;
            }
        }
        return length;
    }

    /**
     * Everything up to a separator, and with it.
     *
     * <p>Semantics: {@code StreamReader.readuntil}.
     *
     * @throws IllegalArgumentException when awaited, if the separator is empty
     * @throws IncompleteReadException when awaited, if the stream ends without one; it has what came, which is taken from the stream
     * @throws LimitOverrunException when awaited, if there is more before the separator than the limit; nothing is taken
     * @throws IOException when awaited, if the connection fails
     */
    @Async
    public Coroutine<byte[]> readuntil(byte[] separator) throws IOException {
        return readuntil(Separators.of(List.of(separator)), "readuntil");
    }

    /**
     * Everything up to the first end of any of several separators, and with it; otherwise like {@link #readuntil(byte[])}.
     *
     * <p>Semantics: {@code StreamReader.readuntil} with a tuple, of CPython 3.13.
     *
     * @throws IllegalArgumentException when awaited, if there is no separator, or an empty one
     * @throws IncompleteReadException when awaited, if the stream ends without one; it has what came, which is taken from the stream
     * @throws LimitOverrunException when awaited, if there is more before the separator than the limit; nothing is taken
     * @throws IOException when awaited, if the connection fails
     */
    @Async
    public Coroutine<byte[]> readuntil(Collection<byte[]> separators) throws IOException {
        return readuntil(Separators.of(separators), "readuntil");
    }

    @Async
    private Coroutine<byte[]> readuntil(Separators separators, String operation) throws IOException {
        checkNotFailed();
        Separators.Match match = null;
        int searched = 0;
        while (true) {
            int size = queue.size();
            if (size - searched >= separators.shortest()) {
                match = separators.find(queue, searched);
                if (match != null) {
                    break;
                }
                // The last bytes may be the beginning of a separator.
                searched = Math.max(0, size + 1 - separators.longest());
                if (searched > limit) {
                    throw new LimitOverrunException(
                            "separator is not found, and " + searched + " bytes exceed the limit of " + limit,
                            searched);
                }
            }
            if (isAtEnd()) {
                throw new IncompleteReadException(queue.take(size));
            }
            await(waitForData(operation));
        }
        if (match.start() > limit) {
            throw new LimitOverrunException(
                    "separator is found, but " + match.start() + " bytes before it exceed the limit of " + limit,
                    match.start());
        }
        byte[] bytes = queue.take(match.end());
        resumeTransport();
        return Coroutine.of(bytes);
    }

    /** Waits for bytes, or for the end. */
    @Async
    private Coroutine<Void> waitForData(String operation) {
        if (waiter != null) {
            throw new IllegalStateException(operation + ": another task waits for this stream's bytes already: " + this
                    + "; read from one task at a time");
        }
        Transport transport = this.transport;
        if (isPaused && transport != null) {
            // More is asked for than makes the transport pause.
            isPaused = false;
            transport.resumeReading();
        }
        queue.trim();
        Future<Void> waiter = loop.createFuture();
        this.waiter = waiter;
        try {
            await(waiter);
        } catch (Throwable failure) {
            isTold |= failure == exception;
            throw failure;
        } finally {
            this.waiter = null;
        }
        return Coroutine.done();
    }

    private void checkNotFailed() {
        if (exception != null) {
            isTold = true;
            throw Rethrown.of(exception);
        }
    }

    /** True at a good end of the stream; throws what a bad one is. */
    private boolean isAtEnd() {
        if (isEof && badEnd != null) {
            isTold = true;
            throw Rethrown.of(badEnd);
        }
        return isEof;
    }

    // ------------------------------------------------------------------------------------------------ feeding

    /**
     * Adds bytes, and wakes who waits for them.
     *
     * <p>Semantics: {@code StreamReader.feed_data}.
     *
     * @param data copied
     * @throws IllegalStateException after {@link #feedEof}
     */
    public void feedData(byte[] data) {
        feed(data.clone());
    }

    /** The same with an array that is the reader's from now on. */
    void feed(byte[] data) {
        if (isEof) {
            throw new IllegalStateException("feedData after feedEof: " + this);
        }
        if (data.length == 0) {
            return;
        }
        queue.add(data);
        wakeUp();
        Transport transport = this.transport;
        if (transport != null && !isPaused && queue.size() > 2L * limit) {
            transport.pauseReading();
            isPaused = true;
        }
    }

    /** Ends the stream, behind what was fed. Semantics: {@code StreamReader.feed_eof}. */
    public void feedEof() {
        isEof = true;
        wakeUp();
    }

    /** Ends the stream with a failure, behind what was fed. */
    void feedBadEnd(Throwable failure) {
        badEnd = failure;
        feedEof();
    }

    /** True when everything was read and the stream is at its end. Semantics: {@code StreamReader.at_eof}. */
    public boolean atEof() {
        return isEof && queue.isEmpty();
    }

    /** What {@link #setException} was given, or the connection failed with; null if nothing has. Semantics: {@code StreamReader.exception}. */
    public @Nullable Throwable exception() {
        return exception != null ? exception : badEnd;
    }

    /** Notes that somebody fails with this, if that is what the connection was lost by. */
    void tells(Throwable failure) {
        isTold |= failure == exception();
    }

    /** Whether somebody has failed with what the connection was lost by. */
    boolean isTold() {
        return isTold;
    }

    /** Lets all reads fail with {@code exception}, also the one that waits. Semantics: {@code StreamReader.set_exception}. */
    public void setException(Throwable exception) {
        this.exception = exception;
        Future<Void> waiter = this.waiter;
        this.waiter = null;
        if (waiter != null && !waiter.isDone()) {
            waiter.setException(exception);
        }
    }

    private void wakeUp() {
        Future<Void> waiter = this.waiter;
        if (waiter != null) {
            this.waiter = null;
            if (!waiter.isDone()) {
                waiter.setResult(null);
            }
        }
    }

    // ------------------------------------------------------------------------------------------------ the transport

    /** Says what to pause when too much waits to be read, from now on. */
    void useTransport(Transport transport) {
        this.transport = transport;
    }

    void use(StreamWriter writer) {
        this.writer = writer;
    }

    /** All bytes that came and were not read: they belong to somebody else now. */
    byte[] takeAll() {
        byte[] all = queue.take(queue.size());
        resumeTransport();
        return all;
    }

    private void resumeTransport() {
        if (isPaused) {
            resumeTransportIfRoom();
        }
    }

    private void resumeTransportIfRoom() {
        Transport transport = this.transport;
        if (transport != null && queue.size() <= limit) {
            isPaused = false;
            transport.resumeReading();
        }
    }

    /** For example {@code <StreamReader 4 bytes eof>}. */
    @Override
    public String toString() {
        return "<StreamReader"
                + (queue.isEmpty() ? "" : " " + queue.size() + " bytes")
                + (isEof ? " eof" : "")
                + (limit == DEFAULT_LIMIT ? "" : " limit=" + limit)
                + (waiter == null ? "" : " waiter=" + waiter)
                + (exception() == null ? "" : " exception=" + exception())
                + (transport == null ? "" : " transport=" + transport)
                + (isPaused ? " paused" : "")
                + ">";
    }
}
