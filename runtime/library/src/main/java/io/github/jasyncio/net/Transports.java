package io.github.jasyncio.net;

import static io.github.jasyncio.Asyncio.await;

import io.github.jasyncio.Async;
import io.github.jasyncio.Asyncio;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import io.github.jasyncio.internal.channels.ChannelOwner;
import io.github.jasyncio.internal.channels.OwnedChannels;
import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes a protocol and the transport that hands a channel's events to it, and waits until the protocol knows. If that fails the channel is
 * closed.
 *
 * <p>Semantics: {@code base_events._create_connection_transport}.
 */
final class Transports {

    /** How to make the transport. */
    @FunctionalInterface
    interface Maker<P> {
        ChannelTransport<?> make(EventLoop loop, P protocol) throws IOException;
    }

    /** Has a channel that is given, until the transport has it. */
    static final class Beginning implements ChannelOwner {

        private final String operation;

        Beginning(String operation) {
            this.operation = operation;
        }

        Beginning of(SelectableChannel channel) {
            OwnedChannels channels = OwnedChannels.of(Asyncio.getRunningLoop());
            channels.checkFree(operation, channel);
            channels.own(channel, this);
            return this;
        }

        /** For example {@code <createConnection in progress>}. */
        @Override
        public String toString() {
            return "<" + operation + " in progress>";
        }
    }

    private Transports() {}

    /** Over a socket that is connected. */
    @Async
    static <P extends Protocol> Coroutine<Connected<Transport, P>> over(
            String operation, SocketChannel channel, Supplier<? extends P> factory) throws IOException {
        return over(channel, new Beginning(operation).of(channel), factory, null);
    }

    /** Over a socket that is connected and belongs to {@code owner}. */
    static <P extends Protocol> Coroutine<Connected<Transport, P>> over(
            SocketChannel channel, ChannelOwner owner, Supplier<? extends P> factory, @Nullable ListeningServer server)
            throws IOException {
        return make(
                Transport.class,
                channel,
                owner,
                factory,
                (loop, protocol) -> new SocketTransport(loop, channel, protocol, server));
    }

    /** Over the end of a pipe that can be read. */
    @Async
    static <P extends Protocol> Coroutine<Connected<Transport, P>> over(
            String operation, Pipe.SourceChannel source, Supplier<? extends P> factory) throws IOException {
        return make(
                Transport.class,
                source,
                new Beginning(operation).of(source),
                factory,
                (loop, protocol) -> new SourceTransport(loop, source, protocol));
    }

    /** Over the end of a pipe that can be written to. */
    @Async
    static <P extends Protocol> Coroutine<Connected<Transport, P>> over(
            String operation, Pipe.SinkChannel sink, Supplier<? extends P> factory) throws IOException {
        return make(
                Transport.class,
                sink,
                new Beginning(operation).of(sink),
                factory,
                (loop, protocol) -> new SinkTransport(loop, sink, protocol));
    }

    /** Over a socket for datagrams. */
    @Async
    static <P extends DatagramProtocol> Coroutine<Connected<DatagramTransport, P>> over(
            String operation, DatagramChannel channel, Supplier<? extends P> factory) throws IOException {
        return make(
                DatagramTransport.class,
                channel,
                new Beginning(operation).of(channel),
                factory,
                (loop, protocol) -> new DatagramSocketTransport(loop, channel, protocol));
    }

    @Async
    private static <T extends BaseTransport, P> Coroutine<Connected<T, P>> make(
            Class<T> type,
            SelectableChannel channel,
            ChannelOwner owner,
            Supplier<? extends P> factory,
            Maker<? super P> maker)
            throws IOException {
        EventLoop loop = Asyncio.getRunningLoop();
        P protocol;
        ChannelTransport<?> transport;
        Future<@Nullable Void> waiter = loop.createFuture();
        try {
            channel.configureBlocking(false);
            protocol = factory.get();
            if (protocol == null) {
                throw new NullPointerException("the protocol factory gave null: " + factory);
            }
            transport = maker.make(loop, protocol);
            transport.begin(owner, waiter);
        } catch (Throwable t) {
            OwnedChannels.of(loop).close(channel, owner);
            throw t;
        }
        try {
            await(waiter);
        } catch (Throwable t) {
            transport.close();
            throw t;
        }
        return Coroutine.of(new Connected<>(type.cast(transport), protocol));
    }
}
