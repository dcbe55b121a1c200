package io.github.jasyncio.loops;

import static io.github.jasyncio.Asyncio.await;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncCloseable;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.net.Net;
import io.github.jasyncio.net.ServeOptions;
import io.github.jasyncio.net.Server;
import io.github.jasyncio.net.StreamHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A server on all loops of a {@link LoopGroup}, at one address. asyncio has no counterpart. Thread-safe.
 *
 * <p>Each loop has a server of its own, with the option to share its port.
 */
public final class GroupServer implements AsyncCloseable {

    private final LoopGroup group;
    private final List<Server> servers = new CopyOnWriteArrayList<>();
    private final Set<SocketAddress> addresses = new LinkedHashSet<>();

    GroupServer(LoopGroup group) {
        this.group = group;
    }

    @Async
    Coroutine<Void> start(StreamHandler handler, @Nullable String host, int port, ServeOptions options)
            throws IOException {
        ServeOptions shared = options.withReusePort(true);
        int chosen = port;
        for (int i = 0; i < group.size(); i++) {
            int at = chosen;
            Server server = await(group.<Server>submitTo(i, () -> Net.startServer(handler, host, at, shared)));
            servers.add(server);
            for (ServerSocketChannel socket : server.sockets()) {
                addresses.add(socket.getLocalAddress());
                if (socket.getLocalAddress() instanceof InetSocketAddress address) {
                    // The others take the port that the first was given.
                    chosen = address.getPort();
                }
            }
        }
        return Coroutine.done();
    }

    /** Where it listens, also when it is closed. asyncio's counterpart: the names of {@code Server.sockets}. */
    public List<SocketAddress> addresses() {
        return List.copyOf(addresses);
    }

    /** Stops accepting, on all loops; the connections stay. Semantics: {@code Server.close}. */
    @Override
    public void close() {
        group.forget(this);
        for (Server server : servers) {
            if (!server.getLoop().isClosed()) {
                stop(server);
            }
        }
    }

    private static void stop(Server server) {
        try {
            server.getLoop().callSoonThreadsafe(server::close);
        } catch (IllegalStateException e) {
            // Closed with its loop.
        }
    }

    /**
     * Stops accepting, and waits for the connections that there are. Semantics: {@code Server.close} and {@code wait_closed}.
     *
     * @return a coroutine, to be awaited on any loop
     */
    @Override
    @Async
    public Coroutine<Void> closeAsync() {
        close();
        for (int i = 0; i < servers.size(); i++) {
            Server server = servers.get(i);
            await(group.submitTo(i, server::waitClosed));
        }
        return Coroutine.done();
    }

    /** For example {@code <GroupServer at [/127.0.0.1:8080]>}. */
    @Override
    public String toString() {
        return "<GroupServer at " + addresses + ">";
    }
}
