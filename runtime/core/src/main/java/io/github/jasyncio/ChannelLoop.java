package io.github.jasyncio;

import io.github.jasyncio.internal.channels.Channels;
import io.github.jasyncio.transport.Connected;
import io.github.jasyncio.transport.DatagramProtocol;
import io.github.jasyncio.transport.DatagramTransport;
import io.github.jasyncio.transport.Protocol;
import io.github.jasyncio.transport.Server;
import io.github.jasyncio.transport.Transport;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a loop does with channels: says when they are ready, reads and writes sockets, makes connections; {@link EventLoop} is what users see
 * of it.
 *
 * <p>Semantics: {@code asyncio.selector_events.BaseSelectorEventLoop}. Loop-confined.
 */
abstract sealed class ChannelLoop extends BaseLoop permits EventLoop {

    ChannelLoop(EventLoop.Builder builder) {
        super(builder);
    }

    // ------------------------------------------------------------------------------------------------ readiness

    /**
     * Runs a callback, in a copy of the current context, in every turn in which {@code channel} can be read, or accepts; instead of the one that
     * did so before.
     *
     * <p>Semantics: {@code loop.add_reader}. In a turn such callbacks stand behind what is ready already and before timers that are due. Remove it
     * before the channel is closed. A loop that watches channels waits with a selector, to whole milliseconds; one {@link EventLoop#over over an
     * executor} lets a daemon thread wait for it.
     *
     * @param channel in non-blocking mode
     * @throws IllegalArgumentException if the channel is blocking or closed, or of a kind that cannot be read
     * @throws IllegalStateException if the loop is closed, or the channel belongs to a transport or server; in debug mode also when called on
     *     another thread
     */
    public final void addReader(SelectableChannel channel, Runnable callback) {
        checkCallback(callback, "addReader");
        checkMayCall("addReader");
        channels().checkFree("addReader", channel);
        channels().addReader(channel, new Handle(callback, currentVars()));
    }

    /**
     * Ends what {@link #addReader} began.
     *
     * <p>Semantics: {@code loop.remove_reader}.
     *
     * @return false if there was no callback
     * @throws IllegalStateException if the channel belongs to a transport or server
     */
    public final boolean removeReader(SelectableChannel channel) {
        return isWatching() && isFree("removeReader", channel) && channels().removeReader(channel);
    }

    /**
     * Runs a callback, in a copy of the current context, in every turn in which {@code channel} can be written to, or has connected; instead of
     * the one that did so before. Otherwise like {@link #addReader}.
     *
     * <p>Semantics: {@code loop.add_writer}.
     *
     * @param channel in non-blocking mode
     * @throws IllegalArgumentException if the channel is blocking or closed, or of a kind that cannot be written to
     * @throws IllegalStateException if the loop is closed, or the channel belongs to a transport or server; in debug mode also when called on
     *     another thread
     */
    public final void addWriter(SelectableChannel channel, Runnable callback) {
        checkCallback(callback, "addWriter");
        checkMayCall("addWriter");
        channels().checkFree("addWriter", channel);
        channels().addWriter(channel, new Handle(callback, currentVars()));
    }

    /**
     * Ends what {@link #addWriter} began.
     *
     * <p>Semantics: {@code loop.remove_writer}.
     *
     * @return false if there was no callback
     * @throws IllegalStateException if the channel belongs to a transport or server
     */
    public final boolean removeWriter(SelectableChannel channel) {
        return isWatching() && isFree("removeWriter", channel) && channels().removeWriter(channel);
    }

    /** True, or throws what {@link Channels#checkFree} does. */
    private boolean isFree(String operation, SelectableChannel channel) {
        channels().checkFree(operation, channel);
        return true;
    }

    // ------------------------------------------------------------------------------------------------ sockets

    /**
     * Reads what there is, and waits until there is something. Awaiting it throws {@link IllegalArgumentException} if the channel is blocking or
     * closed; cancelling it loses no bytes. One task at a time may read a channel.
     *
     * <p>Semantics: {@code loop.sock_recv}.
     *
     * @param size how many bytes at most
     * @return the bytes; none when the other side has ended its stream
     */
    public final Coroutine<byte[]> sockRecv(SocketChannel channel, int size) {
        return SocketCall.receive(this, channel, size);
    }

