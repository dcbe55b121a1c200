package io.github.jasyncio.net;

import static io.github.jasyncio.Asyncio.await;

import io.github.jasyncio.Async;
import io.github.jasyncio.Asyncio;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Connections that are TLS from their beginning: plain ones, on which a handshake is waited for.
 *
 * <p>Semantics: {@code BaseSelectorEventLoop._make_ssl_transport}.
 */
final class TlsConnections {

    private TlsConnections() {}

    /** Connects to a server, and waits for the handshake. */
    @Async
    static <P extends Protocol> Coroutine<Connected<Transport, P>> to(
            SocketAddress remote, Supplier<? extends P> factory, ConnectOptions options, Tls tls) throws IOException {
        Both<P> both = client(factory, tls, Peer.of(remote));
        return wrapped(both, await(Connecting.to(List.of(remote), both, options)));
    }

    /** Makes a connection that is there the client's side of a TLS one, and waits for the handshake. */
    @Async
    static <P extends Protocol> Coroutine<Connected<Transport, P>> over(
            String operation, SocketChannel channel, Supplier<? extends P> factory, Tls tls) throws IOException {
        Both<P> both = client(factory, tls, Peer.of(channel.getRemoteAddress()));
        return wrapped(both, await(Transports.over(operation, channel, both)));
    }

    private static <P extends Protocol> Both<P> client(Supplier<? extends P> factory, Tls tls, Peer peer) {
        EventLoop loop = Asyncio.getRunningLoop();
        return new Both<>(factory, app -> TlsProtocol.client(loop, app, tls, peer));
    }

    /** Makes a connection that was accepted the server's side of a TLS one, and waits for the handshake. */
    @Async
    static <P extends Protocol> Coroutine<Connected<Transport, P>> accepted(
            String operation, SocketChannel channel, Supplier<? extends P> factory, Tls tls) throws IOException {
        EventLoop loop = Asyncio.getRunningLoop();
        Both<P> both = new Both<>(factory, app -> TlsProtocol.server(loop, app, tls, loop.createFuture()));
        return wrapped(both, await(Transports.over(operation, channel, both)));
    }

    /** Makes the protocols of a server's connections; nobody waits for them. */
    static Supplier<Protocol> serving(Supplier<? extends Protocol> factory, Tls tls) {
        return () -> TlsProtocol.server(Asyncio.getRunningLoop(), factory.get(), tls, null);
    }

    @Async
    private static <P extends Protocol> Coroutine<Connected<Transport, P>> wrapped(
            Both<P> both, Connected<Transport, TlsProtocol> connected) throws IOException {
        Transport transport = await(connected.protocol().wrapped());
        return Coroutine.of(new Connected<>(transport, Objects.requireNonNull(both.app)));
    }

    /** Makes the application's protocol when the connection is there, and the one between. */
    private static final class Both<P extends Protocol> implements Supplier<TlsProtocol> {

        private final Supplier<? extends P> factory;
        private final Function<P, TlsProtocol> encrypting;
        private @Nullable P app;

        Both(Supplier<? extends P> factory, Function<P, TlsProtocol> encrypting) {
            this.factory = factory;
            this.encrypting = encrypting;
        }

        @Override
        public TlsProtocol get() {
            P made = factory.get();
            app = made;
            return encrypting.apply(made);
        }
    }
}
