package io.github.jasyncio.net;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Who is on the other side of a connection.
 *
 * @param host the name by which the connection was made, or the address; null on a Unix socket
 * @param port 0 on a Unix socket
 * @param text for messages
 */
record Peer(@Nullable String host, int port, String text) {

    static Peer of(BaseTransport transport) {
        return of((SocketAddress) transport.getExtraInfo("peername"));
    }

    /** Who has an address; null if it is not known. */
    static Peer of(@Nullable SocketAddress address) {
        if (address instanceof InetSocketAddress internet) {
            return new Peer(internet.getHostString(), internet.getPort(), address.toString());
        }
        return new Peer(
                null, 0, address == null || address.toString().isEmpty() ? "the other side" : address.toString());
    }

    @Override
    public String toString() {
        return text;
    }
}
