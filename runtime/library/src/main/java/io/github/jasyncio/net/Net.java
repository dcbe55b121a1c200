package io.github.jasyncio.net;

import io.github.jasyncio.Coroutine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The functions of asyncio's loops for the network, for static import; all of them on the loop that runs when they are awaited.
 *
 * <p>A call that is cancelled leaves no socket behind that nobody has; with a channel that it was given it does what it says, once it has begun to run.
 *
 * <p>The operations on sockets ({@code sock...}) take channels in non-blocking mode, and refuse others when they are awaited, with an {@link
 * IllegalArgumentException}; one that can be done at once does not suspend, and one that is cancelled has read, sent or accepted nothing that nobody hears
 * of. One task at a time may read a channel, and one may write.
 */
public final class Net {

    private Net() {}

    // ------------------------------------------------------------------------------------------------ streams

    /**
     * Connects to a server, and gives what comes in and what goes out.
     *
     * <p>Semantics: {@code asyncio.open_connection}.
     *
     * @throws IOException when awaited, if nobody answers
     */
    public static Coroutine<StreamConnection> openConnection(String host, int port) throws IOException {
        return openConnection(host, port, ConnectOptions.DEFAULTS);
    }

    /**
     * Connects to a server, see {@link #openConnection(String, int)}.
     *
     * <p>Semantics: {@code asyncio.open_connection} with arguments, {@code ssl} and {@code limit} among them.
     *
     * @throws IOException when awaited, if nobody answers, or the handshake fails
     */
    public static Coroutine<StreamConnection> openConnection(String host, int port, ConnectOptions options)
            throws IOException {
        return openConnection(InetSocketAddress.createUnresolved(host, port), options);
    }

    /**
     * Connects to an address, see {@link #openConnection(String, int)}.
     *
     * <p>Semantics: {@code asyncio.open_connection} with arguments, and {@code open_unix_connection} for the address of a Unix domain socket.
     *
     * @param remote an address; a name in it that is unresolved is looked up
     * @throws IOException when awaited, if nobody answers, or the handshake fails
     */
    public static Coroutine<StreamConnection> openConnection(SocketAddress remote, ConnectOptions options)
            throws IOException {
        Objects.requireNonNull(remote, "openConnection: an address was expected, got null");
        Objects.requireNonNull(options, "openConnection: options were expected, got null");
        return Streams.open(remote, options);
    }

    /**
     * Connects to a Unix domain socket, see {@link #openConnection(String, int)}.
     *
     * <p>Semantics: {@code asyncio.open_unix_connection}.
     *
     * @throws IOException when awaited, if nobody answers
     */
    public static Coroutine<StreamConnection> openUnixConnection(Path path) throws IOException {
        return openConnection(UnixDomainSocketAddress.of(path), ConnectOptions.DEFAULTS);
    }

    /**
     * Starts a server that runs a task for each connection that comes.
     *
     * <p>Semantics: {@code asyncio.start_server}.
     *
     * @param handler serves a connection; a lambda that awaits
     * @param host null or empty for all addresses of this machine
     * @param port 0 for any; {@link Server#sockets} tells which
     * @throws IOException when awaited, a {@link java.net.BindException} that names the address
     */
    public static Coroutine<Server> startServer(StreamHandler handler, @Nullable String host, int port)
            throws IOException {
        return startServer(handler, host, port, ServeOptions.DEFAULTS);
    }

    /**
     * Starts a server, see {@link #startServer(StreamHandler, String, int)}.
     *
     * <p>Semantics: {@code asyncio.start_server} with arguments, {@code ssl} and {@code limit} among them.
     *
     * @throws IOException when awaited, a {@link java.net.BindException} that names the address
     */
    public static Coroutine<Server> startServer(
            StreamHandler handler, @Nullable String host, int port, ServeOptions options) throws IOException {
        return startServer(handler, address(host, port), options);
    }

