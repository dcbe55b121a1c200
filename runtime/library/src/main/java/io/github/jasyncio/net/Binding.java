package io.github.jasyncio.net;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.Asyncio;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.internal.channels.OwnedChannels;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Binds a socket to each address of each name, and makes a server. Semantics: {@code loop.create_server}. */
final class Binding {

    private Binding() {}

    @Async
    static Coroutine<Server> at(
            List<? extends SocketAddress> addresses, Supplier<? extends Protocol> factory, ServeOptions options)
            throws IOException {
        EventLoop loop = Asyncio.getRunningLoop();
        List<SocketAddress> resolved = await(Names.resolve(addresses, null));
        List<ServerSocketChannel> channels = new ArrayList<>();
        try {
            for (SocketAddress address : resolved) {
                if (fits(address, options)) {
                    channels.add(bind(loop, address, options));
                }
            }
            if (channels.isEmpty()) {
                throw new BindException("no address is of family " + options.family() + ": " + resolved);
            }
        } catch (Throwable t) {
            closeAll(channels);
            throw t;
        }
        return serve(channels, factory, options);
    }

    /** Makes a server of sockets that are bound; they are closed if this fails. */
    @Async
    private static Coroutine<Server> serve(
            List<ServerSocketChannel> channels, Supplier<? extends Protocol> factory, ServeOptions options)
            throws IOException {
        EventLoop loop = Asyncio.getRunningLoop();
        ListeningServer server = new ListeningServer(loop, factory, channels, options);
        try {
            for (ServerSocketChannel channel : channels) {
                channel.configureBlocking(false);
            }
            server.own();
            if (options.startServing()) {
                server.start();
                await(sleep(Duration.ZERO));
            }
        } catch (Throwable t) {
            // Nobody else knows the server.
            server.close();
            throw t;
        }
        return Coroutine.of(server);
    }

    /** Makes a server of a socket that is bound. */
    @Async
    static Coroutine<Server> over(
            ServerSocketChannel channel, Supplier<? extends Protocol> factory, ServeOptions options)
            throws IOException {
        OwnedChannels.of(Asyncio.getRunningLoop()).checkFree("createServer", channel);
        return serve(List.of(channel), factory, options);
    }

    /** The address of the whole machine is of all families. */
    private static boolean fits(SocketAddress address, ServeOptions options) {
        return options.family() == null || options.family().equals(Names.family(address)) || isWhole(address);
    }

    private static boolean isWhole(SocketAddress address) {
        return address instanceof InetSocketAddress internet
                && internet.getAddress().isAnyLocalAddress();
    }

    private static ServerSocketChannel bind(EventLoop loop, SocketAddress address, ServeOptions options)
            throws IOException {
        ServerSocketChannel channel = open(loop.getNetwork().provider(), address, options);
        try {
            if (address instanceof UnixDomainSocketAddress unix) {
                SocketFile.deleteStale(unix.getPath());
            }
            if (options.reusePort()) {
                channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            return channel.bind(address, options.backlog());
        } catch (IOException e) {
            channel.close();
            BindException failure = new BindException("cannot bind to " + address + ": " + e.getMessage());
            failure.initCause(e);
            throw failure;
        } catch (Throwable t) {
            channel.close();
            throw t;
        }
    }

    private static ServerSocketChannel open(SelectorProvider provider, SocketAddress address, ServeOptions options)
            throws IOException {
        if (address instanceof UnixDomainSocketAddress) {
            return provider.openServerSocketChannel(StandardProtocolFamily.UNIX);
        }
        return options.family() == null
                ? provider.openServerSocketChannel()
                : provider.openServerSocketChannel(options.family());
    }

    private static void closeAll(List<ServerSocketChannel> channels) throws IOException {
        for (ServerSocketChannel channel : channels) {
            channel.close();
        }
    }
}
