package io.github.jasyncio.testing.network;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ConnectionPendingException;
import java.nio.channels.NoConnectionPendingException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.nio.channels.spi.SelectorProvider;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A connected socket, or one that is to be connected, in non-blocking mode. */
final class StreamSocket extends SocketChannel implements Simulated {

    private static final long SECOND = 1_000_000_000;

    /** After so many tries nobody answers any more: a little over two minutes, as Linux does it. */
    private static final int TRIES = 7;

    private enum State {
        UNCONNECTED,
        CONNECTING,
        ANSWERED,
        CONNECTED
    }

    private final Station station;
    private final Options options = new Options();
    private final Bell bell = new Bell();

    // UNCONNECTED --connect--> CONNECTING --an answer, or none--> ANSWERED --finishConnect--> CONNECTED
    private State state = State.UNCONNECTED;

    private @Nullable InetSocketAddress local;
    private @Nullable InetSocketAddress remote;

    /** Both are there as soon as the other side is known. */
    private @Nullable Flow in;

    private @Nullable Flow out;

    /** What every further operation fails with; null as long as all is well. */
    private @Nullable IOException failure;

    private boolean isInputShut;
    private boolean isOutputShut;

    StreamSocket(SelectorProvider provider, Station station) {
        super(provider);
        this.station = station;
    }

    /** The other end of {@code client}, as a server gets it. */
    private StreamSocket(StreamSocket client, Station station, InetSocketAddress local) {
        this(client.provider(), station);
        this.local = local;
        this.remote = client.local;
        this.state = State.CONNECTED;
        World world = station.world();
        Flow there = new Flow(world, client, this);
        Flow back = new Flow(world, this, client);
        this.in = there;
        this.out = back;
        client.in = back;
        client.out = there;
        station.connections.add(this);
    }

    Station station() {
        return station;
    }

    // ------------------------------------------------------------------------------------------------ connecting

    @Override
    public SocketChannel bind(@Nullable SocketAddress address) throws IOException {
        checkOpen();
        local = station.free(address, Map.of());
        return this;
    }

    @Override
    public boolean connect(SocketAddress address) throws IOException {
        checkOpen();
        if (isBlocking()) {
            throw new UnsupportedOperationException("simulated sockets do not block: configureBlocking(false)");
        }
        switch (state) {
            case CONNECTED -> throw new AlreadyConnectedException();
            case CONNECTING, ANSWERED -> throw new ConnectionPendingException();
            default -> {}
        }
        if (!(address instanceof InetSocketAddress internet)) {
            throw new UnsupportedAddressTypeException();
        }
        InetAddress host = internet.getAddress();
        if (host == null) {
            throw new UnresolvedAddressException();
        }
        if (local == null) {
            local = new InetSocketAddress(
                    host.isLoopbackAddress() ? host : station.address(), station.ephemeral(Map.of()));
        }
        remote = internet;
        state = State.CONNECTING;
        Station there = station.world().find(host);
        if (there == null) {
            answer(station.world().usual().longest().toNanos(), new ConnectException("No route to host: " + address));
        } else {
            knock(there, internet.getPort(), 1);
        }
        return false;
    }

    private void knock(Station there, int port, int tries) {
        World world = station.world();
        long arrives = world.arrival(station, there, 0);
        world.wire.at(arrives, () -> {
            if (state != State.CONNECTING || !isOpen()) {
                return;
            }
            ServerSocket server = there.listening.get(port);
            boolean getsThrough = world.isOpen(station, there) && !world.isLost(station, there);
            if (getsThrough && server == null) {
                answer(world.arrival(there, station, 0) - world.wire.now(), new ConnectException("Connection refused"));
            } else if (getsThrough && server != null && server.hasRoom()) {
                InetSocketAddress to = remote == null ? server.address() : remote;
                server.offer(new StreamSocket(this, there, to));
                answer(world.arrival(there, station, 0) - world.wire.now(), null);
            } else if (tries == TRIES) {
                answer(SECOND << (tries - 1), new ConnectException("Connection timed out"));
            } else {
                world.wire.at(world.wire.now() + (SECOND << (tries - 1)), () -> knock(there, port, tries + 1));
            }
        });
    }

    private void answer(long afterNanos, @Nullable IOException refusal) {
        World world = station.world();
        world.wire.at(world.wire.now() + afterNanos, () -> {
            if (state == State.CONNECTING) {
                state = State.ANSWERED;
                failure = refusal;
                bell.ring();
            }
        });
    }

    @Override
    public boolean finishConnect() throws IOException {
        checkOpen();
        switch (state) {
            case UNCONNECTED -> throw new NoConnectionPendingException();
            case CONNECTING -> {
                return false;
            }
            case ANSWERED -> {
                IOException refusal = failure;
                if (refusal != null) {
                    close();
                    throw refusal;
                }
                state = State.CONNECTED;
                station.connections.add(this);
                bell.ring();
            }
            default -> {}
        }
        return true;
    }

