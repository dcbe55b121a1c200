package io.github.jasyncio.net;

import static io.github.jasyncio.Asyncio.await;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncTimeoutException;
import io.github.jasyncio.Asyncio;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import io.github.jasyncio.Handle;
import io.github.jasyncio.KeyboardInterrupt;
import io.github.jasyncio.internal.Log;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a transport that moves bytes and an application's protocol: encrypts and decrypts.
 *
 * <p>Semantics: {@code sslproto.SSLProtocol}. Here the flow control of both directions is that of the transport below, which alone holds bytes back; an
 * end without close_notify is a failure; a failed handshake tells the other side why; what comes after closing is dropped. Computing a handshake takes
 * place on the loop's thread, as in asyncio. Loop-confined.
 */
final class TlsProtocol implements Protocol {

    /** asyncio's {@code FLOW_CONTROL_HIGH_WATER_SSL_WRITE}. */
    private static final int HIGH_WATER = 512 * 1024;

    /** So many writes on a closed connection are dropped in silence. */
    private static final int LOST_WRITES_BEFORE_WARNING = 5;

    // unwrapped --begin--> handshake --done--> wrapped --close, close_notify, end of the stream--> shutdown
    //     ^-------------------'-----------------'--------------- connectionLost --------------------'
    private enum State {
        UNWRAPPED,
        HANDSHAKE,
        WRAPPED,
        SHUTDOWN
    }

    // initial --connectionMade--> made --eofReceived--> ended --connectionLost--> lost
    private enum Told {
        INITIAL,
        MADE,
        ENDED,
        LOST
    }

    private final EventLoop loop;
    private final Tls tls;
    private final TlsRecords records;
    private final @Nullable String host;
    private final TlsTransport appTransport = new TlsTransport(this);

    /** Done when the connection is encrypted; null where nobody would await it: who comes to a server and fails is told so, and forgotten. */
    private final @Nullable Future<Void> handshake;

    private Protocol app;
    private Told told;
    private State state = State.UNWRAPPED;

    /** What moves the bytes; null before there is any. */
    private @Nullable Transport transport;

    /** The limit of the handshake, and later that of closing. */
    private @Nullable Handle limit;

    private boolean isAppPaused;
    private boolean isWritingPaused;

    /** The end of the stream has come while the application was not reading. */
    private boolean isEnded;

    private int lostWrites;

    /** Why the connection is closed, if that is a failure. */
    private @Nullable Throwable failure;

    /**
     * One side of a connection.
     *
     * @param host the name or address by which a client made the connection, if that is known
     * @param isMade true if the application has been told already that the connection is made
     */
    private TlsProtocol(
            EventLoop loop,
            Protocol app,
            Tls tls,
            SSLEngine engine,
            @Nullable String host,
            boolean isMade,
            @Nullable Future<Void> handshake) {
        this.loop = loop;
        this.app = Objects.requireNonNull(app, "the protocol factory gave null");
        this.tls = tls;
        this.records = new TlsRecords(engine, this::toNetwork);
        this.host = host;
        this.told = isMade ? Told.MADE : Told.INITIAL;
        this.handshake = handshake;
    }

    /** The client's side of a connection that is being made. */
    static TlsProtocol client(EventLoop loop, Protocol app, Tls tls, Peer peer) {
        SSLEngine engine = tls.clientEngine(peer.host(), peer.port());
        return new TlsProtocol(loop, app, tls, engine, peer.host(), false, loop.createFuture());
    }

    /**
     * The server's side of a connection that is being made.
     *
     * @param handshake done when the connection is encrypted, null if nobody waits for that
     */
    static TlsProtocol server(EventLoop loop, Protocol app, Tls tls, @Nullable Future<Void> handshake) {
        return new TlsProtocol(loop, app, tls, tls.serverEngine(), null, false, handshake);
    }

