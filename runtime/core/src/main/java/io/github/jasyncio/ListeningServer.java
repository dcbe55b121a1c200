package io.github.jasyncio;

import io.github.jasyncio.internal.Log;
import io.github.jasyncio.transport.Protocol;
import io.github.jasyncio.transport.Server;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A server on sockets that listen. Semantics: {@code base_events.Server}. Loop-confined. */
final class ListeningServer implements Server {

    private final EventLoop loop;
    private final Supplier<? extends Protocol> factory;
    private final Set<ChannelTransport<?>> clients = new LinkedHashSet<>();
    private final List<Future<Void>> waiters = new ArrayList<>();

    // not serving --start--> serving --close--> closed: no sockets --the last client has gone--> ended
    private List<ListeningSocket> sockets;
    private boolean isServing;
    private boolean isClosed;

    /** What {@link #serveForever} waits for. */
    private @Nullable Future<Void> forever;

    ListeningServer(EventLoop loop, Supplier<? extends Protocol> factory, List<ServerSocketChannel> channels) {
        this.loop = loop;
        this.factory = factory;
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

    @Override
    public Coroutine<Void> startServing() {
        return new ServerCalls.StartServing(this);
    }

    @Override
    public Coroutine<Void> serveForever() {
        return new ServerCalls.ServeForever(this);
    }

    /** Starts, and gives the future that lasts until the server is closed. */
    Future<Void> beginForever() {
        if (forever != null) {
            throw new IllegalStateException("serveForever is being awaited already: " + this);
        }
        if (isClosed) {
            throw new IllegalStateException("serveForever: the server is closed: " + this);
        }
        start();
        Future<Void> future = loop.createFuture();
        forever = future;
        return future;
    }

    void endForever() {
        forever = null;
    }

    @Override
    public boolean isServing() {
        return isServing;
    }

    // ------------------------------------------------------------------------------------------------ ending

    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        List<ListeningSocket> closing = sockets;
        sockets = List.of();
        for (ListeningSocket socket : closing) {
            try {
                socket.close();
            } catch (IOException e) {
                Log.log(System.Logger.Level.ERROR, "cannot close " + socket.channel(), e);
            }
        }
        isServing = false;
        Future<Void> served = forever;
        if (served != null && !served.isDone()) {
            served.cancel();
            forever = null;
        }
        wakeUpAtTheEnd();
    }

    @Override
    public Coroutine<Void> waitClosed() {
        return new ServerCalls.WaitClosed(this);
    }

    /** Done when the server is closed and its last client gone; null if that is so now. */
    @Nullable
    Future<Void> whenEnded() {
        if (hasEnded()) {
            return null;
        }
        Future<Void> waiter = loop.createFuture();
        waiters.add(waiter);
        return waiter;
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