    @Override
    public boolean isConnected() {
        return state == State.CONNECTED;
    }

    @Override
    public boolean isConnectionPending() {
        return state == State.CONNECTING || state == State.ANSWERED;
    }

    // ------------------------------------------------------------------------------------------------ being connected

    private void checkConnected() throws IOException {
        checkOpen();
        if (state != State.CONNECTED) {
            throw new NotYetConnectedException();
        }
    }

    private void checkOpen() throws ClosedChannelException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        checkConnected();
        if (isInputShut) {
            return -1;
        }
        Flow in = this.in;
        int count = in == null ? 0 : in.receive(into);
        if (count <= 0 && failure != null) {
            throw failure instanceof SocketException
                    ? new SocketException(failure.getMessage())
                    : new IOException(failure.getMessage(), failure);
        }
        return count;
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) throws IOException {
        long sum = 0;
        for (int i = offset; i < offset + length; i++) {
            int count = read(into[i]);
            if (count < 0) {
                return sum == 0 ? -1 : sum;
            }
            sum += count;
            if (into[i].hasRemaining()) {
                break;
            }
        }
        return sum;
    }

    @Override
    public int write(ByteBuffer data) throws IOException {
        checkConnected();
        if (isOutputShut) {
            throw new ClosedChannelException();
        }
        if (failure != null) {
            throw new IOException("Broken pipe", failure); // of this class, with the JDK's own channels
        }
        Flow out = this.out;
        return out == null ? 0 : out.send(data);
    }

    @Override
    public long write(ByteBuffer[] data, int offset, int length) throws IOException {
        long sum = 0;
        for (int i = offset; i < offset + length; i++) {
            sum += write(data[i]);
            if (data[i].hasRemaining()) {
                break;
            }
        }
        return sum;
    }

    @Override
    public SocketChannel shutdownInput() throws IOException {
        checkConnected();
        isInputShut = true;
        bell.ring();
        return this;
    }

    @Override
    public SocketChannel shutdownOutput() throws IOException {
        checkConnected();
        if (!isOutputShut) {
            isOutputShut = true;
            if (out != null && failure == null) {
                out.sendEnd();
            }
        }
        return this;
    }

    /** True if this can take what arrives by {@code flow}. */
    boolean knowsOf(Flow flow) {
        return isOpen() && in == flow && failure == null;
    }

    /** The connection is no more, as this side has been told, or has found out. */
    void fails(IOException reason) {
        if (failure == null && isOpen()) {
            failure = reason;
            if (out != null) {
                out.stop();
            }
            bell.ring();
        }
    }

    /** The other side knows nothing of it; says so as the JDK's own channels do. */
    void failsByReset() {
        fails(new SocketException("Connection reset"));
    }

    /** The host has been down. */
    void forget() {
        failsByReset();
    }

    @Override
    public Bell bell() {
        return bell;
    }

    @Override
    public int readyOps() {
        return switch (state) {
            case ANSWERED -> SelectionKey.OP_CONNECT;
            case CONNECTED -> (isReadable() ? SelectionKey.OP_READ : 0) | (isWritable() ? SelectionKey.OP_WRITE : 0);
            default -> 0;
        };
    }

    private boolean isReadable() {
        return failure != null || isInputShut || (in != null && in.hasSomething());
    }

    private boolean isWritable() {
        return failure != null || (out != null && out.room() > 0);
    }

    // ------------------------------------------------------------------------------------------------ about it

    @Override
    protected void implCloseSelectableChannel() {
        station.connections.remove(this);
        if (state != State.CONNECTED && state != State.ANSWERED) {
            return;
        }
        Flow out = this.out;
        if (out == null || failure != null) {
            return;
        }
        if (in != null && in.hasUnread()) {
            reset(); // as TCP does it if somebody has sent what nobody will read
        } else if (!isOutputShut) {
            out.sendEnd();
        }
    }

    private void reset() {
        Flow in = this.in;
        if (in != null) {
            in.refuse();
        }
    }

    @Override
    protected void implConfigureBlocking(boolean block) {}

    @Override
    public <T> SocketChannel setOption(SocketOption<T> name, T value) throws IOException {
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
    public Socket socket() {
        throw new UnsupportedOperationException("a simulated channel has no java.net.Socket");
    }

    @Override
    public @Nullable SocketAddress getRemoteAddress() throws IOException {
        checkOpen();
        return state == State.CONNECTED ? remote : null;
    }

    @Override
    public @Nullable SocketAddress getLocalAddress() throws IOException {
        checkOpen();
        return local;
    }

    @Override
    public String toString() {
        return "<simulated socket on " + station.name() + " local=" + local + " remote=" + remote
                + (isOpen() ? "" : " closed") + ">";
    }
}