    /**
     * Reads what there is into a buffer, and waits until there is something. Otherwise like {@link #sockRecv}.
     *
     * <p>Semantics: {@code loop.sock_recv_into}, which gives 0 when the other side has ended its stream.
     *
     * @param buffer where it goes, at its position
     * @return the number of bytes; -1 when the other side has ended its stream
     */
    public final Coroutine<Integer> sockRecvInto(SocketChannel channel, ByteBuffer buffer) {
        return SocketCall.receiveInto(this, channel, buffer);
    }

    /**
     * Receives a datagram, and waits until there is one. Awaiting it throws {@link IllegalArgumentException} if the channel is blocking or closed;
     * cancelling it loses no datagram. One task at a time may read a channel.
     *
     * <p>Semantics: {@code loop.sock_recvfrom}.
     *
     * @param size how many bytes at most; the rest of a longer datagram is lost
     */
    public final Coroutine<Datagram> sockRecvFrom(DatagramChannel channel, int size) {
        return SocketCall.receiveFrom(this, channel, size);
    }

    /**
     * Receives a datagram into a buffer, and waits until there is one. Otherwise like {@link #sockRecvFrom}.
     *
     * <p>Semantics: {@code loop.sock_recvfrom_into}, which gives the number of bytes as well; here the buffer's position tells it.
     *
     * @param buffer where it goes, at its position; what has no room there is lost
     * @return who sent it
     */
    public final Coroutine<SocketAddress> sockRecvFromInto(DatagramChannel channel, ByteBuffer buffer) {
        return SocketCall.receiveFromInto(this, channel, buffer);
    }

    /**
     * Writes all of a buffer, as fast as the other side reads. Awaiting it throws {@link IllegalArgumentException} if the channel is blocking or
     * closed; after a failure or a cancellation the buffer's position tells how much was written. One task at a time may write to a channel.
     *
     * <p>Semantics: {@code loop.sock_sendall}.
     *
     * @param buffer not to be touched until this has ended
     */
    public final Coroutine<Void> sockSendAll(SocketChannel channel, ByteBuffer buffer) {
        return SocketCall.sendAll(this, channel, buffer);
    }

    /**
     * Sends a datagram, and waits while the system has no room for it. Awaiting it throws {@link IllegalArgumentException} if the channel is
     * blocking or closed.
     *
     * <p>Semantics: {@code loop.sock_sendto}. On a connected channel the JDK does not send an empty datagram.
     *
     * @param buffer what is in it, up to its limit; not to be touched until this has ended
     * @return the number of bytes
     */
    public final Coroutine<Integer> sockSendTo(DatagramChannel channel, ByteBuffer buffer, SocketAddress address) {
        return SocketCall.sendTo(this, channel, buffer, address);
    }

    /**
     * Sends a file from its beginning to its end, see {@link #sockSendFile(SocketChannel, FileChannel, long, long)}.
     *
     * <p>Semantics: {@code loop.sock_sendfile(sock, file)}.
     *
     * @return the number of bytes
     */
    public final Coroutine<Long> sockSendFile(SocketChannel channel, FileChannel file) {
        return sockSendFile(channel, file, 0, Long.MAX_VALUE);
    }

    /**
     * Sends a file, or part of it, by the system's own means where there are any, and as fast as the other side reads. Awaiting it throws {@link
     * IllegalArgumentException} if the channel is blocking or closed. The file's position is then behind what was sent, after a failure or
     * a cancellation as well. One task at a time may write to a channel.
     *
     * <p>Semantics: {@code loop.sock_sendfile}; the JDK has a way for every file, so there is no fallback to ask for. Reading the file holds the
     * loop, as it does in asyncio.
     *
     * @param offset where to begin in the file
     * @param count how many bytes; sending ends with the file if that has fewer
     * @return the number of bytes
     * @throws IllegalArgumentException if the offset is negative, or the count not positive
     */
    public final Coroutine<Long> sockSendFile(SocketChannel channel, FileChannel file, long offset, long count) {
        return SocketCall.sendFile(this, channel, file, offset, count);
    }

    /**
     * Connects. Awaiting it throws {@link IllegalArgumentException} if the channel is blocking or closed; close the channel after a failure or a
     * cancellation.
     *
     * <p>Semantics: {@code loop.sock_connect}; the name of an unresolved address is looked up in the default executor.
     */
    public final Coroutine<Void> sockConnect(SocketChannel channel, SocketAddress address) {
        return new SocketConnect(self(), channel, address);
    }

