package io.github.jasyncio.testing.network;

import io.github.jasyncio.internal.channels.LoopDriven;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;

/** Makes the sockets of a simulated world, on the host where the code runs that asks for them. */
public final class SimulatedProvider extends SelectorProvider implements LoopDriven {

    private final World world;

    /** That of a world. */
    public SimulatedProvider(World world) {
        this.world = world;
    }

    @Override
    public SocketChannel openSocketChannel() {
        return new StreamSocket(this, world.here());
    }

    @Override
    public SocketChannel openSocketChannel(ProtocolFamily family) {
        check(family);
        return openSocketChannel();
    }

    @Override
    public ServerSocketChannel openServerSocketChannel() {
        return new ServerSocket(this, world.here());
    }

    @Override
    public ServerSocketChannel openServerSocketChannel(ProtocolFamily family) {
        check(family);
        return openServerSocketChannel();
    }

    @Override
    public DatagramChannel openDatagramChannel() {
        return new DatagramSocket(this, world.here());
    }

    @Override
    public DatagramChannel openDatagramChannel(ProtocolFamily family) {
        check(family);
        return openDatagramChannel();
    }

    private static void check(ProtocolFamily family) {
        if (family != StandardProtocolFamily.INET) {
            throw new UnsupportedOperationException("a simulated network speaks IPv4 only, not " + family);
        }
    }

    @Override
    public AbstractSelector openSelector() {
        return new SimulatedSelector(this);
    }

    @Override
    public Pipe openPipe() {
        throw new UnsupportedOperationException("a simulated network has no pipes");
    }
}