    /**
     * Starts a server at an address, see {@link #startServer(StreamHandler, String, int)}.
     *
     * <p>Semantics: {@code asyncio.start_server} with arguments, and {@code start_unix_server} for the address of a Unix domain socket.
     *
     * @throws IOException when awaited, a {@link java.net.BindException} that names the address
     */
    public static Coroutine<Server> startServer(StreamHandler handler, SocketAddress address, ServeOptions options)
            throws IOException {
        Objects.requireNonNull(handler, "startServer: a handler was expected, got null");
        Objects.requireNonNull(address, "startServer: an address was expected, got null");
        Objects.requireNonNull(options, "startServer: options were expected, got null");
        return Streams.serve(handler, List.of(address), options);
    }

    /**
     * Makes a server of a socket that is bound, see {@link #startServer(StreamHandler, String, int)}. The channel belongs to the server once this has begun, and is
     * closed if it fails.
     *
     * <p>Semantics: {@code asyncio.start_server(..., sock=channel)}.
     *
     * @param options of which the family and the port have no meaning here
     * @throws IOException when awaited, if the channel is no good
     */
    public static Coroutine<Server> startServer(
            StreamHandler handler, ServerSocketChannel channel, ServeOptions options) throws IOException {
        Objects.requireNonNull(handler, "startServer: a handler was expected, got null");
        Objects.requireNonNull(channel, "startServer: a channel was expected, got null");
        Objects.requireNonNull(options, "startServer: options were expected, got null");
        return Streams.serve(handler, channel, options);
    }

    /**
     * Starts a server at a Unix domain socket, see {@link #startServer(StreamHandler, String, int)}.
     *
     * <p>Semantics: {@code asyncio.start_unix_server}.
     *
     * @throws IOException when awaited, a {@link java.net.BindException} that names the path
     */
    public static Coroutine<Server> startUnixServer(StreamHandler handler, Path path) throws IOException {
        return startServer(handler, UnixDomainSocketAddress.of(path), ServeOptions.DEFAULTS);
    }

    // ------------------------------------------------------------------------------------------------ pipes

    /**
     * Reads from one of Java's blocking streams, such as {@code System.in} or what a process says, without blocking the loop: a thread does that, which lives
     * until the stream ends or is closed.
     *
     * <p>Semantics: {@code loop.connect_read_pipe}. Closing the transport while the thread is in a read lets go of the stream when that returns.
     *
     * @param input belongs to the transport from now on
     */
    public static <P extends Protocol> Connected<Transport, P> connectReadPipe(Supplier<P> factory, InputStream input) {
        return Pipes.read(factory, input);
    }

    /**
     * Writes to one of Java's blocking streams without blocking the loop: a thread does that, which lives from the first bytes until the stream is closed.
     *
     * <p>Semantics: {@code loop.connect_write_pipe}.
     *
     * @param output belongs to the transport from now on
     */
    public static <P extends Protocol> Connected<Transport, P> connectWritePipe(
            Supplier<P> factory, OutputStream output) {
        return Pipes.write(factory, output);
    }

    /**
     * Makes a protocol and a transport for the end of a pipe that can be read. The channel belongs to the transport once this has begun, and is closed if it
     * fails.
     *
     * <p>Semantics: {@code loop.connect_read_pipe}. No thread is needed here.
     *
     * @throws IOException when awaited, if the channel is no good
     */
    public static <P extends Protocol> Coroutine<Connected<Transport, P>> connectReadPipe(
            Supplier<? extends P> factory, Pipe.SourceChannel source) throws IOException {
        checkFactoryAndChannel("connectReadPipe", factory, source);
        return Transports.over("connectReadPipe", source, factory);
    }

    /**
     * Makes a protocol and a transport for the end of a pipe that can be written to. The channel belongs to the transport once this has begun, and is closed
     * if it fails.
     *
     * <p>Semantics: {@code loop.connect_write_pipe}. No thread is needed here. That nobody reads any more is noticed by the next write.
     *
     * @throws IOException when awaited, if the channel is no good
     */
    public static <P extends Protocol> Coroutine<Connected<Transport, P>> connectWritePipe(
            Supplier<? extends P> factory, Pipe.SinkChannel sink) throws IOException {
        checkFactoryAndChannel("connectWritePipe", factory, sink);
        return Transports.over("connectWritePipe", sink, factory);
    }