    /**
     * Waits for the handshake, and gives the transport inside of it.
     *
     * <p>Where the handshake fails, or this is cancelled, the connection is closed.
     */
    @Async
    Coroutine<Transport> wrapped() throws IOException {
        try {
            await(Objects.requireNonNull(handshake));
        } catch (Throwable t) {
            appTransport.close();
            throw t;
        }
        return Coroutine.of(appTransport);
    }

    /**
     * Makes a connection a TLS one.
     *
     * <p>Semantics: {@code loop.start_tls}.
     *
     * @param received what has come already and belongs to TLS
     */
    @Async
    static Coroutine<Transport> startTls(Transport transport, Protocol app, Tls tls, boolean isServer, byte[] received)
            throws IOException {
        EventLoop loop = Asyncio.getRunningLoop();
        Peer peer = Peer.of(transport);
        SSLEngine engine = isServer ? tls.serverEngine() : tls.clientEngine(peer.host(), peer.port());
        Future<Void> handshake = loop.createFuture();
        TlsProtocol protocol = new TlsProtocol(loop, app, tls, engine, isServer ? null : peer.host(), true, handshake);
        transport.pauseReading();
        transport.setProtocol(protocol);
        Handle making = loop.callSoon(() -> {
            protocol.connectionMade(transport);
            if (received.length > 0) {
                protocol.dataReceived(received);
            }
        });
        Handle resuming = loop.callSoon(transport::resumeReading);
        try {
            await(handshake);
        } catch (Throwable t) {
            transport.close();
            making.cancel();
            resuming.cancel();
            throw t;
        }
        return Coroutine.of(protocol.appTransport);
    }

    // ------------------------------------------------------------------------------------------------ handshake

    @Override
    public void connectionMade(Transport transport) {
        this.transport = transport;
        state = State.HANDSHAKE;
        transport.setWriteBufferLimits(HIGH_WATER, null);
        limit = loop.callLater(tls.handshakeTimeout(), this::handshakeTakesTooLong);
        try {
            records.engine().beginHandshake();
            records.advance();
        } catch (SSLException e) {
            handshakeFailed(e);
        }
    }

    private void handshakeTakesTooLong() {
        if (state == State.HANDSHAKE) {
            handshakeFailed(new SSLHandshakeException("the TLS handshake with " + peer() + " takes longer than "
                    + tls.handshakeTimeout() + ": the connection is aborted"));
        }
    }

    private void handshakeDone() {
        cancelLimit();
        state = State.WRAPPED;
        if (told == Told.INITIAL) {
            told = Told.MADE;
            app.connectionMade(appTransport);
            if (isWritingPaused) {
                app.pauseWriting();
            }
        }
        if (handshake != null && !handshake.isDone()) {
            handshake.setResult(null);
        }
    }

    private void handshakeFailed(SSLException cause) {
        cancelLimit();
        SSLException failure = HandshakeFailure.explain(cause, peer(), records);
        state = State.UNWRAPPED;
        sayGoodbye();
        fatalError(failure, "TLS handshake failed");
        if (handshake != null && !handshake.isDone()) {
            handshake.setException(failure);
        }
    }

    /** Tells the other side what is wrong, if the engine has something to say; it may be too late for that. */
    private void sayGoodbye() {
        try {
            records.end();
        } catch (SSLException e) {
            Log.log(System.Logger.Level.DEBUG, "cannot tell " + peer() + " what is wrong", e);
        }
    }

    private void cancelLimit() {
        Handle pending = limit;
        if (pending != null) {
            pending.cancel();
            limit = null;
        }
    }

    // ------------------------------------------------------------------------------------------------ in

    @Override
    public void dataReceived(byte[] data) {
        if (state == State.UNWRAPPED) {
            return;
        }
        records.receive(data);
        process();
    }

