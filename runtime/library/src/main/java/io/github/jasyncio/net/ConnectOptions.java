package io.github.jasyncio.net;

import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to connect; {@link #DEFAULTS} and what differs from them: {@code ConnectOptions.DEFAULTS.withHappyEyeballsDelay(Duration.ofMillis(250))}.
 *
 * <p>Semantics: the arguments of {@code loop.create_connection}.
 *
 * @param local from which address; null for any. A name in it that is unresolved is looked up. Semantics: {@code local_addr}
 * @param family the only kind of addresses to connect to, {@code StandardProtocolFamily.INET6} say; null for all. Semantics: {@code family}
 * @param happyEyeballsDelay how long to wait for an address to answer before the next one is tried beside it, 250 ms say (RFC 8305); null to
 *     try the next one only when the one before has failed. Semantics: {@code happy_eyeballs_delay}
 * @param interleave puts the addresses in another order: so many of the first kind, and then one of each kind in turns; 0 for the order in which they
 *     were found, or for 1 if there is a {@code happyEyeballsDelay}. Semantics: {@code interleave}
 * @param tls makes it a TLS connection, for the host to which it is made unless it names another; null for a plain one. Semantics: {@code ssl}
 * @param limit of the reader, if it is a connection by streams; see {@link StreamReader}. Semantics: {@code limit}
 */
public record ConnectOptions(
        @Nullable SocketAddress local,
        @Nullable ProtocolFamily family,
        @Nullable Duration happyEyeballsDelay,
        int interleave,
        @Nullable Tls tls,
        int limit) {

    /** From any address to any that answers, one after the other. Semantics: what asyncio does without arguments. */
    public static final ConnectOptions DEFAULTS =
            new ConnectOptions(null, null, null, 0, null, StreamReader.DEFAULT_LIMIT);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is negative, or the limit not positive
     */
    public ConnectOptions {
        if (interleave < 0) {
            throw new IllegalArgumentException("interleave must not be negative: " + interleave);
        }
        StreamReader.checkLimit(limit);
        if (happyEyeballsDelay != null && happyEyeballsDelay.isNegative()) {
            throw new IllegalArgumentException("happyEyeballsDelay must not be negative: " + happyEyeballsDelay);
        }
    }

    /** The same, as a TLS connection or a plain one. Semantics: {@code ssl}. */
    public ConnectOptions withTls(@Nullable Tls tls) {
        return new ConnectOptions(local, family, happyEyeballsDelay, interleave, tls, limit);
    }

    /** The same, with another limit of the reader. Semantics: {@code limit}. */
    public ConnectOptions withLimit(int limit) {
        return new ConnectOptions(local, family, happyEyeballsDelay, interleave, tls, limit);
    }

    /** The same, from an address. Semantics: {@code local_addr}. */
    public ConnectOptions withLocal(@Nullable SocketAddress local) {
        return new ConnectOptions(local, family, happyEyeballsDelay, interleave, tls, limit);
    }

    /** The same, to one kind of addresses only. Semantics: {@code family}. */
    public ConnectOptions withFamily(@Nullable ProtocolFamily family) {
        return new ConnectOptions(local, family, happyEyeballsDelay, interleave, tls, limit);
    }

    /** The same, to several addresses at once. Semantics: {@code happy_eyeballs_delay}. */
    public ConnectOptions withHappyEyeballsDelay(@Nullable Duration delay) {
        return new ConnectOptions(local, family, delay, interleave, tls, limit);
    }

    /** The same, in another order of the addresses. Semantics: {@code interleave}. */
    public ConnectOptions withInterleave(int interleave) {
        return new ConnectOptions(local, family, happyEyeballsDelay, interleave, tls, limit);
    }
}