    /**
     * A stream reader for one of Java's blocking streams, such as {@code System.in}; see {@link #connectReadPipe(Supplier, InputStream)}. asyncio has it in
     * three lines.
     */
    public static StreamReader readerOf(InputStream input) {
        return Pipes.reader(input, StreamReader.DEFAULT_LIMIT);
    }

    /**
     * The same with another limit.
     *
     * @param limit the length of a line, in bytes; half of what is read ahead
     */
    public static StreamReader readerOf(InputStream input, int limit) {
        return Pipes.reader(input, limit);
    }

    /** A stream writer for one of Java's blocking streams; see {@link #connectWritePipe(Supplier, OutputStream)}. asyncio has it in three lines. */
    public static StreamWriter writerOf(OutputStream output) {
        return Pipes.writer(output);
    }

    // ------------------------------------------------------------------------------------------------ connections

    /**
     * Connects to a server, and makes a protocol and a transport for the connection: {@code connectionMade} has been called when this ends.
     *
     * <p>Semantics: {@code loop.create_connection}. A name's addresses are tried one after the other.
     *
     * @param factory makes the protocol
     * @throws IOException when awaited, if nobody answers; it names the addresses
     */
    public static <P extends Protocol> Coroutine<Connected<Transport, P>> createConnection(
            Supplier<? extends P> factory, String host, int port) throws IOException {
        return createConnection(factory, host, port, ConnectOptions.DEFAULTS);
    }

    /**
     * Connects to a server, see {@link #createConnection(Supplier, String, int)}.
     *
     * <p>Semantics: {@code loop.create_connection} with arguments.
     *
     * @throws IOException when awaited, if nobody answers
     */
    public static <P extends Protocol> Coroutine<Connected<Transport, P>> createConnection(
            Supplier<? extends P> factory, String host, int port, ConnectOptions options) throws IOException {
        return createConnection(factory, InetSocketAddress.createUnresolved(host, port), options);
    }

    /**
     * Connects to an address, see {@link #createConnection(Supplier, String, int)}.
     *
     * <p>Semantics: {@code loop.create_connection}, and {@code create_unix_connection} for the address of a Unix domain socket.
     *
     * @param remote an address; a name in it that is unresolved is looked up
     * @throws IOException when awaited, if nobody answers
     */
    public static <P extends Protocol> Coroutine<Connected<Transport, P>> createConnection(
            Supplier<? extends P> factory, SocketAddress remote) throws IOException {
        return createConnection(factory, remote, ConnectOptions.DEFAULTS);
    }

    /**
     * Connects to an address, see {@link #createConnection(Supplier, SocketAddress)}.
     *
     * <p>Semantics: {@code loop.create_connection} with arguments.
     *
     * @throws IOException when awaited, if nobody answers
     */
    public static <P extends Protocol> Coroutine<Connected<Transport, P>> createConnection(
            Supplier<? extends P> factory, SocketAddress remote, ConnectOptions options) throws IOException {
        checkFactory("createConnection", factory);
        Objects.requireNonNull(remote, "createConnection: an address was expected, got null");
        Objects.requireNonNull(options, "createConnection: options were expected, got null");
        Tls tls = options.tls();
        return tls == null
                ? Connecting.to(List.of(remote), factory, options)
                : TlsConnections.to(remote, factory, options, tls);
    }

    /**
     * Makes a protocol and a transport for a connection that is there. The channel belongs to the transport once this has begun, and is closed if it
     * fails.
     *
     * <p>Semantics: {@code loop.create_connection(..., sock=channel)}.
     *
     * @throws IOException when awaited, if the channel is no good
     */
    public static <P extends Protocol> Coroutine<Connected<Transport, P>> createConnection(
            Supplier<? extends P> factory, SocketChannel channel) throws IOException {
        checkFactoryAndChannel("createConnection", factory, channel);
        return Transports.over("createConnection", channel, factory);
    }

