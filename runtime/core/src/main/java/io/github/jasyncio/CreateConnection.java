package io.github.jasyncio;

import io.github.jasyncio.internal.Execution;
import io.github.jasyncio.transport.Connected;
import io.github.jasyncio.transport.Protocol;
import io.github.jasyncio.transport.Transport;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Connects to the first address of a name that answers, and makes a transport. Semantics: {@code loop.create_connection}. */
final class CreateConnection<P extends Protocol> extends HandWritten<Connected<Transport, P>> {

    private final EventLoop loop;
    private final Supplier<? extends P> factory;
    private final List<SocketAddress> remotes;
    private final @Nullable SocketAddress local;

    private final Queue<SocketAddress> untried = new ArrayDeque<>();
    private final List<IOException> failures = new ArrayList<>();

    CreateConnection(
            EventLoop loop, Supplier<? extends P> factory, List<SocketAddress> remotes, @Nullable SocketAddress local) {
        super(EventLoop.class, "createConnection");
        if (factory == null) {
            throw new NullPointerException("createConnection: a protocol factory was expected, got null");
        }
        this.loop = loop;
        this.factory = factory;
        this.remotes = remotes;
        this.local = local;
    }

    /** Makes a transport on a socket that is connected. */
    static <P extends Protocol> Coroutine<Connected<Transport, P>> over(
            EventLoop loop, String operation, Supplier<? extends P> factory, SocketChannel channel) {
        if (factory == null || channel == null) {
            throw new NullPointerException(operation + ": a protocol factory and a channel were expected, got null");
        }
        return new MakeTransport<>(
                loop, operation, channel, factory, protocol -> new SocketTransport(loop, channel, protocol, null));
    }

    @Override
    @Nullable
    Object run(Execution execution) throws Throwable {
        return await(new Resolving(loop, remotes), this::resolved, execution);
    }

    private @Nullable Object resolved(@Nullable Object found, @Nullable Throwable failure, Execution execution)
            throws Throwable {
        untried.addAll(Resolving.addresses(found, failure));
        return tryNext(execution);
    }

    private @Nullable Object tryNext(Execution execution) throws Throwable {
        SocketAddress address = untried.poll();
        if (address == null) {
            throw failure();
        }
        SocketChannel channel = address instanceof UnixDomainSocketAddress
                ? SocketChannel.open(StandardProtocolFamily.UNIX)
                : SocketChannel.open();
        return await(
                () -> connecting(channel, address),
                (value, failure, e) -> tried(channel, address, failure, e),
                execution);
    }

    private Coroutine<Void> connecting(SocketChannel channel, SocketAddress address) throws IOException {
        channel.configureBlocking(false);
        if (local != null) {
            channel.bind(local);
        }
        return loop.sockConnect(channel, address);
    }

    private @Nullable Object tried(
            SocketChannel channel, SocketAddress address, @Nullable Throwable failure, Execution execution)
            throws Throwable {
        if (failure == null) {
            return await(
                    over(loop, "createConnection", factory, channel),
                    (made, error, e) -> valueOr(error, made),
                    execution);
        }
        loop.channels().close(channel, this);
        if (!(failure instanceof IOException)) {
            throw failure;
        }
        ConnectException withAddress =
                new ConnectException("cannot connect to " + address + ": " + failure.getMessage());
        withAddress.initCause(failure);
        failures.add(withAddress);
        return tryNext(execution);
    }

    /** The failure of the only address, or one that carries those of all. */
    private IOException failure() {
        if (failures.size() == 1) {
            return failures.get(0);
        }
        IOException all = new ConnectException("no address answers: "
                + String.join("; ", failures.stream().map(Throwable::getMessage).toList()));
        failures.forEach(all::addSuppressed);
        return all;
    }
}
