package io.github.jasyncio.net;

import java.io.IOException;
import java.net.SocketAddress;

/**
 * What happens on a datagram socket.
 *
 * <p>Semantics: {@code asyncio.DatagramProtocol}.
 */
public interface DatagramProtocol extends BaseProtocol<DatagramTransport> {

    /**
     * A datagram has come.
     *
     * <p>Semantics: {@code DatagramProtocol.datagram_received}.
     *
     * @param data its bytes, perhaps none; the protocol may keep the array
     * @param address who sent it
     */
    default void datagramReceived(byte[] data, SocketAddress address) {}

    /**
     * Sending or receiving has failed; the transport goes on.
     *
     * <p>Semantics: {@code DatagramProtocol.error_received}. A system may tell here, and late, that nobody listens at an address.
     */
    default void errorReceived(IOException failure) {}
}