    /**
     * Makes a connection that is there a client's TLS connection, see {@link #createConnection(Supplier, SocketChannel)}.
     *
     * <p>Semantics: {@code loop.create_connection(..., sock=channel, ssl=tls)}.
     *
     * @throws IOException when awaited, if the channel is no good, or the handshake fails
     */
    public static <P extends Protocol> Coroutine<Connected<Transport, P>> createConnection(
            Supplier<? extends P> factory, SocketChannel channel, Tls tls) throws IOException {
        checkFactoryAndChannel("createConnection", factory, channel);
        Objects.requireNonNull(tls, "createConnection: a Tls was expected, got null");
        return TlsConnections.over("createConnection", channel, factory, tls);
    }

    /**
     * Connects to a Unix domain socket, see {@link #createConnection(Supplier, String, int)}.
     *
     * <p>Semantics: {@code loop.create_unix_connection}.
     *
     * @throws IOException when awaited, if nobody answers
     */
    public static <P extends Protocol> Coroutine<Connected<Transport, P>> createUnixConnection(
            Supplier<? extends P> factory, Path path) throws IOException {
        return createConnection(factory, UnixDomainSocketAddress.of(path));
    }

    /**
     * Makes a protocol and a transport for a connection that was accepted without a server of the loop's. The channel belongs to the transport once
     * this has begun, and is closed if it fails.
     *
     * <p>Semantics: {@code loop.connect_accepted_socket}.
     *
     * @throws IOException when awaited, if the channel is no good
     */
    public static <P extends Protocol> Coroutine<Connected<Transport, P>> connectAcceptedSocket(
            Supplier<? extends P> factory, SocketChannel channel) throws IOException {
        checkFactoryAndChannel("connectAcceptedSocket", factory, channel);
        return Transports.over("connectAcceptedSocket", channel, factory);
    }

    /**
     * Makes a connection that was accepted without a server of the loop's the server's side of a TLS connection, see {@link
     * #connectAcceptedSocket(Supplier, SocketChannel)}.
     *
     * <p>Semantics: {@code loop.connect_accepted_socket(..., ssl=tls)}.
     *
     * @throws IOException when awaited, if the channel is no good, or the handshake fails
     */
    public static <P extends Protocol> Coroutine<Connected<Transport, P>> connectAcceptedSocket(
            Supplier<? extends P> factory, SocketChannel channel, Tls tls) throws IOException {
        checkFactoryAndChannel("connectAcceptedSocket", factory, channel);
        Objects.requireNonNull(tls, "connectAcceptedSocket: a Tls was expected, got null");
        return TlsConnections.accepted("connectAcceptedSocket", channel, factory, tls);
    }

    /**
     * Makes the connection of a transport a TLS one. Both sides must have agreed on that, and the other side begins at the same place of the streams. The
     * protocol is told nothing; it has to use the new transport from now on. Where it fails, or is cancelled, the connection is closed.
     *
     * <p>Semantics: {@code loop.start_tls}.
     *
     * @param isServer true for the server's side
     * @throws IOException when awaited, if the handshake fails or the connection is lost
     */
    public static Coroutine<Transport> startTls(Transport transport, Protocol protocol, Tls tls, boolean isServer)
            throws IOException {
        Objects.requireNonNull(transport, "startTls: a transport was expected, got null");
        Objects.requireNonNull(protocol, "startTls: a protocol was expected, got null");
        Objects.requireNonNull(tls, "startTls: a Tls was expected, got null");
        return TlsProtocol.startTls(transport, protocol, tls, isServer, new byte[0]);
    }

    // ------------------------------------------------------------------------------------------------ servers

    /**
     * Starts a server: it makes a protocol and a transport for each connection that comes.
     *
     * <p>Semantics: {@code loop.create_server}. Each address of a name gets a socket. All addresses of the machine share one socket in Java, for both
     * versions of IP. If a protocol cannot be made the connection is closed, and the exception handler is told.
     *
     * @param factory makes the protocol of a connection
     * @param host null or empty for all addresses of this machine
     * @param port 0 for any; {@link Server#sockets} tells which
     * @throws IOException when awaited, a {@link java.net.BindException} that names the address
     */
    public static Coroutine<Server> createServer(Supplier<? extends Protocol> factory, @Nullable String host, int port)
            throws IOException {
        return createServer(factory, host, port, ServeOptions.DEFAULTS);
    }

