package io.github.jasyncio.net;

import io.github.jasyncio.Coroutine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** What an application's protocol gets to see of a TLS connection. Semantics: {@code sslproto._SSLProtocolTransport}. Loop-confined. */
final class TlsTransport implements Transport {

    private final TlsProtocol tls;

    TlsTransport(TlsProtocol tls) {
        this.tls = tls;
    }

    private Transport below() {
        Transport below = tls.transport();
        if (below == null) {
            throw new IllegalStateException("the connection below is not made: " + tls);
        }
        return below;
    }

    @Override
    public void write(ByteBuffer data) {
        if (data.hasRemaining()) {
            tls.write(data);
        }
    }

    /** TLS can say that nothing more comes, but then asyncio's closes both directions, and so does this. */
    @Override
    public void writeEof() {
        throw new UnsupportedOperationException(
                "writeEof: a TLS connection ends in both directions at once; close() sends what was written first: "
                        + this);
    }

    @Override
    public boolean canWriteEof() {
        return false;
    }

    @Override
    public void pauseReading() {
        tls.pauseReading();
    }

    @Override
    public void resumeReading() {
        tls.resumeReading();
    }

    @Override
    public boolean isReading() {
        return tls.isReading();
    }

    @Override
    public void close() {
        tls.shutDown();
    }

    @Override
    public void abort() {
        tls.abort();
    }

    @Override
    public boolean isClosing() {
        return tls.isClosing();
    }

    /** Of TLS: {@code "sslcontext"}; {@code "ssl_object"}, the engine, to be asked only; {@code "peercert"}; {@code "cipher"}. */
    @Override
    public @Nullable Object getExtraInfo(String name) {
        return switch (name) {
            case "sslcontext" -> tls.tls().context();
            case "ssl_object" -> tls.engine();
            case "peercert" -> peerCertificate();
            case "cipher" -> tls.engine().getSession().getCipherSuite();
            default -> tls.transport() == null ? null : below().getExtraInfo(name);
        };
    }

    private @Nullable Object peerCertificate() {
        try {
            return tls.engine().getSession().getPeerCertificates()[0];
        } catch (SSLPeerUnverifiedException e) {
            return null;
        }
    }

    /** The encrypted bytes that wait: nothing else does. */
    @Override
    public long getWriteBufferSize() {
        return below().getWriteBufferSize();
    }

    @Override
    public WriteBufferLimits getWriteBufferLimits() {
        return below().getWriteBufferLimits();
    }

    @Override
    public void setWriteBufferLimits(@Nullable Integer high, @Nullable Integer low) {
        below().setWriteBufferLimits(high, low);
    }

    /** Sends a file. Semantics: {@code loop.sendfile} where the transport's {@code _sendfile_compatible} is {@code FALLBACK}. */
    Coroutine<Long> sendFile(FileChannel file, long offset, long count) throws IOException {
        return new FileCopying(tls.loop(), this, tls.isWritingPaused()).send(file, offset, count);
    }

    @Override
    public Protocol getProtocol() {
        return tls.app();
    }

    @Override
    public void setProtocol(Protocol protocol) {
        tls.useApp(Objects.requireNonNull(protocol, "setProtocol: a protocol was expected"));
    }

    /** For example {@code <TlsTransport closing over=<SocketTransport ...>>}. */
    @Override
    public String toString() {
        return "<TlsTransport" + (isClosing() ? " closing" : "") + " over=" + tls.transport() + ">";
    }
}
