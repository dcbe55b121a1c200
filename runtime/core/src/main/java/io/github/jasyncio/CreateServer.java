package io.github.jasyncio;

import io.github.jasyncio.internal.Execution;
import io.github.jasyncio.transport.Protocol;
import io.github.jasyncio.transport.Server;
import java.io.IOException;
import java.net.BindException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Binds a socket to each address of each name, and makes a server. Semantics: {@code loop.create_server}. */
final class CreateServer extends HandWritten<Server> {

    private final EventLoop loop;
    private final Supplier<? extends Protocol> factory;
    private final boolean isToStart;

    private final List<? extends SocketAddress> addresses;
    private final List<ServerSocketChannel> channels = new ArrayList<>();

    private CreateServer(
            EventLoop loop,
            Supplier<? extends Protocol> factory,
            List<? extends SocketAddress> addresses,
            boolean isToStart) {
        super(EventLoop.class, "createServer");
        if (factory == null) {
            throw new NullPointerException("createServer: a protocol factory was expected, got null");
        }
        this.loop = loop;
        this.factory = factory;
        this.addresses = addresses;
        this.isToStart = isToStart;
    }

    static Coroutine<Server> at(
            EventLoop loop,
            Supplier<? extends Protocol> factory,
            List<? extends SocketAddress> addresses,
            boolean isToStart) {
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("createServer: at least one address is needed");
        }
        return new CreateServer(loop, factory, addresses, isToStart);
    }

    /** Makes a server of a socket that is bound. */
    static Coroutine<Server> over(
            EventLoop loop, Supplier<? extends Protocol> factory, ServerSocketChannel channel, boolean isToStart) {
        if (channel == null) {
            throw new NullPointerException("createServer: a channel was expected, got null");
        }
        CreateServer creation = new CreateServer(loop, factory, List.of(), isToStart);
        creation.channels.add(channel);
        return creation;
    }

    @Override
    @Nullable
    Object run(Execution execution) throws Throwable {
        return await(
                new Resolving(loop, addresses),
                (found, failure, e) -> serve(Resolving.addresses(found, failure), e),
                execution);
    }

    private @Nullable Object serve(List<SocketAddress> resolved, Execution execution) throws Throwable {
        ListeningServer server;
        try {
            for (SocketAddress address : resolved) {
                channels.add(bind(address));
            }
            for (ServerSocketChannel channel : channels) {
                channel.configureBlocking(false);
            }
            server = new ListeningServer(loop, factory, channels);
        } catch (Throwable t) {
            for (ServerSocketChannel channel : channels) {
                channel.close();
            }
            throw t;
        }
        if (!isToStart) {
            return server;
        }
        server.start();
        return await(Asyncio.sleep(Duration.ZERO), (value, failure, e) -> valueOr(failure, server), execution);
    }

    private static ServerSocketChannel bind(SocketAddress address) throws IOException {
        boolean isUnix = address instanceof UnixDomainSocketAddress;
        ServerSocketChannel channel =
                isUnix ? ServerSocketChannel.open(StandardProtocolFamily.UNIX) : ServerSocketChannel.open();
        try {
            if (address instanceof UnixDomainSocketAddress unix) {
                SocketFile.deleteStale(unix.getPath());
            }
            return channel.bind(address, ListeningSocket.BACKLOG);
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
}
