package io.github.jasyncio.net;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.spi.SelectorProvider;

/** Sends and receives what a {@link DatagramChannel} does not, or only with much memory outside of the heap. */
final class Datagrams {

    /** None is longer. */
    private static final int LONGEST = 65_535;

    private Datagrams() {}

    /**
     * Sends a datagram, as a whole or not at all.
     *
     * @return the number of bytes; none if the system has no room for it, or if it is empty and was sent
     */
    static int send(DatagramChannel channel, ByteBuffer data, SocketAddress target) throws IOException {
        if (data.remaining() > LONGEST) {
            throw new SocketException("a datagram of " + data.remaining() + " bytes is too long");
        }
        if (!data.hasRemaining() && channel.isConnected() && isOfSystem(channel)) {
            sendEmpty(channel, target);
            return 0;
        }
        return channel.send(data, target);
    }

    private static boolean isOfSystem(DatagramChannel channel) {
        return channel.provider().equals(SelectorProvider.provider());
    }

    /**
     * Sends an empty datagram, which a connected channel of the JDK's skips without a word, by a channel that is not, from the same address. What comes
     * meanwhile goes to the connected one, which fits better.
     */
    private static void sendEmpty(DatagramChannel channel, SocketAddress target) throws IOException {
        boolean isShared = channel.getOption(StandardSocketOptions.SO_REUSEADDR);
        try (DatagramChannel beside = channel.provider().openDatagramChannel(Names.family(target))) {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            beside.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            beside.bind(channel.getLocalAddress());
            beside.send(ByteBuffer.allocate(0), target);
        } finally {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, isShared);
        }
    }
}
