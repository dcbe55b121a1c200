/**
 * Connections by callbacks: a <em>transport</em> moves bytes, a <em>protocol</em> of the user's is told what happens. Made by the loop's
 * connection methods, such as {@link io.github.jasyncio.EventLoop#createConnection createConnection} and {@link
 * io.github.jasyncio.EventLoop#createServer createServer}.
 *
 * <p>Semantics: {@code asyncio.transports}, {@code asyncio.protocols} and the servers of {@code asyncio.base_events}. Everything here belongs to
 * the loop's thread.
 */
@NullMarked
package io.github.jasyncio.transport;

import org.jspecify.annotations.NullMarked;
