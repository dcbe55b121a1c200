package io.github.jasyncio.loops;

import static io.github.jasyncio.Asyncio.await;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncCallable;
import io.github.jasyncio.AsyncCloseable;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.net.Net;
import io.github.jasyncio.net.ServeOptions;
import io.github.jasyncio.net.Server;
import io.github.jasyncio.net.StreamHandler;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A server on all loops of a {@link LoopGroup}, at one address. asyncio has no counterpart. Thread-safe.
 *
 * <p>Each loop has a server of its own, with the option to share its port.
 */
public final class GroupServer implements AsyncCloseable {

    /** A server on one of the loops. */
    private record Part(int index, Server server) {}

    private final LoopGroup group;
    private final List<Part> parts = new CopyOnWriteArrayList<>();
    private volatile List<SocketAddress> addresses = List.of();
    private volatile boolean isClosed;

    GroupServer(LoopGroup group) {
        this.group = group;
    }

    @Async
    Coroutine<Void> start(StreamHandler handler, @Nullable String host, int port, ServeOptions options)
            throws IOException {
        ServeOptions shared = options.withReusePort(true);
        List<SocketAddress> chosen = await(startOn(0, () -> Net.startServer(handler, host, port, shared)));
        addresses = chosen;
        for (int i = 1; i < group.size(); i++) {
            for (SocketAddress address : chosen) {
                // With the ports that the first was given: one for each address of a name.
                await(startOn(i, () -> Net.startServer(handler, address, shared)));
            }
        }
        return Coroutine.done();
    }

    private Coroutine<List<SocketAddress>> startOn(int index, AsyncCallable<Server> start) {
        return group.submitTo(index, () -> Coroutine.of(keep(index, await(start.call()))));
    }

    /** Called on the server's loop: there a cancellation cannot come between it and us. */
    private List<SocketAddress> keep(int index, Server server) throws IOException {
        List<SocketAddress> here = new ArrayList<>();
        for (ServerSocketChannel socket : server.sockets()) {
            here.add(socket.getLocalAddress());
        }
        parts.add(new Part(index, server));
        if (isClosed) {
            server.close();
        }
        return List.copyOf(here);
    }

    /** Where it listens, also when it is closed. asyncio's counterpart: the names of {@code Server.sockets}. */
    public List<SocketAddress> addresses() {
        return addresses;
    }

    /** Stops accepting, on all loops; the connections stay. Semantics: {@code Server.close}. */
    @Override
    public void close() {
        isClosed = true;
        group.forget(this);
        for (Part part : parts) {
            stop(part.server());
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
     * Stops accepting, and waits for the connections that there are, or for the group to end them. Semantics: {@code Server.close} and {@code wait_closed}.
     *
     * @return a coroutine, to be awaited on any loop
     */
    @Override
    @Async
    public Coroutine<Void> closeAsync() {
        close();
        for (Part part : parts) {
            await(waitClosed(part));
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> waitClosed(Part part) {
        try {
            await(group.submitTo(part.index(), part.server()::waitClosed));
        } catch (IllegalStateException e) {
            if (!group.isEnding(part.index())) {
                throw e;
            }
            // The group is closed, and the connections with it.
        }
        return Coroutine.done();
    }

    /** For example {@code <GroupServer at [/127.0.0.1:8080]>}. */
    @Override
    public String toString() {
        return "<GroupServer at " + addresses + ">";
    }
}
