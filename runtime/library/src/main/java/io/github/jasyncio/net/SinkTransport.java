package io.github.jasyncio.net;

import io.github.jasyncio.EventLoop;
import io.github.jasyncio.KeyboardInterrupt;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;

/**
 * A transport on the end of a {@link Pipe} that can be written to. Semantics: {@code unix_events._UnixWritePipeTransport}; but that nobody reads any more
 * is noticed by the next write. Loop-confined.
 */
final class SinkTransport extends ChannelTransport<Protocol> implements Transport {

    private static final String WRITE_FAILED = "Fatal write error on pipe transport";

    private final Pipe.SinkChannel sink;
    private final WriteBuffer buffer = new WriteBuffer();

    SinkTransport(EventLoop loop, Pipe.SinkChannel sink, Protocol protocol) {
        super(loop, sink, protocol, null, null);
        this.sink = sink;
    }

    @Override
    void connectionMade() {
        protocol().connectionMade(this);
    }

    /** Nothing comes in here. */
    @Override
    void readReady() {
        throw new AssertionError("nobody watches for that: " + this);
    }

    @Override
    boolean canOutliveTheEnd() {
        return true;
    }

    @Override
    public void write(ByteBuffer data) {
        if (!data.hasRemaining()) {
            return;
        }
        if (isLost() || isClosing()) {
            data.position(data.limit());
            if (isLost()) {
                dropWrite();
            }
            return;
        }
        if (buffer.isEmpty()) {
            try {
                Slices.write(sink, data);
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
        try {
            buffer.writeTo(sink);
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
            if (isClosing()) {
                connectionLost(null);
            }
        }
    }

    /** The end of what goes out is the end of all. */
    @Override
    public void writeEof() {
        close();
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
    public Protocol getProtocol() {
        return protocol();
    }

    @Override
    public void setProtocol(Protocol protocol) {
        useProtocol(protocol);
    }
}
