package io.github.jasyncio.net;

/**
 * What happens on a stream: {@code connectionMade}, any number of {@code dataReceived}, perhaps {@code eofReceived}, {@code connectionLost}.
 *
 * <p>Semantics: {@code asyncio.Protocol}. A method that fails closes the connection, and the loop's exception handler is told.
 */
public interface Protocol extends BaseProtocol<Transport> {

    /**
     * Some bytes have come.
     *
     * <p>Semantics: {@code Protocol.data_received}.
     *
     * @param data at least one byte; the protocol may keep the array
     */
    default void dataReceived(byte[] data) {}

    /**
     * The other side has ended its stream.
     *
     * <p>Semantics: {@code Protocol.eof_received}.
     *
     * @return false to let the transport close itself, as it does here; true to go on writing, and to close it later
     */
    default boolean eofReceived() {
        return false;
    }
}