    /**
     * Makes an address the only one that a channel sends to and receives from. Waits only where a name has to be looked up, in the default
     * executor. Otherwise like {@link #sockConnect(SocketChannel, SocketAddress)}.
     *
     * <p>Semantics: {@code loop.sock_connect}.
     */
    public final Coroutine<Void> sockConnect(DatagramChannel channel, SocketAddress address) {
        return new SocketConnect(self(), channel, address);
    }

    /**
     * Waits for a connection. Awaiting it throws {@link IllegalArgumentException} if the channel is blocking or closed; cancelling it loses none.
     *
     * <p>Semantics: {@code loop.sock_accept}; the address is {@link SocketChannel#getRemoteAddress}.
     *
     * @return the connection, in non-blocking mode
     */
    public final Coroutine<SocketChannel> sockAccept(ServerSocketChannel channel) {
        return SocketCall.accept(this, channel);
    }

    // ------------------------------------------------------------------------------------------------ connections

    /**
     * Connects to a server, and makes a protocol and a transport for the connection: {@code connectionMade} has been called when this ends.
     *
     * <p>Semantics: {@code loop.create_connection}. A name's addresses are looked up in the default executor and tried one after the other; there is
     * no {@code happy_eyeballs_delay}, and no TLS yet.
     *
     * @param factory makes the protocol
     * @return fails with an {@link java.io.IOException} that names the address if nobody answers
     */
    public final <P extends Protocol> Coroutine<Connected<Transport, P>> createConnection(
            Supplier<? extends P> factory, String host, int port) {
        return createConnection(factory, InetSocketAddress.createUnresolved(host, port), null);
    }

    /**
     * Connects to an address, see {@link #createConnection(Supplier, String, int)}.
     *
     * <p>Semantics: {@code loop.create_connection}, and {@code create_unix_connection} for the address of a Unix domain socket.
     *
     * @param remote an address; a name in it that is unresolved is looked up
     */
    public final <P extends Protocol> Coroutine<Connected<Transport, P>> createConnection(
            Supplier<? extends P> factory, SocketAddress remote) {
        return createConnection(factory, remote, null);
    }

    /**
     * Connects to an address from an address, see {@link #createConnection(Supplier, String, int)}.
     *
     * <p>Semantics: {@code loop.create_connection(..., local_addr=local)}.
     *
     * @param local resolved; null for any
     */
    public final <P extends Protocol> Coroutine<Connected<Transport, P>> createConnection(
            Supplier<? extends P> factory, SocketAddress remote, @Nullable SocketAddress local) {
        return new CreateConnection<>(self(), factory, List.of(remote), local);
    }

    /**
     * Makes a protocol and a transport for a connection that is there. The channel belongs to the transport from now on, and is closed if this fails.
     *
     * <p>Semantics: {@code loop.create_connection(..., sock=channel)}.
     */
    public final <P extends Protocol> Coroutine<Connected<Transport, P>> createConnection(
            Supplier<? extends P> factory, SocketChannel channel) {
        return CreateConnection.over(self(), "createConnection", factory, channel);
    }

    /**
     * Connects to a Unix domain socket, see {@link #createConnection(Supplier, String, int)}.
     *
     * <p>Semantics: {@code loop.create_unix_connection}.
     */
    public final <P extends Protocol> Coroutine<Connected<Transport, P>> createUnixConnection(
            Supplier<? extends P> factory, Path path) {
        return createConnection(factory, UnixDomainSocketAddress.of(path), null);
    }

    /**
     * Makes a protocol and a transport for a connection that was accepted without a server of the loop's. The channel belongs to the transport from
     * now on, and is closed if this fails.
     *
     * <p>Semantics: {@code loop.connect_accepted_socket}.
     */
    public final <P extends Protocol> Coroutine<Connected<Transport, P>> connectAcceptedSocket(
            Supplier<? extends P> factory, SocketChannel channel) {
        return CreateConnection.over(self(), "connectAcceptedSocket", factory, channel);
    }

