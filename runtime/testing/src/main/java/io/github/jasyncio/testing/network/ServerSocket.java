package io.github.jasyncio.testing.network;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.AlreadyBoundException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetBoundException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A listening socket, in non-blocking mode. */
final class ServerSocket extends ServerSocketChannel implements Simulated {

    private static final int USUAL_BACKLOG = 50;

    private final Station station;
    private final Options options = new Options();
    private final Bell bell = new Bell();
    private final Deque<StreamSocket> waiting = new ArrayDeque<>();
    private int backlog = USUAL_BACKLOG;
    private @Nullable InetSocketAddress local;

    ServerSocket(SelectorProvider provider, Station station) {
        super(provider);
        this.station = station;
    }

    @Override
    public ServerSocketChannel bind(@Nullable SocketAddress address, int backlog) throws IOException {
        checkOpen();
        if (local != null) {
            throw new AlreadyBoundException();
        }
        InetSocketAddress free = station.free(address, station.listening);
        local = free;
        this.backlog = backlog > 0 ? backlog : USUAL_BACKLOG;
        station.listening.put(free.getPort(), this);
        return this;
    }

    InetSocketAddress address() {
        if (local == null) {
            throw new NotYetBoundException();
        }
        return local;
    }

    boolean hasRoom() {
        return waiting.size() < backlog;
    }

    void offer(StreamSocket accepted) {
        waiting.add(accepted);
        bell.ring();
    }

    @Override
    public @Nullable SocketChannel accept() throws IOException {
        checkOpen();
        address();
        if (isBlocking()) {
            throw new UnsupportedOperationException("simulated sockets do not block: configureBlocking(false)");
        }
        return waiting.poll();
    }

    @Override
    public Bell bell() {
        return bell;
    }

    @Override
    public int readyOps() {
        return waiting.isEmpty() ? 0 : SelectionKey.OP_ACCEPT;
    }

    private void checkOpen() throws ClosedChannelException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
    }

    @Override
    protected void implCloseSelectableChannel() throws IOException {
        if (local != null) {
            station.listening.remove(local.getPort(), this);
        }
        for (StreamSocket accepted : waiting) {
            accepted.close();
        }
        waiting.clear();
    }

    @Override
    protected void implConfigureBlocking(boolean block) {}

    @Override
    public <T> ServerSocketChannel setOption(SocketOption<T> name, T value) throws IOException {
        checkOpen();
        options.set(name, value);
        return this;
    }

    @Override
    public <T> T getOption(SocketOption<T> name) throws IOException {
        checkOpen();
        return options.get(name);
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return Options.supported();
    }

    @Override
    public java.net.ServerSocket socket() {
        throw new UnsupportedOperationException("a simulated channel has no java.net.ServerSocket");
    }

    @Override
    public @Nullable SocketAddress getLocalAddress() throws IOException {
        checkOpen();
        return local;
    }

    @Override
    public String toString() {
        return "<simulated server socket on " + station.name() + " local=" + local + (isOpen() ? "" : " closed") + ">";
    }
}
