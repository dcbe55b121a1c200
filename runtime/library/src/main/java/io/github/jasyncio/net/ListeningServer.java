package io.github.jasyncio.net;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import io.github.jasyncio.internal.Log;
import io.github.jasyncio.internal.channels.ChannelOwner;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A server on sockets that listen. Semantics: {@code base_events.Server}. Loop-confined. */
final class ListeningServer implements Server, ChannelOwner {

    private final EventLoop loop;
    private final Supplier<? extends Protocol> factory;
    private final ServeOptions options;
    private final Set<ChannelTransport<?>> clients = new LinkedHashSet<>();
    private final List<Future<Void>> waiters = new ArrayList<>();

    // not serving --start--> serving --close--> closed: no sockets --the last client has gone--> ended
    private List<ListeningSocket> sockets;
    private boolean isServing;
    private boolean isClosed;

    /** What {@link #serveForever} waits for. */
    private @Nullable Future<Void> forever;

    /** A server that does not serve, and whose sockets are not its own yet. */
    ListeningServer(
            EventLoop loop,
            Supplier<? extends Protocol> factory,
            List<ServerSocketChannel> channels,
            ServeOptions options) {
        this.loop = loop;
        this.factory = factory;
        this.options = options;
        this.sockets = channels.stream()
                .map(channel -> new ListeningSocket(loop, this, channel))
                .toList();
    }

    /** For tests. */
    ListeningSocket socket(int index) {
        return sockets.get(index);
    }

    /** A protocol for a connection that has come. */
    Supplier<? extends Protocol> factory() {
        return factory;
    }

    /** Takes its sockets over. */
    void own() {
        sockets.forEach(ListeningSocket::own);
    }

    ServeOptions options() {
        return options;
    }

    // ------------------------------------------------------------------------------------------------ clients

    /**
     * A client has come.
     *
     * @throws IllegalStateException if the server has been closed meanwhile
     */
    void attach(ChannelTransport<?> transport) {
        if (isClosed) {
            throw new IllegalStateException("the server is closed: " + this);
        }
        clients.add(transport);
    }

    void detach(ChannelTransport<?> transport) {
        clients.remove(transport);
        wakeUpAtTheEnd();
    }

    private void wakeUpAtTheEnd() {
        if (hasEnded()) {
            waiters.forEach(waiter -> {
                if (!waiter.isDone()) {
                    waiter.setResult(null);
                }
            });
            waiters.clear();
        }
    }

    private boolean hasEnded() {
        return isClosed && clients.isEmpty();
    }

    @Override
    public void closeClients() {
        List.copyOf(clients).forEach(ChannelTransport::close);
    }

    @Override
    public void abortClients() {
        List.copyOf(clients).forEach(ChannelTransport::abort);
    }

    // ------------------------------------------------------------------------------------------------ serving

    void start() {
        if (isClosed) {
            throw new IllegalStateException("the server is closed: " + this);
        }
        if (!isServing) {
            isServing = true;
            sockets.forEach(ListeningSocket::start);
        }
    }

    @Async
    @Override
    public Coroutine<Void> startServing() {
        start();
        await(sleep(Duration.ZERO));
        return Coroutine.done();
    }

    @Async
    @Override
    public Coroutine<Void> serveForever() {
        if (forever != null) {
            throw new IllegalStateException("serveForever is being awaited already: " + this);
        }
        if (isClosed) {
            throw new IllegalStateException("serveForever: the server is closed: " + this);
        }
        start();
        Future<Void> future = loop.createFuture();
        forever = future;
        try {
            await(future);
        } catch (CancelledError e) {
            stop();
            await(waitClosed());
            throw e;
        } finally {
            forever = null;
        }
        return Coroutine.done();
    }

    @Override
    public boolean isServing() {
        return isServing;
    }

    // ------------------------------------------------------------------------------------------------ ending

    @Override
    public void close() {
        stop();
    }

    @Async
    @Override
    public Coroutine<Void> closeAsync() {
        stop();
        return waitClosed();
    }

    private void stop() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        List<ListeningSocket> closing = sockets;
        sockets = List.of();
        closing.forEach(ListeningServer::close);
        isServing = false;
        Future<Void> served = forever;
        if (served != null && !served.isDone()) {
            served.cancel();
            forever = null;
        }
        wakeUpAtTheEnd();
    }

    private static void close(ListeningSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            Log.log(System.Logger.Level.ERROR, "cannot close " + socket.channel(), e);
        }
    }

    /** Somebody has closed one of its sockets. Without any it is closed, too. */
    void lost(ListeningSocket socket) {
        if (sockets.size() == 1) {
            close();
            return;
        }
        sockets = sockets.stream().filter(other -> other != socket).toList();
        close(socket);
    }

    @Async
    @Override
    public Coroutine<Void> waitClosed() {
        if (!hasEnded()) {
            Future<Void> waiter = loop.createFuture();
            waiters.add(waiter);
            await(waiter);
        }
        return Coroutine.done();
    }

    boolean isClosed() {
        return isClosed;
    }

    // ------------------------------------------------------------------------------------------------ state

    @Override
    public List<ServerSocketChannel> sockets() {
        return sockets.stream().map(ListeningSocket::channel).toList();
    }

    @Override
    public EventLoop getLoop() {
        return loop;
    }

    /** For example {@code <Server sockets=[/127.0.0.1:8080]>}. */
    @Override
    public String toString() {
        return "<Server sockets=" + sockets + ">";
    }
}
