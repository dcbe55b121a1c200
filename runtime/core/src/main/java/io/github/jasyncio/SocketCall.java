package io.github.jasyncio;

import io.github.jasyncio.internal.Execution;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
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
abstract class SocketCall<T> extends HandWritten<T> {

    /** What an attempt answers that has to be repeated. */
    private static final Object WOULD_BLOCK = new Object();

    final EventLoop loop;
    final String operation;
    private final SelectableChannel channel;

    private SocketCall(EventLoop loop, String operation, SelectableChannel channel) {
        super(EventLoop.class, operation);
        if (channel == null) {
            throw new NullPointerException(operation + ": a channel was expected, got null");
        }
        this.loop = loop;
        this.operation = operation;
        this.channel = channel;
    }

    static Coroutine<Integer> receive(EventLoop loop, SocketChannel channel, ByteBuffer buffer) {
        return new Receive(loop, channel, buffer);
    }

    static Coroutine<Void> sendAll(EventLoop loop, SocketChannel channel, ByteBuffer buffer) {
        return new SendAll(loop, channel, buffer);
    }

    static Coroutine<Void> connect(EventLoop loop, SocketChannel channel, SocketAddress address) {
        return new Connect(loop, channel, address);
    }

    static Coroutine<SocketChannel> accept(EventLoop loop, ServerSocketChannel channel) {
        return new Accept(loop, channel);
    }

    /** Tries; gives the value or {@link #WOULD_BLOCK}. */
    abstract @Nullable Object attempt() throws IOException;

    abstract boolean isWriting();

    @Override
    @Nullable
    Object run(Execution execution) throws Throwable {
        Channels.checkOpenAndNonBlocking(operation, channel);
        return attemptOrWait(execution);
    }

    final @Nullable Object attemptOrWait(Execution execution) throws Throwable {
        Object value = attempt();
        return value == WOULD_BLOCK
                ? await(this::whenDone, (result, failure, e) -> valueOr(failure, result), execution)
                : value;
    }

    private Future<Object> whenDone() {
        Channels channels = loop.channels();
        Future<Object> future = loop.createFuture();
        Handle handle = new Handle((Runnable) () -> attemptAgain(future), loop.currentVars());
        if (isWriting()) {
            channels.addWriter(channel, handle);
        } else {
            channels.addReader(channel, handle);
        }
        future.addDoneCallback(done -> {
            // Cancelled if somebody else watches the channel now.
            if (!handle.isCancelled()) {
                if (isWriting()) {
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
            Object value = attempt();
            if (value != WOULD_BLOCK) {
                future.setResult(value);
            }
        } catch (KeyboardInterrupt e) {
            throw e;
        } catch (Throwable t) {
            future.setException(t);
        }
    }

    private static final class Receive extends SocketCall<Integer> {

        private final SocketChannel channel;
        private final ByteBuffer buffer;

        Receive(EventLoop loop, SocketChannel channel, ByteBuffer buffer) {
            super(loop, "sockRecv", channel);
            this.channel = channel;
            this.buffer = buffer;
        }

        @Override
        Object attempt() throws IOException {
            if (!buffer.hasRemaining()) {
                return 0;
            }
            int count = channel.read(buffer);
            return count == 0 ? WOULD_BLOCK : (Object) count;
        }

        @Override
        boolean isWriting() {
            return false;
        }
    }

    private static final class SendAll extends SocketCall<Void> {

        private final SocketChannel channel;
        private final ByteBuffer buffer;

        SendAll(EventLoop loop, SocketChannel channel, ByteBuffer buffer) {
            super(loop, "sockSendAll", channel);
            this.channel = channel;
            this.buffer = buffer;
        }

        @Override
        @Nullable
        Object attempt() throws IOException {
            channel.write(buffer);
            return buffer.hasRemaining() ? WOULD_BLOCK : null;
        }

        @Override
        boolean isWriting() {
            return true;
        }
    }

    private static final class Connect extends SocketCall<Void> {

        private final SocketChannel channel;
        private SocketAddress address;
        private boolean isBegun;

        Connect(EventLoop loop, SocketChannel channel, SocketAddress address) {
            super(loop, "sockConnect", channel);
            this.channel = channel;
            this.address = address;
        }

        @Override
        @Nullable
        Object run(Execution execution) throws Throwable {
            Channels.checkOpenAndNonBlocking(operation, channel);
            if (address instanceof InetSocketAddress internet && internet.isUnresolved()) {
                return await(
                        loop.runInExecutor(null, () -> InetAddress.getByName(internet.getHostString())),
                        (found, failure, e) -> {
                            address = new InetSocketAddress((InetAddress) valueOr(failure, found), internet.getPort());
                            return attemptOrWait(e);
                        },
                        execution);
            }
            return attemptOrWait(execution);
        }

        @Override
        @Nullable
        Object attempt() throws IOException {
            boolean isConnected = isBegun ? channel.finishConnect() : channel.connect(address);
            isBegun = true;
            return isConnected ? null : WOULD_BLOCK;
        }

        @Override
        boolean isWriting() {
            return true;
        }
    }

    private static final class Accept extends SocketCall<SocketChannel> {

        private final ServerSocketChannel channel;

        Accept(EventLoop loop, ServerSocketChannel channel) {
            super(loop, "sockAccept", channel);
            this.channel = channel;
        }

        @Override
        Object attempt() throws IOException {
            SocketChannel accepted = channel.accept();
            if (accepted == null) {
                return WOULD_BLOCK;
            }
            accepted.configureBlocking(false);
            return accepted;
        }

        @Override
        boolean isWriting() {
            return false;
        }
    }
}