    /**
     * Starts a server: it makes a protocol and a transport for each connection that comes.
     *
     * <p>Semantics: {@code loop.create_server}. A name's addresses are looked up in the default executor, and each gets a socket. All addresses of the
     * machine share one socket in Java, for both versions of IP. For {@code reuse_port} and the like bind a channel and give that. There is no
     * TLS yet. If a protocol cannot be made the connection is closed; the exception handler is told in debug mode only, as in asyncio.
     *
     * @param factory makes the protocol of a connection
     * @param host null or empty for all addresses of this machine
     * @param port 0 for any; {@link Server#sockets} tells which
     * @return fails with a {@link java.net.BindException} that names the address
     */
    public final Coroutine<Server> createServer(Supplier<? extends Protocol> factory, @Nullable String host, int port) {
        return createServer(
                factory,
                host == null || host.isEmpty()
                        ? new InetSocketAddress(port)
                        : InetSocketAddress.createUnresolved(host, port));
    }

    /**
     * Starts a server at an address, see {@link #createServer(Supplier, String, int)}.
     *
     * <p>Semantics: {@code loop.create_server}, and {@code create_unix_server} for the address of a Unix domain socket.
     */
    public final Coroutine<Server> createServer(Supplier<? extends Protocol> factory, SocketAddress address) {
        return createServer(factory, List.of(address), true);
    }

    /**
     * Makes a server with a socket at each address, see {@link #createServer(Supplier, String, int)}.
     *
     * <p>Semantics: {@code loop.create_server(..., start_serving=startServing)}.
     *
     * @param startServing false to accept when {@link Server#startServing} is called; the sockets listen before
     */
    public final Coroutine<Server> createServer(
            Supplier<? extends Protocol> factory, List<? extends SocketAddress> addresses, boolean startServing) {
        return CreateServer.at(self(), factory, addresses, startServing);
    }

    /**
     * Makes a server of a socket that is bound. The channel belongs to the server from now on, and is closed if this fails.
     *
     * <p>Semantics: {@code loop.create_server(..., sock=channel, start_serving=startServing)}.
     *
     * @param startServing false to accept when {@link Server#startServing} is called
     */
    public final Coroutine<Server> createServer(
            Supplier<? extends Protocol> factory, ServerSocketChannel channel, boolean startServing) {
        return CreateServer.over(self(), factory, channel, startServing);
    }

    /**
     * Starts a server at a Unix domain socket, see {@link #createServer(Supplier, String, int)}. A socket's file that another server has left behind is
     * replaced, and the file is deleted when the server is closed.
     *
     * <p>Semantics: {@code loop.create_unix_server}.
     */
    public final Coroutine<Server> createUnixServer(Supplier<? extends Protocol> factory, Path path) {
        return createServer(factory, UnixDomainSocketAddress.of(path));
    }

    /**
     * Opens a socket for datagrams, and makes a protocol and a transport for it.
     *
     * <p>Semantics: {@code loop.create_datagram_endpoint}. Names are looked up in the default executor. For {@code reuse_port}, {@code
     * allow_broadcast} and the like open a channel and give that.
     *
     * @param factory makes the protocol
     * @param local where to receive; null for any address and port
     * @param remote whom to send to and to receive from; null for everybody
     * @throws IllegalArgumentException if both addresses are null
     */
    public final <P extends DatagramProtocol> Coroutine<Connected<DatagramTransport, P>> createDatagramEndpoint(
            Supplier<? extends P> factory, @Nullable SocketAddress local, @Nullable SocketAddress remote) {
        return new CreateDatagramEndpoint<>(self(), factory, local, remote);
    }

    /**
     * Makes a protocol and a transport for a socket that is there. The channel belongs to the transport from now on, and is closed if this fails.
     *
     * <p>Semantics: {@code loop.create_datagram_endpoint(..., sock=channel)}.
     */
    public final <P extends DatagramProtocol> Coroutine<Connected<DatagramTransport, P>> createDatagramEndpoint(
            Supplier<? extends P> factory, DatagramChannel channel) {
        return CreateDatagramEndpoint.over(self(), factory, channel);
    }

    /**
     * Sends a file, or part of it, over a transport, behind what is in its buffer. Reading is paused meanwhile, and writing refused. The file's position
     * is then behind what was sent, after a failure or a cancellation as well. Awaiting it throws {@link IllegalStateException} if the
     * transport is closing, or if a file is being sent already.
     *
     * <p>Semantics: {@code loop.sendfile}; the JDK has a way for every file, so there is no fallback to ask for.
     *
     * @param offset where to begin in the file
     * @param count how many bytes; sending ends with the file if that has fewer
     * @return the number of bytes
     */
    public final Coroutine<Long> sendFile(Transport transport, FileChannel file, long offset, long count) {
        return new SendFile(self(), transport, file, offset, count);
    }
}