    /** Deals with all that has come, as far as the application wants it. */
    private void process() {
        try {
            while (state == State.HANDSHAKE || state == State.SHUTDOWN || (state == State.WRAPPED && !isAppPaused)) {
                if (!processRecord()) {
                    break;
                }
            }
        } catch (KeyboardInterrupt e) {
            throw e;
        } catch (SSLException e) {
            if (state == State.HANDSHAKE) {
                handshakeFailed(e);
            } else {
                sayGoodbye();
                fatalError(e, "Fatal error on TLS protocol");
            }
        } catch (Throwable t) {
            fatalError(t, "Fatal error on TLS protocol");
        }
    }

    /** Deals with a record or more; false if nothing can be done before more comes. */
    private boolean processRecord() throws SSLException {
        boolean isContent = records.advance();
        if (isContent && state == State.HANDSHAKE) {
            handshakeDone();
            return true;
        }
        if (!isContent && state == State.WRAPPED && isRenegotiation()) {
            throw new SSLException("renegotiation refused: " + peer() + " wants to begin another handshake");
        }
        if (!records.hasReceived()) {
            return false;
        }
        byte[] plain = records.read();
        if (plain == null) {
            return false;
        }
        if (plain.length > 0 && state == State.WRAPPED) {
            app.dataReceived(plain);
        }
        if (records.isEnded()) {
            endReceived();
            return false;
        }
        return true;
    }

    /** With TLS 1.3 there is none; what comes there after the handshake the engine deals with by itself. */
    private boolean isRenegotiation() {
        SSLEngine engine = records.engine();
        return !engine.getSession().getProtocol().equals("TLSv1.3")
                && !engine.isInboundDone()
                && !engine.isOutboundDone();
    }

    /** The other side has sent its close_notify. */
    private void endReceived() {
        if (state == State.HANDSHAKE) {
            handshakeFailed(new SSLHandshakeException(peer() + " closed the connection during the TLS handshake"));
        } else if (state == State.WRAPPED) {
            tellEnd();
            shutDown();
        } else if (state == State.SHUTDOWN) {
            closeSoon();
        }
    }

    private void tellEnd() {
        if (told == Told.MADE) {
            told = Told.ENDED;
            app.eofReceived();
        }
    }

    /** The stream below has ended, with or without a close_notify before. */
    @Override
    public boolean eofReceived() {
        if (state == State.HANDSHAKE) {
            handshakeFailed(new SSLHandshakeException(peer() + " closed the connection during the TLS handshake"));
        } else if (state == State.WRAPPED) {
            isEnded = true;
            if (isAppPaused) {
                return true;
            }
            truncated();
        }
        // Closing sends what waits to be sent.
        return false;
    }

    private void truncated() {
        failure = new TruncatedException(peer());
        shutDown();
    }

    // ------------------------------------------------------------------------------------------------ flow control

    boolean isReading() {
        return !isAppPaused && state == State.WRAPPED;
    }

    void pauseReading() {
        Transport below = transport;
        if (isReading() && below != null) {
            isAppPaused = true;
            below.pauseReading();
        }
    }

    /** What has come already is dealt with first, in the next turn. */
    void resumeReading() {
        if (isAppPaused) {
            isAppPaused = false;
            loop.callSoon(this::readAgain);
        }
    }

    private void readAgain() {
        Transport below = transport;
        if (state != State.WRAPPED || isAppPaused || below == null) {
            return;
        }
        process();
        if (state == State.WRAPPED && !isAppPaused) {
            if (isEnded) {
                truncated();
            } else {
                below.resumeReading();
            }
        }
    }

    @Override
    public void pauseWriting() {
        isWritingPaused = true;
        if (told != Told.INITIAL) {
            app.pauseWriting();
        }
    }

    @Override
    public void resumeWriting() {
        isWritingPaused = false;
        if (told != Told.INITIAL) {
            app.resumeWriting();
        }
    }

    // ------------------------------------------------------------------------------------------------ out

