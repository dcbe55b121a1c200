package io.github.jasyncio.net;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * How to make a connection a TLS one: {@code Tls.of(context)} and what differs from that.
 *
 * <p>Semantics: the arguments {@code ssl}, {@code server_hostname}, {@code ssl_handshake_timeout} and {@code ssl_shutdown_timeout} of asyncio's connections.
 * Protocols and ciphers are the context's defaults unless {@code parameters} says otherwise. A client always checks that the server's certificate is for
 * the name by which it connects. Immutable and thread-safe, as far as the context is.
 *
 * <pre>{@code
 * Tls.of(SSLContext.getDefault())
 * Tls.of(serversContext).withApplicationProtocols("h2", "http/1.1").withClientAuth(Tls.ClientAuth.NEED)
 * }</pre>
 *
 * @param context has the keys and the trusted certificates
 * @param serverHostname for clients: the name that is asked for (SNI), and that the server's certificate must be for; null for the name or address by
 *     which the connection is made; empty to ask for none and to accept a certificate for any name, which must be trusted all the same
 * @param applicationProtocols what is spoken inside of the connection, the preferred first (ALPN); none if that is not to be agreed on. What it is tells
 *     {@code ((SSLEngine) writer.getExtraInfo("ssl_object")).getApplicationProtocol()}
 * @param clientAuth for servers: what is asked of clients
 * @param handshakeTimeout how long the handshake may take, 60 seconds unless this says so; then the connection is aborted
 * @param shutdownTimeout how long closing may take until what was written is sent and the other side has closed too, 30 seconds unless this says so; then
 *     the connection is aborted
 * @param parameters anything else that Java lets one say: protocols, ciphers, who answers to which name; called for each connection, behind everything
 *     else
 */
public record Tls(
        SSLContext context,
        @Nullable String serverHostname,
        List<String> applicationProtocols,
        ClientAuth clientAuth,
        Duration handshakeTimeout,
        Duration shutdownTimeout,
        Consumer<? super SSLParameters> parameters) {

    /** As long as nginx waits. */
    private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(60);

    /** As long as nginx lingers. */
    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(30);

    /** What a server asks of its clients. */
    public enum ClientAuth {
        /** Nothing. */
        NONE,
        /** A certificate, but goes on without one. */
        WANT,
        /** A certificate; without one the handshake fails. */
        NEED
    }

    /**
     * Checks the times.
     *
     * @throws IllegalArgumentException unless they are positive
     */
    public Tls {
        if (context == null) {
            throw new NullPointerException(
                    "Tls: a context was expected, got null; SSLContext.getDefault() is Java's own");
        }
        applicationProtocols = List.copyOf(applicationProtocols);
        checkPositive("handshakeTimeout", handshakeTimeout);
        checkPositive("shutdownTimeout", shutdownTimeout);
    }

    private static void checkPositive(String name, Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException(name + " must be positive: " + limit);
        }
    }

    /** TLS with the keys and the trusted certificates of a context, and asyncio's defaults. Semantics: {@code ssl=context}. */
    public static Tls of(SSLContext context) {
        return new Tls(
                context, null, List.of(), ClientAuth.NONE, HANDSHAKE_TIMEOUT, SHUTDOWN_TIMEOUT, parameters -> {});
    }

    /** The same, with another name to ask for and to expect. Semantics: {@code server_hostname}. */
    public Tls withServerHostname(@Nullable String name) {
        return new Tls(context, name, applicationProtocols, clientAuth, handshakeTimeout, shutdownTimeout, parameters);
    }

    /** The same, for other protocols inside of the connection, the preferred first. Semantics: {@code SSLContext.set_alpn_protocols}. */
    public Tls withApplicationProtocols(String... names) {
        return new Tls(
                context, serverHostname, List.of(names), clientAuth, handshakeTimeout, shutdownTimeout, parameters);
    }

    /** The same, asking something else of clients. Semantics: {@code SSLContext.verify_mode}. */
    public Tls withClientAuth(ClientAuth wanted) {
        return new Tls(
                context, serverHostname, applicationProtocols, wanted, handshakeTimeout, shutdownTimeout, parameters);
    }

    /** The same, with another limit of the handshake. Semantics: {@code ssl_handshake_timeout}. */
    public Tls withHandshakeTimeout(Duration limit) {
        return new Tls(context, serverHostname, applicationProtocols, clientAuth, limit, shutdownTimeout, parameters);
    }

    /** The same, with another limit of closing. Semantics: {@code ssl_shutdown_timeout}. */
    public Tls withShutdownTimeout(Duration limit) {
        return new Tls(context, serverHostname, applicationProtocols, clientAuth, handshakeTimeout, limit, parameters);
    }

    /** The same, with other parameters of Java's: {@code tls.withParameters(p -> p.setProtocols(new String[] {"TLSv1.3"}))}. */
    public Tls withParameters(Consumer<? super SSLParameters> change) {
        return new Tls(
                context, serverHostname, applicationProtocols, clientAuth, handshakeTimeout, shutdownTimeout, change);
    }

    // ------------------------------------------------------------------------------------------------ for the
    // transport

    /** The server's side of a connection. */
    SSLEngine serverEngine() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters wanted = engine.getSSLParameters();
        switch (clientAuth) {
            case WANT -> wanted.setWantClientAuth(true);
            case NEED -> wanted.setNeedClientAuth(true);
            case NONE -> {}
        }
        return configure(engine, wanted);
    }

    /**
     * The client's side of a connection.
     *
     * @param host the name or address by which it is made, if that is known
     * @param port of the server, for its sessions to be found again; 0 if there is none
     * @throws IllegalArgumentException if no name is known
     */
    SSLEngine clientEngine(@Nullable String host, int port) {
        String name = serverHostname == null ? host : serverHostname;
        if (name == null) {
            throw new IllegalArgumentException("a TLS client must know the server's name, and this connection has none:"
                    + " tls.withServerHostname(name); empty to accept any");
        }
        SSLEngine engine = name.isEmpty() ? context.createSSLEngine() : context.createSSLEngine(name, port);
        engine.setUseClientMode(true);
        SSLParameters wanted = engine.getSSLParameters();
        if (!name.isEmpty()) {
            wanted.setEndpointIdentificationAlgorithm("HTTPS");
            SNIHostName asked = nameToAskFor(name);
            if (asked != null) {
                wanted.setServerNames(List.of(asked));
            }
        }
        return configure(engine, wanted);
    }

    /** Java asks for names with a dot only, of its own accord; null if it is an address, which is not asked for (RFC 6066, section 3). */
    private static @Nullable SNIHostName nameToAskFor(String name) {
        if (name.indexOf(':') >= 0 || name.matches("[0-9.]+")) {
            return null;
        }
        try {
            return new SNIHostName(name.endsWith(".") ? name.substring(0, name.length() - 1) : name);
        } catch (IllegalArgumentException e) {
            // No name of the kind that can be asked for; a certificate can be for it all the same.
            return null;
        }
    }

    private SSLEngine configure(SSLEngine engine, SSLParameters wanted) {
        if (!applicationProtocols.isEmpty()) {
            wanted.setApplicationProtocols(applicationProtocols.toArray(String[]::new));
        }
        parameters.accept(wanted);
        engine.setSSLParameters(wanted);
        return engine;
    }
}