    /**
     * Starts a server, see {@link #createServer(Supplier, String, int)}.
     *
     * <p>Semantics: {@code loop.create_server} with arguments.
     *
     * @throws IOException when awaited, a {@link java.net.BindException} that names the address
     */
    public static Coroutine<Server> createServer(
            Supplier<? extends Protocol> factory, @Nullable String host, int port, ServeOptions options)
            throws IOException {
        return createServer(factory, address(host, port), options);
    }

    /** All addresses of this machine, or those of a name. */
    private static SocketAddress address(@Nullable String host, int port) {
        return host == null || host.isEmpty()
                ? new InetSocketAddress(port)
                : InetSocketAddress.createUnresolved(host, port);
    }

    /**
     * Starts a server at an address, see {@link #createServer(Supplier, String, int)}.
     *
     * <p>Semantics: {@code loop.create_server}, and {@code create_unix_server} for the address of a Unix domain socket.
     *
     * @throws IOException when awaited, a {@link java.net.BindException} that names the address
     */
    public static Coroutine<Server> createServer(Supplier<? extends Protocol> factory, SocketAddress address)
            throws IOException {
        return createServer(factory, address, ServeOptions.DEFAULTS);
    }

    /**
     * Starts a server at an address, see {@link #createServer(Supplier, String, int)}.
     *
     * <p>Semantics: {@code loop.create_server} with arguments.
     *
     * @throws IOException when awaited, a {@link java.net.BindException} that names the address
     */
    public static Coroutine<Server> createServer(
            Supplier<? extends Protocol> factory, SocketAddress address, ServeOptions options) throws IOException {
        Objects.requireNonNull(address, "createServer: an address was expected, got null");
        return createServer(factory, List.of(address), options);
    }

