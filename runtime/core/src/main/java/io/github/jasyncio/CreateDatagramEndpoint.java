package io.github.jasyncio;

import io.github.jasyncio.internal.Execution;
import io.github.jasyncio.transport.Connected;
import io.github.jasyncio.transport.DatagramProtocol;
import io.github.jasyncio.transport.DatagramTransport;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Opens a datagram socket, and makes a transport. Semantics: {@code loop.create_datagram_endpoint}. */
final class CreateDatagramEndpoint<P extends DatagramProtocol> extends HandWritten<Connected<DatagramTransport, P>> {

    private static final String NAME = "createDatagramEndpoint";

    private final EventLoop loop;
    private final Supplier<? extends P> factory;
    private final @Nullable SocketAddress local;
    private final @Nullable SocketAddress remote;

    CreateDatagramEndpoint(
            EventLoop loop,
            Supplier<? extends P> factory,
            @Nullable SocketAddress local,
            @Nullable SocketAddress remote) {
        super(EventLoop.class, NAME);
        if (factory == null) {
            throw new NullPointerException(NAME + ": a protocol factory was expected, got null");
        }
        if (local == null && remote == null) {
            throw new IllegalArgumentException(
                    NAME + ": a local or a remote address is needed; or open a DatagramChannel and give that");
        }
        this.loop = loop;
        this.factory = factory;
        this.local = local;
        this.remote = remote;
    }

    /** Makes a transport on a socket that is there. */
    static <P extends DatagramProtocol> Coroutine<Connected<DatagramTransport, P>> over(
            EventLoop loop, Supplier<? extends P> factory, DatagramChannel channel) {
        if (factory == null || channel == null) {
            throw new NullPointerException(NAME + ": a protocol factory and a channel were expected, got null");
        }
        return new MakeTransport<>(
                loop, NAME, channel, factory, protocol -> new DatagramSocketTransport(loop, channel, protocol));
    }

    @Override
    @Nullable
    Object run(Execution execution) throws Throwable {
        return await(
                all(local), (locals, failure, e) -> localResolved(Resolving.addresses(locals, failure), e), execution);
    }

    private Resolving all(@Nullable SocketAddress address) {
        return new Resolving(loop, address == null ? List.of() : List.of(address));
    }

    private @Nullable Object localResolved(List<SocketAddress> locals, Execution execution) throws Throwable {
        return await(
                all(remote),
                (remotes, failure, e) -> resolved(locals, Resolving.addresses(remotes, failure), e),
                execution);
    }

    private @Nullable Object resolved(List<SocketAddress> locals, List<SocketAddress> remotes, Execution execution)
            throws Throwable {
        return await(
                over(loop, factory, open(locals, remotes)), (made, failure, e) -> valueOr(failure, made), execution);
    }

    /** Tries one family after the other, in the order of the addresses; the first failure is thrown if all fail. */
    private DatagramChannel open(List<SocketAddress> locals, List<SocketAddress> remotes) throws IOException {
        IOException first = null;
        for (SocketAddress address : locals.isEmpty() ? remotes : locals) {
            ProtocolFamily family = family(address);
            SocketAddress peer = remotes.stream()
                    .filter(other -> family(other).equals(family))
                    .findFirst()
                    .orElse(null);
            if (remotes.isEmpty() || peer != null) {
                try {
                    return open(family, locals.isEmpty() ? null : address, peer);
                } catch (IOException e) {
                    first = first == null ? e : first;
                }
            }
        }
        throw first != null
                ? first
                : new IOException(NAME + ": no addresses of the same family: " + locals + " and " + remotes);
    }

    private static DatagramChannel open(
            ProtocolFamily family, @Nullable SocketAddress local, @Nullable SocketAddress peer) throws IOException {
        DatagramChannel channel = DatagramChannel.open(family);
        try {
            if (local != null) {
                channel.bind(local);
            }
            if (peer != null) {
                channel.connect(peer);
            }
            return channel;
        } catch (Throwable t) {
            channel.close();
            throw t;
        }
    }

    private static ProtocolFamily family(SocketAddress address) {
        return address instanceof InetSocketAddress internet && internet.getAddress() instanceof Inet6Address
                ? StandardProtocolFamily.INET6
                : StandardProtocolFamily.INET;
    }
}
