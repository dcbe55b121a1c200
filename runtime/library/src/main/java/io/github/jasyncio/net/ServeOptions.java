package io.github.jasyncio.net;

import java.net.ProtocolFamily;
import org.jspecify.annotations.Nullable;

/**
 * How to serve; {@link #DEFAULTS} and what differs from them: {@code ServeOptions.DEFAULTS.withStartServing(false)}.
 *
 * <p>Semantics: the arguments of {@code loop.create_server}.
 *
 * @param family the only kind of addresses to listen at, {@code StandardProtocolFamily.INET} say; null for all. Semantics: {@code family}
 * @param backlog so many connections wait to be accepted at most, and are accepted in a turn. Semantics: {@code backlog}
 * @param reusePort whether others may listen at the same address, if they let others, too. Semantics: {@code reuse_port}
 * @param keepAlive whether the system asks, hours later, if the other side of a silent connection is still there. Semantics: {@code keep_alive}
 * @param startServing false to accept when {@link Server#startServing} is called; the sockets listen before. Semantics: {@code start_serving}
 * @param tls makes the connections TLS ones; null for plain ones. Semantics: {@code ssl}
 * @param limit of the readers, if it is a server of streams; see {@link StreamReader}. Semantics: {@code limit}
 */
public record ServeOptions(
        @Nullable ProtocolFamily family,
        int backlog,
        boolean reusePort,
        boolean keepAlive,
        boolean startServing,
        @Nullable Tls tls,
        int limit) {

    /** At all addresses, from now on, a hundred at a time. Semantics: what asyncio does without arguments. */
    public static final ServeOptions DEFAULTS =
            new ServeOptions(null, 100, false, false, true, null, StreamReader.DEFAULT_LIMIT);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is not positive
     */
    public ServeOptions {
        StreamReader.checkLimit(limit);
        if (backlog <= 0) {
            throw new IllegalArgumentException("backlog must be positive: " + backlog);
        }
    }

    /** The same at one kind of addresses only. Semantics: {@code family}. */
    public ServeOptions withFamily(@Nullable ProtocolFamily family) {
        return new ServeOptions(family, backlog, reusePort, keepAlive, startServing, tls, limit);
    }

    /** The same with so many connections at most that wait to be accepted. Semantics: {@code backlog}. */
    public ServeOptions withBacklog(int backlog) {
        return new ServeOptions(family, backlog, reusePort, keepAlive, startServing, tls, limit);
    }

    /** The same beside or not beside others at the same address. Semantics: {@code reuse_port}. */
    public ServeOptions withReusePort(boolean reusePort) {
        return new ServeOptions(family, backlog, reusePort, keepAlive, startServing, tls, limit);
    }

    /** The same with or without questions on silent connections. Semantics: {@code keep_alive}. */
    public ServeOptions withKeepAlive(boolean keepAlive) {
        return new ServeOptions(family, backlog, reusePort, keepAlive, startServing, tls, limit);
    }

    /** The same, from now on or later. Semantics: {@code start_serving}. */
    public ServeOptions withStartServing(boolean startServing) {
        return new ServeOptions(family, backlog, reusePort, keepAlive, startServing, tls, limit);
    }

    /** The same with TLS connections or plain ones. Semantics: {@code ssl}. */
    public ServeOptions withTls(@Nullable Tls tls) {
        return new ServeOptions(family, backlog, reusePort, keepAlive, startServing, tls, limit);
    }

    /** The same with another limit of the readers. Semantics: {@code limit}. */
    public ServeOptions withLimit(int limit) {
        return new ServeOptions(family, backlog, reusePort, keepAlive, startServing, tls, limit);
    }
}
