package io.github.jasyncio;

import io.github.jasyncio.internal.Execution;
import io.github.jasyncio.internal.channels.Channels;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * An operation on a non-blocking socket: is tried at once, and if it would block again whenever the channel is ready.
 *
 * <p>Semantics: {@code loop.sock_recv_into} and so on. One that is done at once does not suspend. A cancelled one watches the channel no more.
 *
 * @param <T> the type of the operation's value
 */
final class SocketCall<T> extends HandWritten<T> {

    /** What an attempt answers that has to be repeated. */
    private static final Object WOULD_BLOCK = new Object();

    /** The operation itself. */
    @FunctionalInterface
    interface Attempt {

        /** Gives the value, or {@link #WOULD_BLOCK}. */
        @Nullable
        Object make() throws IOException;
    }

    private enum Direction {
        IN,
        OUT
    }

    private final ChannelLoop loop;
    private final String operation;
    private final SelectableChannel channel;
    private final Direction direction;
    private final Attempt attempt;

    private SocketCall(
            ChannelLoop loop, String operation, SelectableChannel channel, Direction direction, Attempt attempt) {
        super(EventLoop.class, operation);
        if (channel == null) {
            throw new NullPointerException(operation + ": a channel was expected, got null");
        }
        this.loop = loop;
        this.operation = operation;
        this.channel = channel;
        this.direction = direction;
        this.attempt = attempt;
    }

    // ------------------------------------------------------------------------------------------------ streams

    static Coroutine<byte[]> receive(ChannelLoop loop, SocketChannel channel, int size) {
        ByteBuffer buffer = ByteBuffer.allocate(size);
        return new SocketCall<>(loop, "sockRecv", channel, Direction.IN, () -> {
            Object count = readInto(channel, buffer);
            return count == WOULD_BLOCK ? WOULD_BLOCK : received(buffer);
        });
    }

    static Coroutine<Integer> receiveInto(ChannelLoop loop, SocketChannel channel, ByteBuffer buffer) {
        return new SocketCall<>(loop, "sockRecvInto", channel, Direction.IN, () -> readInto(channel, buffer));
    }

    private static Object readInto(SocketChannel channel, ByteBuffer buffer) throws IOException {
        if (!buffer.hasRemaining()) {
            return 0;
        }
        int count = channel.read(buffer);
        return count == 0 ? WOULD_BLOCK : (Object) count;
    }

    private static byte[] received(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.position()];
        buffer.flip().get(bytes);
        return bytes;
    }

    static Coroutine<Void> sendAll(ChannelLoop loop, SocketChannel channel, ByteBuffer buffer) {
        return new SocketCall<>(loop, "sockSendAll", channel, Direction.OUT, () -> {
            channel.write(buffer);
            return buffer.hasRemaining() ? WOULD_BLOCK : null;
        });
    }

    static Coroutine<Long> sendFile(
            ChannelLoop loop, SocketChannel channel, FileChannel file, long offset, long count) {
        if (offset < 0 || count <= 0) {
            throw new IllegalArgumentException(
                    "sockSendFile: the offset must not be negative, and the count positive: " + offset + ", " + count);
        }
        long[] sent = {0};
        return new SocketCall<>(loop, "sockSendFile", channel, Direction.OUT, () -> {
            long left = Math.min(count - sent[0], file.size() - offset - sent[0]);
            if (left > 0) {
                long now = file.transferTo(offset + sent[0], left, channel);
                if (now > 0) {
                    // Each time, so that it is right after a failure or a cancellation.
                    sent[0] += now;
                    file.position(offset + sent[0]);
                }
                left -= now;
            }
            return left > 0 ? WOULD_BLOCK : (Object) sent[0];
        });
    }

    /** Connects to an address that is resolved, with or without waiting for the other side. */
    static Coroutine<Void> connect(ChannelLoop loop, SelectableChannel channel, SocketAddress address) {
        boolean[] isBegun = {false};
        return new SocketCall<>(loop, "sockConnect", channel, Direction.OUT, () -> {
            if (channel instanceof DatagramChannel datagrams) {
                datagrams.connect(address);
                return null;
            }
            SocketChannel stream = (SocketChannel) channel;
            boolean isConnected = isBegun[0] ? stream.finishConnect() : stream.connect(address);
            isBegun[0] = true;
            return isConnected ? null : WOULD_BLOCK;
        });
    }

    static Coroutine<SocketChannel> accept(ChannelLoop loop, ServerSocketChannel channel) {
        return new SocketCall<>(loop, "sockAccept", channel, Direction.IN, () -> {
            SocketChannel accepted = channel.accept();
            if (accepted == null) {
                return WOULD_BLOCK;
            }
            accepted.configureBlocking(false);
            return accepted;
        });
    }

    // ------------------------------------------------------------------------------------------------ datagrams

    static Coroutine<Datagram> receiveFrom(ChannelLoop loop, DatagramChannel channel, int size) {
        ByteBuffer buffer = ByteBuffer.allocate(size);
        return new SocketCall<>(loop, "sockRecvFrom", channel, Direction.IN, () -> {
            SocketAddress sender = channel.receive(buffer);
            return sender == null ? WOULD_BLOCK : new Datagram(received(buffer), sender);
        });
    }

    static Coroutine<SocketAddress> receiveFromInto(ChannelLoop loop, DatagramChannel channel, ByteBuffer buffer) {
        return new SocketCall<>(loop, "sockRecvFromInto", channel, Direction.IN, () -> {
            SocketAddress sender = channel.receive(buffer);
            return sender == null ? WOULD_BLOCK : sender;
        });
    }

    static Coroutine<Integer> sendTo(
            ChannelLoop loop, DatagramChannel channel, ByteBuffer buffer, SocketAddress address) {
        return new SocketCall<>(loop, "sockSendTo", channel, Direction.OUT, () -> {
            int size = buffer.remaining();
            // A datagram goes as a whole or not at all. Whether an empty one went, the channel does not tell.
            return channel.send(buffer, address) < size ? WOULD_BLOCK : (Object) size;
        });
    }

    // ------------------------------------------------------------------------------------------------ attempts

    @Override
    @Nullable
    Object run(Execution execution) throws Throwable {
        Channels.checkOpenAndNonBlocking(operation, channel);
        Object value = attempt.make();
        return value == WOULD_BLOCK
                ? await(this::whenDone, (result, failure, e) -> valueOr(failure, result), execution)
                : value;
    }

    private Future<Object> whenDone() {
        Channels channels = loop.channels();
        channels.checkFree(operation, channel);
        Future<Object> future = loop.self().createFuture();
        Handle handle = new Handle((Runnable) () -> attemptAgain(future), loop.currentVars());
        if (direction == Direction.OUT) {
            channels.addWriter(channel, handle);
        } else {
            channels.addReader(channel, handle);
        }
        future.addDoneCallback(done -> {
            // Cancelled if somebody else watches the channel now.
            if (!handle.isCancelled()) {
                if (direction == Direction.OUT) {
                    channels.removeWriter(channel);
                } else {
                    channels.removeReader(channel);
                }
            }
        });
        return future;
    }

    private void attemptAgain(Future<Object> future) {
        if (future.isDone()) {
            return;
        }
        try {
            Object value = attempt.make();
            if (value != WOULD_BLOCK) {
                future.setResult(value);
            }
        } catch (KeyboardInterrupt e) {
            throw e;
        } catch (Throwable t) {
            future.setException(t);
        }
    }
}
