package io.github.jasyncio.net;

import io.github.jasyncio.AsyncCloseable;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import java.nio.channels.ServerSocketChannel;
import java.util.List;

/**
 * Accepts connections on one or more sockets, and makes a transport and a protocol for each.
 *
 * <p>Semantics: {@code asyncio.Server}. Loop-confined.
 *
 * <pre>{@code
 * try (Server server = await(startServer(handler, "127.0.0.1", 8080))) {
 *     await(server.serveForever());
 * } // awaits server.closeAsync()
 * }</pre>
 */
public interface Server extends AsyncCloseable {

    /**
     * Stops accepting, and closes the listening sockets. The connections that there are stay; {@link #waitClosed} waits for them. Closing twice
     * does nothing.
     *
     * <p>Semantics: {@code Server.close}. It does not wait, but as the resource of a try-with-resources statement in an async method a server is closed by
     * {@link #closeAsync}, which does: who wants the connections to end calls {@link #closeClients} before the block ends.
     */
    @Override
    void close();

    /**
     * {@link #close Closes} the server, and waits as {@link #waitClosed} does.
     *
     * <p>Semantics: {@code Server.__aexit__}.
     */
    @Override
    Coroutine<Void> closeAsync();

    /**
     * Closes the transports of all connections.
     *
     * <p>Semantics: {@code Server.close_clients}.
     */
    void closeClients();

    /**
     * Aborts the transports of all connections.
     *
     * <p>Semantics: {@code Server.abort_clients}.
     */
    void abortClients();

    /**
     * Waits until the server is closed and all its connections have ended.
     *
     * <p>Semantics: {@code Server.wait_closed}, as it is since CPython 3.12.1.
     */
    Coroutine<Void> waitClosed();

    /**
     * Starts accepting, unless it has, and gives the others a turn.
     *
     * <p>Semantics: {@code Server.start_serving}. Awaiting it throws {@link IllegalStateException} if the server is closed. In Java the sockets listen from the beginning: who connects before waits to be accepted.
     */
    Coroutine<Void> startServing();

    /**
     * Accepts until it is cancelled; then closes the server, and waits as {@link #waitClosed} does.
     *
     * <p>Semantics: {@code Server.serve_forever}. Awaiting it throws {@link IllegalStateException} if the server is closed, or if somebody awaits
     * it already.
     */
    Coroutine<Void> serveForever();

    /**
     * True while it accepts.
     *
     * <p>Semantics: {@code Server.is_serving}.
     */
    boolean isServing();

    /**
     * The listening sockets; none once it is closed.
     *
     * <p>Semantics: {@code Server.sockets}.
     */
    List<ServerSocketChannel> sockets();

    /**
     * The loop on which it serves.
     *
     * <p>Semantics: {@code Server.get_loop}.
     */
    EventLoop getLoop();
}
