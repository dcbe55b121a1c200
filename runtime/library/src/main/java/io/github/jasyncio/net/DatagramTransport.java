package io.github.jasyncio.net;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A socket for datagrams.
 *
 * <p>Semantics: {@code asyncio.DatagramTransport}. Loop-confined.
 */
public interface DatagramTransport extends BaseTransport {

    /**
     * Sends a datagram to the address that the transport was made for, see {@link #sendTo(ByteBuffer, SocketAddress)}.
     *
     * <p>Semantics: {@code DatagramTransport.sendto(data)}.
     */
    default void sendTo(byte[] data) {
        sendTo(ByteBuffer.wrap(data), null);
    }

    /**
     * Sends a datagram, see {@link #sendTo(ByteBuffer, SocketAddress)}.
     *
     * <p>Semantics: {@code DatagramTransport.sendto}.
     *
     * @param address where to; null for the address that the transport was made for
     */
    default void sendTo(byte[] data, @Nullable SocketAddress address) {
        sendTo(ByteBuffer.wrap(data), address);
    }

    /**
     * Sends the bytes between a buffer's position and its limit as a datagram; afterwards its position is at its limit. Does not wait: what the
     * system does not take now is sent later. Failures go to {@link DatagramProtocol#errorReceived}.
     *
     * <p>Semantics: {@code DatagramTransport.sendto}.
     *
     * @param data copied if it cannot be sent at once
     * @param address where to; null for the address that the transport was made for
     * @throws IllegalArgumentException if it was made for another address, or there is none
     */
    void sendTo(ByteBuffer data, @Nullable SocketAddress address);

    /**
     * Who is told what happens.
     *
     * <p>Semantics: {@code BaseTransport.get_protocol}.
     */
    DatagramProtocol getProtocol();

    /**
     * Tells another one from now on. It is not told that the connection was made.
     *
     * <p>Semantics: {@code BaseTransport.set_protocol}.
     */
    void setProtocol(DatagramProtocol protocol);
}
