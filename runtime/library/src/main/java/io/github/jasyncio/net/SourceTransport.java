package io.github.jasyncio.net;

import io.github.jasyncio.EventLoop;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;

/** A transport on the end of a {@link Pipe} that can be read. Semantics: {@code unix_events._UnixReadPipeTransport}. Loop-confined. */
final class SourceTransport extends ChannelTransport<Protocol> implements Transport {

    private final Reception reception;

    SourceTransport(EventLoop loop, Pipe.SourceChannel source, Protocol protocol) {
        super(loop, source, protocol, null, null);
        this.reception = new Reception(this, source, "Fatal read error on pipe transport");
    }

    @Override
    void connectionMade() {
        protocol().connectionMade(this);
    }

    @Override
    void readReady() {
        if (!isLost()) {
            reception.receive();
        }
    }

    /** Nothing goes out here. */
    @Override
    boolean canOutliveTheEnd() {
        return false;
    }

    @Override
    void writeReady() {
        throw new AssertionError("nobody watches for that: " + this);
    }

    @Override
    void clearBuffer() {}

    @Override
    public long getWriteBufferSize() {
        return 0;
    }

    @Override
    public void write(ByteBuffer data) {
        throw new UnsupportedOperationException("write: nothing can be written to the reading end of a pipe: " + this);
    }

    @Override
    public void writeEof() {
        throw new UnsupportedOperationException("writeEof: this is the reading end of a pipe: " + this);
    }

    @Override
    public boolean canWriteEof() {
        return false;
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
