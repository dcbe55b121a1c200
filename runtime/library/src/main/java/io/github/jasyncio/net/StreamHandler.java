package io.github.jasyncio.net;

import io.github.jasyncio.Coroutine;

/**
 * What a stream server does with a connection; a lambda that awaits.
 *
 * <p>Semantics: the {@code client_connected_cb} of {@code asyncio.start_server}. Runs as a task of its own. Closing the writer is its business, but
 * where it fails the failure is reported to the loop's exception handler and the connection closed.
 */
@FunctionalInterface
public interface StreamHandler {

    /**
     * Serves a connection.
     *
     * <p>Semantics: the call of {@code client_connected_cb}.
     *
     * @throws Exception what it fails with
     */
    Coroutine<Void> handle(StreamReader reader, StreamWriter writer) throws Exception;
}
