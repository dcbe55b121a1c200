package io.github.jasyncio.net;

import java.net.SocketAddress;

/**
 * A datagram that has arrived: what {@link Net#sockRecvFrom} gives.
 *
 * <p>Semantics: the pair that {@code loop.sock_recvfrom} gives. Compares arrays by identity, as records do.
 *
 * @param data its bytes
 * @param address who sent it
 */
@SuppressWarnings("ArrayRecordComponent") // bytes, as in asyncio; nobody compares datagrams
public record Datagram(byte[] data, SocketAddress address) {}
