package io.github.jasyncio.testing.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.AlreadyBoundException;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SelectionKey;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A socket for datagrams, in non-blocking mode: each of them takes its own time, so that they overtake each other, and may be lost. */
final class DatagramSocket extends DatagramChannel implements Simulated {

    private static final int LARGEST = 65_507;

    /** What comes when so many are unread is dropped. */
    private static final int CAPACITY = 256;

    private record Packet(ByteBuffer bytes, InetSocketAddress from) {}

    private final Station station;
    private final Options options = new Options();
    private final Bell bell = new Bell();
    private final Deque<Packet> arrived = new ArrayDeque<>();
    private @Nullable InetSocketAddress local;
    private @Nullable InetSocketAddress remote;
    private boolean isUnreachable;

    DatagramSocket(SelectorProvider provider, Station station) {
        super(provider);
        this.station = station;
    }

    @Override
    public DatagramChannel bind(@Nullable SocketAddress address) throws IOException {
        checkOpen();
        if (local != null) {
            throw new AlreadyBoundException();
        }
        bound(address);
        return this;
    }

    private InetSocketAddress bound(@Nullable SocketAddress address) throws IOException {
        InetSocketAddress known = local;
        if (known == null) {
            known = station.free(address, station.datagrams);
            local = known;
            station.datagrams.put(known.getPort(), this);
        }
        return known;
    }

    @Override
    public DatagramChannel connect(SocketAddress address) throws IOException {
        checkOpen();
        if (remote != null) {
            throw new AlreadyConnectedException();
        }
        remote = internet(address);
        bound(null);
        return this;
    }

    @Override
    public DatagramChannel disconnect() {
        remote = null;
        return this;
    }

    @Override
    public boolean isConnected() {
        return remote != null;
    }

    private static InetSocketAddress internet(SocketAddress address) {
        if (!(address instanceof InetSocketAddress internet)) {
            throw new UnsupportedAddressTypeException();
        }
        if (internet.isUnresolved()) {
            throw new UnresolvedAddressException();
        }
        return internet;
    }

    // ------------------------------------------------------------------------------------------------ datagrams

    @Override
    public int send(ByteBuffer data, SocketAddress target) throws IOException {
        checkOpen();
        InetSocketAddress to = internet(target);
        if (remote != null && !remote.equals(to)) {
            throw new AlreadyConnectedException();
        }
        int count = data.remaining();
        if (count > LARGEST) {
            throw new SocketException(
                    "Message too long: " + count + " bytes, at most " + LARGEST + " go into a datagram");
        }
        InetSocketAddress from = bound(null);
        byte[] bytes = new byte[count];
        data.get(bytes);
        World world = station.world();
        InetAddress host = to.getAddress();
        Station there = world.find(host);
        if (there != null && !world.isLost(station, there)) {
            Packet packet = new Packet(ByteBuffer.wrap(bytes), from);
            world.wire.at(world.arrival(station, there, count), () -> arrives(packet, there, to.getPort()));
        }
        return count;
    }

    private void arrives(Packet packet, Station there, int port) {
        World world = station.world();
        if (!world.isOpen(station, there)) {
            return;
        }
        DatagramSocket receiver = there.datagrams.get(port);
        if (receiver != null) {
            receiver.take(packet);
        } else if (remote != null) {
            world.wire.at(world.arrival(there, station, 0), () -> {
                isUnreachable = true;
                bell.ring();
            });
        }
    }

    private void take(Packet packet) {
        if (arrived.size() < CAPACITY && (remote == null || remote.equals(packet.from))) {
            arrived.add(packet);
            bell.ring();
        }
    }

    @Override
    public @Nullable SocketAddress receive(ByteBuffer into) throws IOException {
        checkOpen();
        bound(null);
        checkReachable();
        Packet packet = arrived.poll();
        if (packet == null) {
            return null;
        }
        into.put(packet.bytes.limit(Math.min(packet.bytes.limit(), into.remaining())));
        return packet.from;
    }

    private void checkReachable() throws PortUnreachableException {
        if (isUnreachable) {
            isUnreachable = false;
            throw new PortUnreachableException();
        }
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        checkOpen();
        if (remote == null) {
            throw new NotYetConnectedException();
        }
        int before = into.position();
        return receive(into) == null ? 0 : into.position() - before;
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) {
        throw new UnsupportedOperationException("a simulated datagram is read into one buffer");
    }

    @Override
    public int write(ByteBuffer data) throws IOException {
        checkOpen();
        if (remote == null) {
            throw new NotYetConnectedException();
        }
        checkReachable();
        return send(data, remote);
    }

    @Override
    public long write(ByteBuffer[] data, int offset, int length) {
        throw new UnsupportedOperationException("a simulated datagram is written from one buffer");
    }

    @Override
    public Bell bell() {
        return bell;
    }

    @Override
    public int readyOps() {
        return (arrived.isEmpty() && !isUnreachable ? 0 : SelectionKey.OP_READ) | SelectionKey.OP_WRITE;
    }

    // ------------------------------------------------------------------------------------------------ about it

    private void checkOpen() throws ClosedChannelException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
    }

    @Override
    protected void implCloseSelectableChannel() {
        if (local != null) {
            station.datagrams.remove(local.getPort(), this);
        }
    }

    @Override
    protected void implConfigureBlocking(boolean block) {}

    @Override
    public <T> DatagramChannel setOption(SocketOption<T> name, T value) throws IOException {
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
    public java.net.DatagramSocket socket() {
        throw new UnsupportedOperationException("a simulated channel has no java.net.DatagramSocket");
    }

    @Override
    public @Nullable SocketAddress getRemoteAddress() throws IOException {
        checkOpen();
        return remote;
    }

    @Override
    public @Nullable SocketAddress getLocalAddress() throws IOException {
        checkOpen();
        return local;
    }

    @Override
    public MembershipKey join(InetAddress group, NetworkInterface on) {
        throw new UnsupportedOperationException("a simulated network has no multicast");
    }

    @Override
    public MembershipKey join(InetAddress group, NetworkInterface on, InetAddress source) {
        throw new UnsupportedOperationException("a simulated network has no multicast");
    }

    @Override
    public String toString() {
        return "<simulated datagram socket on " + station.name() + " local=" + local + (isOpen() ? "" : " closed")
                + ">";
    }
}
