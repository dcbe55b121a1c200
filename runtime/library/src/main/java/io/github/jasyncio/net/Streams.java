package io.github.jasyncio.net;

import static io.github.jasyncio.Asyncio.await;

import io.github.jasyncio.Async;
import io.github.jasyncio.Asyncio;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.function.Supplier;

/** Connections and servers whose protocols are streams. Semantics: the functions of {@code asyncio.streams}. */
final class Streams {

    private Streams() {}

    @Async
    static Coroutine<StreamConnection> open(SocketAddress remote, ConnectOptions options) throws IOException {
        StreamReaderProtocol protocol =
                new StreamReaderProtocol(Asyncio.getRunningLoop(), options.limit(), null, LostStream.here());
        await(Net.createConnection(() -> protocol, remote, options));
        return Coroutine.of(protocol.streams());
    }

    @Async
    static Coroutine<Server> serve(StreamHandler handler, List<? extends SocketAddress> addresses, ServeOptions options)
            throws IOException {
        return Net.createServer(protocols(handler, options), addresses, options);
    }

    @Async
    static Coroutine<Server> serve(StreamHandler handler, ServerSocketChannel channel, ServeOptions options)
            throws IOException {
        return Net.createServer(protocols(handler, options), channel, options);
    }

    private static Supplier<Protocol> protocols(StreamHandler handler, ServeOptions options) {
        EventLoop loop = Asyncio.getRunningLoop();
        String madeAt = LostStream.here();
        return () -> new StreamReaderProtocol(loop, options.limit(), handler, madeAt);
    }
}
