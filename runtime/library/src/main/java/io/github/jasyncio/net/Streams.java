package io.github.jasyncio.net;

import static io.github.jasyncio.Asyncio.await;

import io.github.jasyncio.Async;
import io.github.jasyncio.Asyncio;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import java.io.IOException;
import java.net.SocketAddress;
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
        EventLoop loop = Asyncio.getRunningLoop();
        String madeAt = LostStream.here();
        Supplier<Protocol> factory = () -> new StreamReaderProtocol(loop, options.limit(), handler, madeAt);
        return Net.createServer(factory, addresses, options);
    }
}
