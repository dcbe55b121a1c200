package io.github.jasyncio.net;

import static io.github.jasyncio.Asyncio.await;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import io.github.jasyncio.KeyboardInterrupt;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A transport on a connected socket. Semantics: {@code selector_events._SelectorSocketTransport}. Loop-confined. */
final class SocketTransport extends ChannelTransport<Protocol> implements Transport {

    private static final String WRITE_FAILED = "Fatal write error on socket transport";

    private final SocketChannel channel;
    private final Reception reception;
    private final WriteBuffer buffer = new WriteBuffer();
    private boolean isEnded;

    /** Done when the buffer is empty; there is one while a file is sent. */
    private @Nullable Future<Void> emptied;

    /** Done when more of the file can be sent. */
    private @Nullable Future<Void> writable;

    SocketTransport(EventLoop loop, SocketChannel channel, Protocol protocol, @Nullable ListeningServer server) {
        super(loop, channel, protocol, peerOf(channel), server);
        this.channel = channel;
        this.reception = new Reception(this, channel, "Fatal read error on socket transport");
        sendSmallWritesAtOnce();
    }

    private void sendSmallWritesAtOnce() {
        try {
            if (channel.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
        } catch (IOException e) {
            // Some systems say so of a connection that the other side has reset already; reading will tell.
        }
    }

    private static @Nullable SocketAddress peerOf(SocketChannel channel) {
        try {
            return channel.getRemoteAddress();
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    void connectionMade() {
        protocol().connectionMade(this);
    }

    // ------------------------------------------------------------------------------------------------ reading

    @Override
    void readReady() {
        if (!isLost()) {
            reception.receive();
        }
    }

    // ------------------------------------------------------------------------------------------------ writing

    @Override
    public void write(ByteBuffer data) {
        if (isEnded) {
            throw new IllegalStateException("write after writeEof: " + this);
        }
        if (emptied != null) {
            throw new IllegalStateException("write while sendFile is in progress: " + this);
        }
        if (!data.hasRemaining()) {
            return;
        }
        if (isLost()) {
            data.position(data.limit());
            dropWrite();
            return;
        }
        if (buffer.isEmpty()) {
            try {
                Slices.write(channel, data);
            } catch (KeyboardInterrupt e) {
                throw e;
            } catch (Throwable t) {
                data.position(data.limit());
                fatalError(t, WRITE_FAILED);
                return;
            }
            if (!data.hasRemaining()) {
                return;
            }
            startWriting();
        }
        buffer.add(data);
        flow.pauseIfFull();
    }

    @Override
    void writeReady() {
        if (isLost()) {
            return;
        }
        if (writable != null) {
            stopWriting();
            end(writable, null);
            writable = null;
            return;
        }
        try {
            buffer.writeTo(channel);
        } catch (KeyboardInterrupt e) {
            throw e;
        } catch (Throwable t) {
            fatalError(t, WRITE_FAILED);
            return;
        }
        // The protocol may write again, or close: then connectionLost is on its way.
        flow.resumeIfDrained();
        if (!isLost() && buffer.isEmpty()) {
            stopWriting();
            allWritten();
        }
    }

    private void allWritten() {
        end(emptied, null);
        if (isClosing()) {
            connectionLost(null);
        } else if (isEnded) {
            shutdownOutput();
        }
    }

    @Override
    public void writeEof() {
        if (isClosing() || isEnded) {
            return;
        }
        isEnded = true;
        if (buffer.isEmpty()) {
            shutdownOutput();
        }
    }

    private void shutdownOutput() {
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            fatalError(e, WRITE_FAILED);
        }
    }

    @Override
    public boolean canWriteEof() {
        return true;
    }

    @Override
    public long getWriteBufferSize() {
        return buffer.size();
    }

    @Override
    void clearBuffer() {
        buffer.clear();
    }

    @Override
    boolean canOutliveTheEnd() {
        return true;
    }

    // ------------------------------------------------------------------------------------------------ the rest

    @Override
    void connectionLost(@Nullable Throwable failure) {
        try {
            super.connectionLost(failure);
        } finally {
            Throwable reason = failure != null ? failure : new IOException("connection closed: " + this);
            end(emptied, reason);
            end(writable, reason);
        }
    }

    private static void end(@Nullable Future<Void> waiter, @Nullable Throwable failure) {
        if (waiter == null || waiter.isDone()) {
            return;
        }
        if (failure == null) {
            waiter.setResult(null);
        } else {
            waiter.setException(failure);
        }
    }

    // ------------------------------------------------------------------------------------------------ files

    /** Sends a file, past the buffer. Semantics: {@code loop.sendfile}. */
    @Async
    Coroutine<Long> sendFile(FileChannel file, long offset, long count) throws IOException {
        if (isClosing()) {
            throw new IllegalStateException("sendFile: the transport is closing: " + this);
        }
        if (emptied != null) {
            throw new IllegalStateException("sendFile is in progress already: " + this);
        }
        Future<Void> waiter = loop.createFuture();
        emptied = waiter;
        if (buffer.isEmpty()) {
            waiter.setResult(null);
        }
        boolean isToResume = isReading();
        pauseReading();
        FilePart part = new FilePart(file, offset, count);
        try {
            await(waiter);
            while (!part.sendTo(channel)) {
                await(whenWritable());
            }
        } finally {
            emptied = null;
            if (writable != null) {
                // Cancelled while it waited.
                writable = null;
                stopWriting();
            }
            if (isToResume) {
                resumeReading();
            }
        }
        return Coroutine.of(part.sent());
    }

    /** Done when more of a file can be sent; fails when the connection is lost. */
    private Future<Void> whenWritable() {
        Future<Void> waiter = loop.createFuture();
        if (isLost()) {
            waiter.setException(new IOException("connection closed: " + this));
            return waiter;
        }
        writable = waiter;
        startWriting();
        return waiter;
    }

    @Override
    public Protocol getProtocol() {
        return protocol();
    }

    @Override
    public void setProtocol(Protocol protocol) {
        useProtocol(protocol);
    }
}
