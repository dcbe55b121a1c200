package io.github.jasyncio.net;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.internal.channels.OwnedChannels.checkOpenAndNonBlocking;

import io.github.jasyncio.Async;
import io.github.jasyncio.Asyncio;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.internal.channels.OwnedChannels;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;

/**
 * The operations on non-blocking sockets: each is tried at once, which does not suspend, and if it would block again whenever the channel is
 * ready.
 */
final class Sockets {

    private Sockets() {}

    // ------------------------------------------------------------------------------------------------ streams

    /** Semantics: {@code loop.sock_recv}. */
    @Async
    static Coroutine<byte[]> receive(SocketChannel channel, int size) throws IOException {
        checkOpenAndNonBlocking("sockRecv", channel);
        if (size == 0) {
            return Coroutine.of(new byte[0]);
        }
        OwnedChannels channels = OwnedChannels.of(Asyncio.getRunningLoop());
        while (true) {
            ByteBuffer buffer = channels.readBuffer();
            buffer.limit(Math.min(size, buffer.capacity()));
            if (channel.read(buffer) != 0) {
                return Coroutine.of(bytes(buffer));
            }
            await(Readiness.toRead("sockRecv", channel));
        }
    }

    /** Semantics: {@code loop.sock_recv_into}. */
    @Async
    static Coroutine<Integer> receiveInto(SocketChannel channel, ByteBuffer buffer) throws IOException {
        checkOpenAndNonBlocking("sockRecvInto", channel);
        if (!buffer.hasRemaining()) {
            return Coroutine.of(0);
        }
        while (true) {
            int count = Slices.read(channel, buffer);
            if (count != 0) {
                return Coroutine.of(count);
            }
            await(Readiness.toRead("sockRecvInto", channel));
        }
    }

    /** Semantics: {@code loop.sock_sendall}. */
    @Async
    static Coroutine<Void> sendAll(SocketChannel channel, ByteBuffer buffer) throws IOException {
        checkOpenAndNonBlocking("sockSendAll", channel);
        Slices.write(channel, buffer);
        while (buffer.hasRemaining()) {
            await(Readiness.toWrite("sockSendAll", channel));
            Slices.write(channel, buffer);
        }
        return Coroutine.done();
    }

    /** Semantics: {@code loop.sock_sendfile}. */
    @Async
    static Coroutine<Long> sendFile(SocketChannel channel, FileChannel file, long offset, long count)
            throws IOException {
        checkOpenAndNonBlocking("sockSendFile", channel);
        FilePart part = new FilePart(file, offset, count);
        while (!part.sendTo(channel)) {
            await(Readiness.toWrite("sockSendFile", channel));
        }
        return Coroutine.of(part.sent());
    }

    /** Looks a name up if there is one, and connects to the first address that it stands for. Semantics: {@code loop.sock_connect}. */
    @Async
    static Coroutine<Void> connect(SelectableChannel channel, SocketAddress address) throws IOException {
        checkOpenAndNonBlocking("sockConnect", channel);
        SocketAddress resolved = await(Names.resolve(List.of(address), null)).get(0);
        if (channel instanceof DatagramChannel datagrams) {
            datagrams.connect(resolved);
            return Coroutine.done();
        }
        SocketChannel stream = (SocketChannel) channel;
        boolean isConnected = stream.connect(resolved);
        while (!isConnected) {
            await(Readiness.toWrite("sockConnect", channel));
            isConnected = stream.finishConnect();
        }
        return Coroutine.done();
    }

    /** Semantics: {@code loop.sock_accept}. */
    @Async
    static Coroutine<SocketChannel> accept(ServerSocketChannel channel) throws IOException {
        checkOpenAndNonBlocking("sockAccept", channel);
        SocketChannel accepted = channel.accept();
        while (accepted == null) {
            await(Readiness.toRead("sockAccept", channel));
            accepted = channel.accept();
        }
        try {
            accepted.configureBlocking(false);
        } catch (Throwable t) {
            accepted.close();
            throw t;
        }
        return Coroutine.of(accepted);
    }

    // ------------------------------------------------------------------------------------------------ datagrams

    /** Semantics: {@code loop.sock_recvfrom}. */
    @Async
    static Coroutine<Datagram> receiveFrom(DatagramChannel channel, int size) throws IOException {
        checkOpenAndNonBlocking("sockRecvFrom", channel);
        OwnedChannels channels = OwnedChannels.of(Asyncio.getRunningLoop());
        while (true) {
            ByteBuffer buffer = channels.readBuffer();
            buffer.limit(Math.min(size, buffer.capacity()));
            SocketAddress sender = channel.receive(buffer);
            if (sender != null) {
                return Coroutine.of(new Datagram(bytes(buffer), sender));
            }
            await(Readiness.toRead("sockRecvFrom", channel));
        }
    }

    /** Semantics: {@code loop.sock_recvfrom_into}. */
    @Async
    static Coroutine<SocketAddress> receiveFromInto(DatagramChannel channel, ByteBuffer buffer) throws IOException {
        checkOpenAndNonBlocking("sockRecvFromInto", channel);
        while (true) {
            SocketAddress sender = Slices.receive(channel, buffer);
            if (sender != null) {
                return Coroutine.of(sender);
            }
            await(Readiness.toRead("sockRecvFromInto", channel));
        }
    }

    /** Semantics: {@code loop.sock_sendto}. */
    @Async
    static Coroutine<Integer> sendTo(DatagramChannel channel, ByteBuffer buffer, SocketAddress address)
            throws IOException {
        checkOpenAndNonBlocking("sockSendTo", channel);
        int size = buffer.remaining();
        // A datagram goes as a whole or not at all. Whether an empty one went, the channel does not tell.
        while (Datagrams.send(channel, buffer, address) < size) {
            await(Readiness.toWrite("sockSendTo", channel));
        }
        return Coroutine.of(size);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.position()];
        buffer.flip().get(bytes);
        return bytes;
    }
}
