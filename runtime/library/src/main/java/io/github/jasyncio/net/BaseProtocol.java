package io.github.jasyncio.net;

import org.jspecify.annotations.Nullable;

/**
 * What protocols of all kinds are told. The methods here do nothing.
 *
 * <p>Semantics: {@code asyncio.BaseProtocol}. Called by the loop, on its thread.
 *
 * @param <T> the kind of transport
 */
public interface BaseProtocol<T extends BaseTransport> {

    /**
     * The connection has been made; comes first.
     *
     * <p>Semantics: {@code BaseProtocol.connection_made}.
     */
    default void connectionMade(T transport) {}

    /**
     * The connection is lost or closed; comes last, and once.
     *
     * <p>Semantics: {@code BaseProtocol.connection_lost}.
     *
     * @param failure what went wrong, or null if the other side has ended its stream, or this side closed or aborted the transport
     */
    default void connectionLost(@Nullable Throwable failure) {}

    /**
     * The transport's buffer has grown beyond the high-water mark: write no more for now.
     *
     * <p>Semantics: {@code BaseProtocol.pause_writing}. Called once until {@link #resumeWriting} is, in the middle of the {@code write} that went
     * beyond the mark, which would be no help in the next turn.
     */
    default void pauseWriting() {}

    /**
     * The transport's buffer has shrunk to the low-water mark or below.
     *
     * <p>Semantics: {@code BaseProtocol.resume_writing}. Called once for each {@link #pauseWriting}.
     */
    default void resumeWriting() {}
}
