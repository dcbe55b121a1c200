package io.github.jasyncio.net;

import static io.github.jasyncio.Asyncio.await;

import io.github.jasyncio.Async;
import io.github.jasyncio.Asyncio;
import io.github.jasyncio.Coroutine;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Opens a datagram socket, and makes a transport. Semantics: {@code loop.create_datagram_endpoint}. */
final class DatagramEndpoints {

    private static final String NAME = "createDatagramEndpoint";

    private DatagramEndpoints() {}

    @Async
    static <P extends DatagramProtocol> Coroutine<Connected<DatagramTransport, P>> open(
            Supplier<? extends P> factory, @Nullable SocketAddress local, @Nullable SocketAddress remote)
            throws IOException {
        List<SocketAddress> locals = local == null ? List.of() : await(Names.resolve(List.of(local), null));
        List<SocketAddress> remotes = remote == null ? List.of() : await(Names.resolve(List.of(remote), null));
        DatagramChannel channel = open(Asyncio.getRunningLoop().getNetwork().provider(), locals, remotes);
        return Transports.over(NAME, channel, factory);
    }

    /** Tries one family after the other, in the order of the addresses; the first failure is thrown if all fail. */
    private static DatagramChannel open(
            SelectorProvider provider, List<SocketAddress> locals, List<SocketAddress> remotes) throws IOException {
        IOException first = null;
        for (SocketAddress address : locals.isEmpty() ? remotes : locals) {
            ProtocolFamily family = Names.family(address);
            SocketAddress peer = remotes.stream()
                    .filter(other -> Names.family(other).equals(family))
                    .findFirst()
                    .orElse(null);
            if (remotes.isEmpty() || peer != null) {
                try {
                    return open(provider, family, locals.isEmpty() ? null : address, peer);
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
            SelectorProvider provider,
            ProtocolFamily family,
            @Nullable SocketAddress local,
            @Nullable SocketAddress peer)
            throws IOException {
        DatagramChannel channel = provider.openDatagramChannel(family);
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
}
