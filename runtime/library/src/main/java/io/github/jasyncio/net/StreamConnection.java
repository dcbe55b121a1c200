package io.github.jasyncio.net;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncCloseable;
import io.github.jasyncio.Coroutine;

/**
 * Both ways of a connection.
 *
 * <p>Semantics: the pair that {@code asyncio.open_connection} gives; and closed at the end of a try-with-resources in an async method.
 *
 * @param reader what comes in
 * @param writer what goes out
 */
public record StreamConnection(StreamReader reader, StreamWriter writer) implements AsyncCloseable {

    /**
     * Closes the writer, and waits until the connection is closed.
     *
     * @return a coroutine that fails with what the connection was lost by, if it was, unless a read or a write has failed with that: then it has been told,
     *     and to suppress a failure in itself is not possible
     */
    @Async
    @Override
    public Coroutine<Void> closeAsync() {
        writer.close();
        return writer.closedUntold();
    }
}
