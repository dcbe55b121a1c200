package io.github.jasyncio.net;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.internal.Detour;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What goes out on a connection.
 *
 * <p>Semantics: {@code asyncio.StreamWriter}. Writing does not wait, {@link #drain} does, as long as the other side takes less than is written. A writer
 * must be closed: one that is garbage while it is open, together with its reader, is closed then and complained of, in debug mode with the place where it
 * was made. Loop-confined.
 *
 * <pre>{@code
 * writer.write("GET / HTTP/1.0\r\n\r\n", US_ASCII);
 * await(writer.drain());
 * }</pre>
 */
public final class StreamWriter {

    private final StreamReaderProtocol protocol;
    private final StreamReader reader;
    private Transport transport;

    StreamWriter(Transport transport, StreamReaderProtocol protocol, StreamReader reader) {
        this.transport = transport;
        this.protocol = protocol;
        this.reader = reader;
    }

    // ------------------------------------------------------------------------------------------------ writing

    /**
     * Sends bytes: at once what the system takes, and the rest when it takes more.
     *
     * <p>Semantics: {@code StreamWriter.write}. After the connection is lost it does nothing; {@link #drain} tells.
     *
     * @param data copied as far as it cannot be sent at once
     * @throws IllegalStateException after {@link #writeEof}
     */
    public void write(byte[] data) {
        transport.write(data);
    }

    /**
     * Sends the bytes between a buffer's position and its limit; afterwards its position is at its limit. Otherwise like {@link #write(byte[])}.
     *
     * @param data copied as far as it cannot be sent at once
     * @throws IllegalStateException after {@link #writeEof}
     */
    public void write(ByteBuffer data) {
        transport.write(data);
    }

    /**
     * Sends a text. Otherwise like {@link #write(byte[])}; Python has bytes only.
     *
     * @param charset how to encode it; what it lacks is replaced
     * @throws IllegalStateException after {@link #writeEof}
     */
    public void write(CharSequence text, Charset charset) {
        transport.write(charset.encode(java.nio.CharBuffer.wrap(text)));
    }

    /**
     * Sends several pieces as one.
     *
     * <p>Semantics: {@code StreamWriter.writelines}, which adds no line feeds either.
     *
     * @throws IllegalStateException after {@link #writeEof}
     */
    public void writelines(Iterable<byte[]> pieces) {
        transport.writeLines(pieces);
    }

    /**
     * Waits until the other side has taken so much that more should be written; if it has already does not suspend.
     *
     * <p>Semantics: {@code StreamWriter.drain}.
     *
     * @throws IOException when awaited, if the connection is lost, or is while this waits
     */
    @Async
    public Coroutine<Void> drain() throws IOException {
        if (protocol.isHeldUp() || transport.isClosing() || reader.exception() != null) {
            return Detour.by(drain("drain"));
        }
        return Coroutine.done();
    }

    /** The way of those who may have to wait: apart, so that the other stays short enough for the JIT to inline it. */
    @Async
    private Coroutine<Void> drain(String operation) throws IOException {
        Throwable failure = reader.exception();
        if (failure != null) {
            reader.tells(failure);
            throw Rethrown.of(failure);
        }
        if (transport.isClosing()) {
            // So that who writes and drains in a circle hears that the connection is lost.
            await(sleep(Duration.ZERO));
        }
        try {
            await(protocol.drained(operation));
        } catch (Throwable t) {
            reader.tells(t);
            throw t;
        }
        return Coroutine.done();
    }

    // ------------------------------------------------------------------------------------------------ ending

    /**
     * Ends the stream that goes out, behind what was written; bytes may still come in.
     *
     * <p>Semantics: {@code StreamWriter.write_eof}.
     *
     * @throws UnsupportedOperationException if the connection is TLS
     */
    public void writeEof() {
        transport.writeEof();
    }

    /** True if {@link #writeEof} is possible: on a TLS connection it is not. Semantics: {@code StreamWriter.can_write_eof}. */
    public boolean canWriteEof() {
        return transport.canWriteEof();
    }

    /**
     * Closes the connection, behind what was written. Does not wait: {@link #waitClosed} does.
     *
     * <p>Semantics: {@code StreamWriter.close}. Closing twice does nothing.
     */
    public void close() {
        transport.close();
    }

    /** True once the connection is closed or being closed. Semantics: {@code StreamWriter.is_closing}. */
    public boolean isClosing() {
        return transport.isClosing();
    }

    /**
     * Waits until the connection is closed.
     *
     * <p>Semantics: {@code StreamWriter.wait_closed}. One that is cancelled does not bother others that wait.
     *
     * @throws IOException when awaited, if the connection was lost by a failure
     */
    @Async
    public Coroutine<Void> waitClosed() throws IOException {
        try {
            await(protocol.closed());
        } catch (Throwable t) {
            reader.tells(t);
            throw t;
        }
        return Coroutine.done();
    }

    /** The same, but only fails with what nobody has been told yet: whoever has failed with it is not to fail with the same once more. */
    @Async
    Coroutine<Void> closedUntold() {
        try {
            await(protocol.closed());
        } catch (Throwable t) {
            if (t != reader.exception() || !reader.isTold()) {
                throw t;
            }
        }
        return Coroutine.done();
    }

    // ------------------------------------------------------------------------------------------------ the connection

    /**
     * Makes the connection a TLS one. Both sides must have agreed on that, and the other side begins at the same place of the streams: what has come and
     * was not read is taken for TLS.
     *
     * <p>Semantics: {@code StreamWriter.start_tls}. A connection that a server accepted is the server's side. Where it fails, or is cancelled, the
     * connection is closed.
     *
     * @param tls without a {@link Tls#serverHostname server host name} the name or address by which the connection was made is expected of a server
     * @throws IOException when awaited, if the handshake fails or the connection is lost
     */
    @Async
    public Coroutine<Void> startTls(Tls tls) throws IOException {
        await(drain());
        Transport encrypted =
                await(TlsProtocol.startTls(transport, protocol, tls, protocol.isServing(), reader.takeAll()));
        transport = encrypted;
        protocol.replaceTransport(encrypted);
        return Coroutine.done();
    }

    /**
     * What the transport knows of its connection: {@code "socket"}, {@code "sockname"}, {@code "peername"}, and of TLS {@code "sslcontext"}, {@code
     * "ssl_object"}, {@code "peercert"}, {@code "cipher"}.
     *
     * <p>Semantics: {@code StreamWriter.get_extra_info}.
     *
     * @return null if there is no such thing
     */
    public @Nullable Object getExtraInfo(String name) {
        return transport.getExtraInfo(name);
    }

    /** What moves the bytes. Semantics: {@code StreamWriter.transport}. */
    public Transport transport() {
        return transport;
    }

    /** For example {@code <StreamWriter transport=<SocketTransport ...> reader=<StreamReader ...>>}. */
    @Override
    public String toString() {
        return "<StreamWriter transport=" + transport + " reader=" + reader + ">";
    }
}
