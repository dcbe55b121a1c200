/**
 * The network: connections, servers, datagrams, sockets. {@link io.github.jasyncio.net.Net} holds the functions, for static import.
 *
 * <p>Three layers. The upper one are <em>streams</em>, which are read and written with {@code await}: {@code openConnection} and {@code startServer}. At
 * the next a <em>transport</em> moves bytes, and a <em>protocol</em> of the user's is told what happens, by callbacks: {@code
 * createConnection} and its like make both. The lowest is for those who have a channel and do by themselves what there is to do with it: {@code
 * sockRecv} and its like.
 *
 * <p>Semantics: the methods of {@code asyncio}'s loops for the network, {@code asyncio.streams}, {@code asyncio.sslproto}, {@code asyncio.transports}, {@code asyncio.protocols} and the servers of {@code
 * asyncio.base_events}. Everything here belongs to the loop's thread, and goes through the {@link io.github.jasyncio.Network} of the loop.
 */
@NullMarked
package io.github.jasyncio.net;

import org.jspecify.annotations.NullMarked;
