package io.github.jasyncio.net;

import io.github.jasyncio.EventLoop;
import io.github.jasyncio.KeyboardInterrupt;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** A transport on a datagram socket. Semantics: {@code selector_events._SelectorDatagramTransport}. Loop-confined. */
final class DatagramSocketTransport extends ChannelTransport<DatagramProtocol> implements DatagramTransport {

    /** What a datagram counts for in the buffer beside its bytes, so that empty ones fill it, too. */
    private static final int HEADER_SIZE = 8;

    /** What of a channel sends; tests have their own. */
    @FunctionalInterface
    interface Sender {
        int send(ByteBuffer data, SocketAddress target) throws IOException;
    }

    private final DatagramChannel channel;
    private final Sender sender;
    private final @Nullable SocketAddress peer;
    private final ArrayDeque<Waiting> buffer = new ArrayDeque<>();
    private long bufferSize;

    DatagramSocketTransport(EventLoop loop, DatagramChannel channel, DatagramProtocol protocol) throws IOException {
        this(
                loop,
                channel,
                (data, target) -> Datagrams.send(channel, data, target),
                protocol,
                channel.getRemoteAddress());
    }

    DatagramSocketTransport(
            EventLoop loop,
            DatagramChannel channel,
            Sender sender,
            DatagramProtocol protocol,
            @Nullable SocketAddress peer) {
        super(loop, channel, protocol, peer, null);
        this.channel = channel;
        this.sender = sender;
        this.peer = peer;
    }

    @Override
    void connectionMade() {
        protocol().connectionMade(this);
    }

    @Override
    void readReady() {
        if (isLost()) {
            return;
        }
        ByteBuffer into = channels.readBuffer();
        SocketAddress from;
        try {
            from = channel.receive(into);
        } catch (IOException e) {
            protocol().errorReceived(e);
            return;
        } catch (KeyboardInterrupt e) {
            throw e;
        } catch (Throwable t) {
            fatalError(t, "Fatal read error on datagram transport");
            return;
        }
        if (from != null) {
            byte[] data = new byte[into.flip().remaining()];
            into.get(data);
            protocol().datagramReceived(data, from);
        }
    }

    @Override
    public void sendTo(ByteBuffer data, @Nullable SocketAddress address) {
        SocketAddress target = target(address);
        if (isLost()) {
            data.position(data.limit());
            dropWrite();
            return;
        }
        if (buffer.isEmpty()) {
            if (isDealtWith(data, target)) {
                data.position(data.limit());
                return;
            }
            startWriting();
        }
        Waiting waiting =
                new Waiting(ByteBuffer.allocate(data.remaining()).put(data).flip(), target);
        buffer.add(waiting);
        bufferSize += waiting.size();
        flow.pauseIfFull();
    }

    private SocketAddress target(@Nullable SocketAddress address) {
        if (peer == null) {
            if (address == null) {
                throw new IllegalArgumentException("sendTo: an address is needed, " + this + " was made for none");
            }
            return address;
        }
        if (address != null && !address.equals(peer)) {
            throw new IllegalArgumentException("sendTo: invalid address: must be null or " + peer + ": " + address);
        }
        return peer;
    }

    /** Sends at once; false if the system has no room for it. Otherwise it was sent, or the failure told. */
    private boolean isDealtWith(ByteBuffer data, SocketAddress target) {
        try {
            int size = data.remaining();
            return sender.send(data, target) == size;
        } catch (IOException e) {
            protocol().errorReceived(e);
        } catch (KeyboardInterrupt e) {
            throw e;
        } catch (Throwable t) {
            fatalError(t, "Fatal write error on datagram transport");
        }
        return true;
    }

    @Override
    void writeReady() {
        while (!buffer.isEmpty()) {
            Waiting first = buffer.remove();
            bufferSize -= first.size();
            if (!isDealtWith(first.data, first.target)) {
                buffer.addFirst(first);
                bufferSize += first.size();
                break;
            }
        }
        // The protocol may send again, or close: then connectionLost is on its way.
        flow.resumeIfDrained();
        if (isLost()) {
            return;
        }
        if (buffer.isEmpty()) {
            stopWriting();
            if (isClosing()) {
                connectionLost(null);
            }
        }
    }

    @Override
    public long getWriteBufferSize() {
        return bufferSize;
    }

    @Override
    boolean canOutliveTheEnd() {
        return true;
    }

    @Override
    void clearBuffer() {
        buffer.clear();
        bufferSize = 0;
    }

    @Override
    public DatagramProtocol getProtocol() {
        return protocol();
    }

    @Override
    public void setProtocol(DatagramProtocol protocol) {
        useProtocol(protocol);
    }

    /** A datagram that waits to be sent. */
    private static final class Waiting {

        private final ByteBuffer data;
        private final SocketAddress target;
        private final int size;

        Waiting(ByteBuffer data, SocketAddress target) {
            this.data = data;
            this.target = target;
            this.size = data.remaining() + HEADER_SIZE;
        }

        int size() {
            return size;
        }
    }
}
