package io.github.jasyncio.net;

import io.github.jasyncio.EventLoop;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The writing end of a pipe. Its thread, which begins with the first bytes, writes what the loop has queued; how much that is, is what flow control sees. */
final class WritePipeTransport extends PipeTransport {

    private static final int LOST_WRITES_BEFORE_WARNING = 5;
    private static final System.Logger LOGGER = System.getLogger("jasyncio");

    private final OutputStream output;
    private final FlowControl flow;

    /** Bytes for the thread; guarded by this, as is what follows. */
    private final Deque<byte[]> queue = new ArrayDeque<>();

    private boolean isEnding;
    private boolean isAborted;

    private boolean hasThread;
    private long buffered;
    private int lostWrites;

    WritePipeTransport(EventLoop loop, Protocol protocol, OutputStream output) {
        super(loop, protocol, output);
        this.output = output;
        this.flow = new FlowControl(this, loop, this::getProtocol);
    }

    void start() {
        connect();
    }

    // ------------------------------------------------------------------------------------------------ the loop

    @Override
    public void write(ByteBuffer data) {
        if (isClosing()) {
            data.position(data.limit());
            if (++lostWrites >= LOST_WRITES_BEFORE_WARNING) {
                LOGGER.log(
                        System.Logger.Level.WARNING, "pipe closed by peer or write called on a closed pipe: " + this);
            }
            return;
        }
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        if (bytes.length == 0) {
            return;
        }
        buffered += bytes.length;
        synchronized (this) {
            queue.add(bytes);
            notifyAll();
        }
        needThread();
        flow.pauseIfFull();
    }

    private void needThread() {
        if (!hasThread) {
            hasThread = true;
            thread("writer", this::pump).start();
        }
    }

    @Override
    public void writeEof() {
        if (beginClosing()) {
            synchronized (this) {
                isEnding = true;
                notifyAll();
            }
            needThread();
        }
    }

    @Override
    public boolean canWriteEof() {
        return true;
    }

    @Override
    public void close() {
        writeEof();
    }

    @Override
    public void abort() {
        beginClosing();
        synchronized (this) {
            if (isAborted) {
                return;
            }
            isAborted = true;
            queue.clear();
            notifyAll();
        }
        buffered = 0;
        if (!hasThread) {
            needThread(); // only it may block in closing
        }
        loop.callSoon(() -> lost(null));
    }

    private void written(int count) {
        buffered -= Math.min(count, buffered);
        flow.resumeIfDrained();
    }

    private void failed(IOException failure) {
        buffered = 0;
        beginClosing();
        lost(failure);
    }

    @Override
    public long getWriteBufferSize() {
        return buffered;
    }

    @Override
    public WriteBufferLimits getWriteBufferLimits() {
        return flow.limits();
    }

    @Override
    public void setWriteBufferLimits(@Nullable Integer high, @Nullable Integer low) {
        flow.setLimits(high, low);
    }

    // ------------------------------------------------------------------------------------------------ the thread

    private void pump() {
        try (output) {
            byte[] next = awaitNext();
            while (next != null) {
                output.write(next);
                output.flush();
                int count = next.length;
                if (!tellLoop(() -> written(count))) {
                    return;
                }
                next = awaitNext();
            }
        } catch (IOException e) {
            synchronized (this) {
                queue.clear();
                isEnding = true;
            }
            tellLoop(() -> failed(e));
            return;
        }
        tellLoop(() -> lost(null));
    }

    /** What to write next; null when all has been written that ever will be. */
    private synchronized byte @Nullable [] awaitNext() {
        while (queue.isEmpty() && !isEnding && !isAborted) {
            try {
                wait();
            } catch (InterruptedException e) {
                return null;
            }
        }
        return isAborted ? null : queue.poll();
    }
}
