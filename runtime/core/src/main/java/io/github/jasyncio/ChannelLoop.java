package io.github.jasyncio;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

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

    final EventLoop self() {
        return (EventLoop) this;
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
     * @throws IllegalStateException if the loop is closed; in debug mode also when called on another thread
     */
    public final void addReader(SelectableChannel channel, Runnable callback) {
        checkCallback(callback, "addReader");
        checkMayCall("addReader");
        channels().addReader(channel, new Handle(callback, currentVars()));
    }

    /**
     * Ends what {@link #addReader} began.
     *
     * @return false if there was no callback
     */
    public final boolean removeReader(SelectableChannel channel) {
        return isWatching() && channels().removeReader(channel);
    }

    /**
     * Runs a callback, in a copy of the current context, in every turn in which {@code channel} can be written to, or has connected; instead of
     * the one that did so before. Otherwise like {@link #addReader}.
     *
     * @param channel in non-blocking mode
     * @throws IllegalArgumentException if the channel is blocking or closed, or of a kind that cannot be written to
     * @throws IllegalStateException if the loop is closed; in debug mode also when called on another thread
     */
    public final void addWriter(SelectableChannel channel, Runnable callback) {
        checkCallback(callback, "addWriter");
        checkMayCall("addWriter");
        channels().addWriter(channel, new Handle(callback, currentVars()));
    }

    /**
     * Ends what {@link #addWriter} began.
     *
     * @return false if there was no callback
     */
    public final boolean removeWriter(SelectableChannel channel) {
        return isWatching() && channels().removeWriter(channel);
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
     * <p>Semantics: {@code loop.sock_sendto}.
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
}
