package io.github.jasyncio.testing.network;

import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A host: its address, and who is bound to its ports. */
public final class Station {

    private static final int FIRST_EPHEMERAL = 49_152;
    private static final int LAST_PORT = 65_535;

    private final World world;
    private final String name;
    private final InetAddress address;

    final Map<Integer, ServerSocket> listening = new HashMap<>();
    final Map<Integer, DatagramSocket> datagrams = new HashMap<>();

    /** Connections that exist as far as this host knows. */
    final List<StreamSocket> connections = new ArrayList<>();

    private int nextPort = FIRST_EPHEMERAL;

    // up --vanish--> down --comeBack--> up, and then nobody here knows of the connections of before
    private boolean isUp = true;

    Station(World world, String name, int number) {
        this.world = world;
        this.name = name;
        byte[] bytes = {10, (byte) (number >> 16), (byte) (number >> 8), (byte) number};
        try {
            this.address = InetAddress.getByAddress(name, bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are an address", e);
        }
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** Its address, which bears its name. */
    public InetAddress address() {
        return address;
    }

    boolean isUp() {
        return isUp;
    }

    /** Nothing gets here or away any more; who talks to it hears nothing. */
    public void vanish() {
        isUp = false;
    }

    /** It is there again, as after the power was off: its connections are forgotten, so whoever still sends on one is told so. */
    public void comeBack() {
        isUp = true;
        List.copyOf(connections).forEach(StreamSocket::forget);
        connections.clear();
    }

    World world() {
        return world;
    }

    /** The address to bind to: a free port if none is named. */
    InetSocketAddress free(@Nullable SocketAddress wanted, Map<Integer, ?> taken) throws BindException {
        if (wanted == null) {
            return new InetSocketAddress(address, ephemeral(taken));
        }
        if (!(wanted instanceof InetSocketAddress internet)) {
            throw new UnsupportedAddressTypeException();
        }
        InetAddress host = internet.getAddress();
        if (host == null || !(host.isAnyLocalAddress() || host.isLoopbackAddress() || host.equals(address))) {
            throw new BindException("Cannot assign requested address: " + wanted + " is not of simulated host " + name
                    + "; run what binds it there: network.host(...).run(...)");
        }
        int port = internet.getPort() == 0 ? ephemeral(taken) : internet.getPort();
        if (taken.containsKey(port)) {
            throw new BindException("Address already in use: port " + port + " of simulated host " + name);
        }
        return new InetSocketAddress(host.isAnyLocalAddress() ? address : host, port);
    }

    int ephemeral(Map<Integer, ?> taken) throws BindException {
        for (int tried = FIRST_EPHEMERAL; tried <= LAST_PORT; tried++) {
            int port = nextPort;
            nextPort = nextPort == LAST_PORT ? FIRST_EPHEMERAL : nextPort + 1;
            if (!taken.containsKey(port)) {
                return port;
            }
        }
        throw new BindException("simulated host " + name + " has no port left");
    }

    @Override
    public String toString() {
        return "<simulated host " + name + " " + address.getHostAddress() + (isUp ? "" : " vanished") + ">";
    }
}