    /**
     * Makes a server with a socket at each address, see {@link #createServer(Supplier, String, int)}.
     *
     * <p>Semantics: {@code loop.create_server} with a sequence of hosts.
     *
     * @throws IOException when awaited, a {@link java.net.BindException} that names the address
     * @throws IllegalArgumentException if there are no addresses
     */
    public static Coroutine<Server> createServer(
            Supplier<? extends Protocol> factory, List<? extends SocketAddress> addresses, ServeOptions options)
            throws IOException {
        checkFactory("createServer", factory);
        Objects.requireNonNull(options, "createServer: options were expected, got null");
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("createServer: at least one address is needed");
        }
        return Binding.at(addresses, protocols(factory, options), options);
    }

    /**
     * Makes a server of a socket that is bound. The channel belongs to the server once this has begun, and is closed if it fails.
     *
     * <p>Semantics: {@code loop.create_server(..., sock=channel)}.
     *
     * @param options of which the family and the port have no meaning here
     * @throws IOException when awaited, if the channel is no good
     */
    public static Coroutine<Server> createServer(
            Supplier<? extends Protocol> factory, ServerSocketChannel channel, ServeOptions options)
            throws IOException {
        checkFactory("createServer", factory);
        Objects.requireNonNull(options, "createServer: options were expected, got null");
        Objects.requireNonNull(channel, "createServer: a channel was expected, got null");
        return Binding.over(channel, protocols(factory, options), options);
    }

    private static Supplier<? extends Protocol> protocols(Supplier<? extends Protocol> factory, ServeOptions options) {
        Tls tls = options.tls();
        return tls == null ? factory : TlsConnections.serving(factory, tls);
    }

    /**
     * Starts a server at a Unix domain socket, see {@link #createServer(Supplier, String, int)}. A socket's file that another server has left behind is
     * replaced, and the file is deleted when the server is closed.
     *
     * <p>Semantics: {@code loop.create_unix_server}.
     *
     * @throws IOException when awaited, a {@link java.net.BindException} that names the path
     */
    public static Coroutine<Server> createUnixServer(Supplier<? extends Protocol> factory, Path path)
            throws IOException {
        return createUnixServer(factory, path, ServeOptions.DEFAULTS);
    }

    /**
     * Starts a server at a Unix domain socket, see {@link #createUnixServer(Supplier, Path)}.
     *
     * <p>Semantics: {@code loop.create_unix_server} with arguments.
     *
     * @throws IOException when awaited, a {@link java.net.BindException} that names the path
     */
    public static Coroutine<Server> createUnixServer(
            Supplier<? extends Protocol> factory, Path path, ServeOptions options) throws IOException {
        return createServer(factory, UnixDomainSocketAddress.of(path), options);
    }

    // ------------------------------------------------------------------------------------------------ datagrams, files

    /**
     * Opens a socket for datagrams, and makes a protocol and a transport for it.
     *
     * <p>Semantics: {@code loop.create_datagram_endpoint}. For {@code reuse_port}, {@code allow_broadcast} and the like open a channel and give that.
     *
     * @param factory makes the protocol
     * @param local where to receive; null for any address and port
     * @param remote whom to send to and to receive from; null for everybody
     * @throws IllegalArgumentException if both addresses are null
     * @throws IOException when awaited, if no socket can be made for the addresses
     */
    public static <P extends DatagramProtocol> Coroutine<Connected<DatagramTransport, P>> createDatagramEndpoint(
            Supplier<? extends P> factory, @Nullable SocketAddress local, @Nullable SocketAddress remote)
            throws IOException {
        checkFactory("createDatagramEndpoint", factory);
        if (local == null && remote == null) {
            throw new IllegalArgumentException("createDatagramEndpoint: a local or a remote address is needed;"
                    + " or open a DatagramChannel and give that");
        }
        return DatagramEndpoints.open(factory, local, remote);
    }

    /**
     * Makes a protocol and a transport for a socket that is there. The channel belongs to the transport once this has begun, and is closed if it fails.
     *
     * <p>Semantics: {@code loop.create_datagram_endpoint(..., sock=channel)}.
     *
     * @throws IOException when awaited, if the channel is no good
     */
    public static <P extends DatagramProtocol> Coroutine<Connected<DatagramTransport, P>> createDatagramEndpoint(
            Supplier<? extends P> factory, DatagramChannel channel) throws IOException {
        checkFactoryAndChannel("createDatagramEndpoint", factory, channel);
        return Transports.over("createDatagramEndpoint", channel, factory);
    }

    /**
     * Sends a file, or part of it, over a transport, behind what is in its buffer. Reading is paused meanwhile, and writing refused. The file's position
     * is then behind what was sent, after a failure or a cancellation as well. Awaiting it throws {@link IllegalStateException} if the
     * transport is closing, or if a file is being sent already.
     *
     * <p>Semantics: {@code loop.sendfile}; the JDK has a way for every file. Over TLS the bytes are copied, as asyncio's fallback does.
     *
     * @param offset where to begin in the file
     * @param count how many bytes; sending ends with the file if that has fewer
     * @return the number of bytes
     * @throws IllegalArgumentException if the offset is negative, the count not positive, or the transport not one of a socket
     * @throws IOException when awaited, if the file cannot be read, or the connection is lost
     */
    public static Coroutine<Long> sendFile(Transport transport, FileChannel file, long offset, long count)
            throws IOException {
        FilePart.check("sendFile", offset, count);
        if (transport instanceof SocketTransport socket) {
            return socket.sendFile(file, offset, count);
        }
        if (transport instanceof TlsTransport tls) {
            return tls.sendFile(file, offset, count);
        }
        throw new IllegalArgumentException("sendFile: not a transport of a socket: " + transport);
    }

    // ------------------------------------------------------------------------------------------------ sockets

    /**
     * Reads what there is, and waits until there is something; cancelling it loses no bytes.
     *
     * <p>Semantics: {@code loop.sock_recv}. At most 256 KiB at a time.
     *
     * @param size how many bytes at most
     * @return the bytes; none when the other side has ended its stream
     * @throws IOException when awaited, if the connection fails or the channel is closed
     */
    public static Coroutine<byte[]> sockRecv(SocketChannel channel, int size) throws IOException {
        checkChannel("sockRecv", channel);
        if (size < 0) {
            throw new IllegalArgumentException("sockRecv: the size must not be negative: " + size);
        }
        return Sockets.receive(channel, size);
    }

    /**
     * Reads what there is into a buffer, and waits until there is something. Otherwise like {@link #sockRecv}.
     *
     * <p>Semantics: {@code loop.sock_recv_into}, which gives 0 when the other side has ended its stream.
     *
     * @param buffer where it goes, at its position
     * @return the number of bytes; -1 when the other side has ended its stream
     * @throws IOException when awaited, if the connection fails or the channel is closed
     */
    public static Coroutine<Integer> sockRecvInto(SocketChannel channel, ByteBuffer buffer) throws IOException {
        checkChannel("sockRecvInto", channel);
        return Sockets.receiveInto(channel, buffer);
    }

    /**
     * Receives a datagram, and waits until there is one; cancelling it loses no datagram.
     *
     * <p>Semantics: {@code loop.sock_recvfrom}.
     *
     * @param size how many bytes at most; the rest of a longer datagram is lost
     * @throws IOException when awaited, if receiving fails or the channel is closed
     */
    public static Coroutine<Datagram> sockRecvFrom(DatagramChannel channel, int size) throws IOException {
        checkChannel("sockRecvFrom", channel);
        if (size < 0) {
            throw new IllegalArgumentException("sockRecvFrom: the size must not be negative: " + size);
        }
        return Sockets.receiveFrom(channel, size);
    }

    /**
     * Receives a datagram into a buffer, and waits until there is one. Otherwise like {@link #sockRecvFrom}.
     *
     * <p>Semantics: {@code loop.sock_recvfrom_into}; the number of bytes is how far the buffer's position has moved.
     *
     * @param buffer where it goes, at its position; what has no room is lost
     * @return who sent it
     * @throws IOException when awaited, if receiving fails or the channel is closed
     */
    public static Coroutine<SocketAddress> sockRecvFromInto(DatagramChannel channel, ByteBuffer buffer)
            throws IOException {
        checkChannel("sockRecvFromInto", channel);
        return Sockets.receiveFromInto(channel, buffer);
    }

    /**
     * Sends all bytes, as fast as the other side reads them. The buffer's position is then behind what was sent, after a failure or a cancellation as
     * well.
     *
     * <p>Semantics: {@code loop.sock_sendall}.
     *
     * @param buffer what is between its position and its limit; not to be touched until this has ended
     * @throws IOException when awaited, if the connection fails or the channel is closed
     */
    public static Coroutine<Void> sockSendAll(SocketChannel channel, ByteBuffer buffer) throws IOException {
        checkChannel("sockSendAll", channel);
        return Sockets.sendAll(channel, buffer);
    }

    /**
     * Sends a datagram, and waits while the system has no room for it.
     *
     * <p>Semantics: {@code loop.sock_sendto}.
     *
     * @param buffer what is in it, up to its limit; not to be touched until this has ended
     * @return the number of bytes
     * @throws IOException when awaited, if sending fails or the channel is closed
     */
    public static Coroutine<Integer> sockSendTo(DatagramChannel channel, ByteBuffer buffer, SocketAddress address)
            throws IOException {
        checkChannel("sockSendTo", channel);
        return Sockets.sendTo(channel, buffer, address);
    }

    /**
     * Sends a file from its beginning to its end, see {@link #sockSendFile(SocketChannel, FileChannel, long, long)}.
     *
     * <p>Semantics: {@code loop.sock_sendfile(sock, file)}.
     *
     * @return the number of bytes
     * @throws IOException when awaited, if the file cannot be read, or the connection fails
     */
    public static Coroutine<Long> sockSendFile(SocketChannel channel, FileChannel file) throws IOException {
        return sockSendFile(channel, file, 0, Long.MAX_VALUE);
    }

    /**
     * Sends a file, or part of it, by the system's own means where there are any, and as fast as the other side reads. The file's position is then
     * behind what was sent, after a failure or a cancellation as well.
     *
     * <p>Semantics: {@code loop.sock_sendfile}; the JDK has a way for every file, so there is no fallback to ask for. Reading the file holds the
     * loop, as it does in asyncio.
     *
     * @param offset where to begin in the file
     * @param count how many bytes; sending ends with the file if that has fewer
     * @return the number of bytes
     * @throws IllegalArgumentException if the offset is negative, or the count not positive
     * @throws IOException when awaited, if the file cannot be read, or the connection fails
     */
    public static Coroutine<Long> sockSendFile(SocketChannel channel, FileChannel file, long offset, long count)
            throws IOException {
        checkChannel("sockSendFile", channel);
        FilePart.check("sockSendFile", offset, count);
        return Sockets.sendFile(channel, file, offset, count);
    }

    /**
     * Connects. Close the channel after a failure or a cancellation.
     *
     * <p>Semantics: {@code loop.sock_connect}; the name of an unresolved address is looked up.
     *
     * @throws IOException when awaited, if nobody answers
     */
    public static Coroutine<Void> sockConnect(SocketChannel channel, SocketAddress address) throws IOException {
        checkChannelAndAddress(channel, address);
        return Sockets.connect(channel, address);
    }

    /**
     * Makes an address the only one that a channel sends to and receives from. Waits only where a name has to be looked up. Otherwise like {@link
     * #sockConnect(SocketChannel, SocketAddress)}.
     *
     * <p>Semantics: {@code loop.sock_connect}.
     *
     * @throws IOException when awaited, if that is impossible
     */
    public static Coroutine<Void> sockConnect(DatagramChannel channel, SocketAddress address) throws IOException {
        checkChannelAndAddress(channel, address);
        return Sockets.connect(channel, address);
    }

    /**
     * Waits for a connection; cancelling it loses none.
     *
     * <p>Semantics: {@code loop.sock_accept}; the address is {@link SocketChannel#getRemoteAddress}.
     *
     * @return the connection, in non-blocking mode
     * @throws IOException when awaited, if accepting fails or the channel is closed
     */
    public static Coroutine<SocketChannel> sockAccept(ServerSocketChannel channel) throws IOException {
        checkChannel("sockAccept", channel);
        return Sockets.accept(channel);
    }

    // ------------------------------------------------------------------------------------------------ names

    /**
     * The addresses of a name, the best first, each with the port.
     *
     * <p>Semantics: {@code loop.getaddrinfo}. The operating system is asked in the default executor; nobody is asked for the text form of an address.
     *
     * @throws UnknownHostException when awaited, if there are none
     */
    public static Coroutine<List<InetSocketAddress>> getaddrinfo(String host, int port) throws UnknownHostException {
        Objects.requireNonNull(host, "getaddrinfo: a host was expected, got null");
        return Names.addresses(host, port);
    }

    /**
     * The name of an address, or its text form if it has none.
     *
     * <p>Semantics: {@code loop.getnameinfo}, of whose pair it is the first; Java knows no names of services. The operating system is asked in the default
     * executor.
     */
    public static Coroutine<String> getnameinfo(InetAddress address) {
        Objects.requireNonNull(address, "getnameinfo: an address was expected, got null");
        return Names.nameOf(address);
    }

    // ------------------------------------------------------------------------------------------------ checks

    private static void checkFactory(String operation, @Nullable Object factory) {
        if (factory == null) {
            throw new NullPointerException(operation + ": a protocol factory was expected, got null");
        }
    }

    private static void checkFactoryAndChannel(String operation, @Nullable Object factory, @Nullable Object channel) {
        if (factory == null || channel == null) {
            throw new NullPointerException(operation + ": a protocol factory and a channel were expected, got null");
        }
    }

    private static void checkChannel(String operation, @Nullable Object channel) {
        if (channel == null) {
            throw new NullPointerException(operation + ": a channel was expected, got null");
        }
    }

    private static void checkChannelAndAddress(@Nullable Object channel, @Nullable Object address) {
        if (channel == null || address == null) {
            throw new NullPointerException("sockConnect: a channel and an address were expected, got null");
        }
    }
}
