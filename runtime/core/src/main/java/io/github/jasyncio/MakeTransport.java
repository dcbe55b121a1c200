package io.github.jasyncio;

import io.github.jasyncio.internal.Execution;
import io.github.jasyncio.transport.BaseTransport;
import io.github.jasyncio.transport.Connected;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes a protocol and the transport that hands a channel's events to it, and waits until the protocol knows. If that fails the channel is
 * closed.
 *
 * <p>Semantics: {@code base_events._create_connection_transport}.
 *
 * @param <T> the kind of transport
 * @param <P> the protocol's type
 */
final class MakeTransport<T extends BaseTransport, P> extends HandWritten<Connected<T, P>> {

    /** How to make the transport. */
    @FunctionalInterface
    interface Maker<P> {
        ChannelTransport<?> make(P protocol) throws IOException;
    }

    private final EventLoop loop;
    private final String operation;
    private final SelectableChannel channel;
    private final Supplier<? extends P> factory;
    private final Maker<? super P> maker;

    /** Makes one; {@code maker} makes a {@code T}. */
    MakeTransport(
            EventLoop loop,
            String operation,
            SelectableChannel channel,
            Supplier<? extends P> factory,
            Maker<? super P> maker) {
        super(EventLoop.class, operation);
        this.loop = loop;
        this.operation = operation;
        this.channel = channel;
        this.factory = factory;
        this.maker = maker;
    }

    @Override
    @Nullable
    Object run(Execution execution) throws Throwable {
        loop.channels().checkFree(operation, channel);
        P protocol;
        ChannelTransport<?> transport;
        try {
            channel.configureBlocking(false);
            protocol = factory.get();
            if (protocol == null) {
                throw new NullPointerException("the protocol factory gave null: " + factory);
            }
            transport = maker.make(protocol);
        } catch (Throwable t) {
            channel.close();
            throw t;
        }
        Future<@Nullable Void> waiter = loop.createFuture();
        transport.begin(waiter);
        return await(waiter, (value, failure, e) -> made(transport, protocol, failure), execution);
    }

    @SuppressWarnings("unchecked") // the maker makes a T
    private Connected<T, P> made(ChannelTransport<?> transport, P protocol, @Nullable Throwable failure)
            throws Throwable {
        if (failure != null) {
            transport.close();
            throw failure;
        }
        return new Connected<>((T) transport, protocol);
    }
}