    void write(ByteBuffer data) {
        if (state != State.WRAPPED) {
            data.position(data.limit());
            if (lostWrites >= LOST_WRITES_BEFORE_WARNING) {
                Log.log(System.Logger.Level.WARNING, "written to a TLS connection that is closed: " + appTransport);
            }
            lostWrites++;
            return;
        }
        try {
            records.send(data);
        } catch (SSLException e) {
            data.position(data.limit());
            fatalError(e, "Fatal error on TLS protocol");
        }
    }

    private void toNetwork(ByteBuffer data) {
        if (transport != null) {
            transport.write(data);
        }
    }

    // ------------------------------------------------------------------------------------------------ ending

    /** Closes in order: what was written goes out, then a close_notify; and waits for the other side's. */
    void shutDown() {
        Transport below = transport;
        if (state == State.HANDSHAKE) {
            abort();
        } else if (state == State.WRAPPED && below != null) {
            state = State.SHUTDOWN;
            limit = loop.callLater(tls.shutdownTimeout(), this::shutdownTakesTooLong);
            try {
                records.end();
            } catch (SSLException e) {
                fatalError(e, "Fatal error on TLS protocol");
                return;
            }
            if (isEnded || records.isEnded()) {
                closeSoon();
            } else {
                isAppPaused = false;
                below.resumeReading();
                process();
            }
        }
    }

    private void closeSoon() {
        Transport below = transport;
        if (below != null) {
            loop.callSoon(below::close);
        }
    }

    private void shutdownTakesTooLong() {
        if (state == State.SHUTDOWN) {
            fail(new AsyncTimeoutException("closing the TLS connection to " + peer() + " takes longer than "
                    + tls.shutdownTimeout() + ": it is aborted"));
        }
    }

    void abort() {
        fail(null);
    }

    private void fail(@Nullable Throwable reason) {
        if (failure == null) {
            failure = reason;
        }
        if (transport != null) {
            transport.abort();
        }
    }

    /** After a failure of the connection's, which is the application's matter, or of the application's, which is reported too. */
    private void fatalError(Throwable reason, String message) {
        fail(reason);
        if (reason instanceof IOException) {
            if (loop.getDebug()) {
                Log.log(System.Logger.Level.DEBUG, appTransport + ": " + message, reason);
            }
        } else {
            Map<String, Object> context = new LinkedHashMap<>();
            context.put("message", message);
            context.put("exception", reason);
            context.put("transport", appTransport);
            context.put("protocol", app);
            loop.callExceptionHandler(context);
        }
    }

    @Override
    public void connectionLost(@Nullable Throwable lostBy) {
        cancelLimit();
        records.clear();
        state = State.UNWRAPPED;
        Throwable reason = failure != null ? failure : lostBy;
        if (told == Told.MADE || told == Told.ENDED) {
            told = Told.LOST;
            loop.callSoon(() -> app.connectionLost(reason));
        }
        if (handshake != null && !handshake.isDone()) {
            handshake.setException(
                    reason != null
                            ? reason
                            : new SSLHandshakeException(
                                    "the connection to " + peer() + " was closed during the TLS handshake"));
        }
    }

    // ------------------------------------------------------------------------------------------------ state

    boolean isClosing() {
        return state == State.SHUTDOWN || (state == State.UNWRAPPED && transport != null);
    }

    EventLoop loop() {
        return loop;
    }

    boolean isWritingPaused() {
        return isWritingPaused;
    }

    @Nullable
    Transport transport() {
        return transport;
    }

    Protocol app() {
        return app;
    }

    void useApp(Protocol protocol) {
        app = protocol;
    }

    SSLEngine engine() {
        return records.engine();
    }

    Tls tls() {
        return tls;
    }

    private String peer() {
        Transport below = transport;
        String address = below == null ? "the other side" : Peer.of(below).toString();
        return host == null || address.contains(host) ? address : host + " (" + address + ")";
    }

    @Override
    public String toString() {
        return "<TlsProtocol " + state.toString().toLowerCase(java.util.Locale.ROOT) + " of " + app + ">";
    }
}
