package io.github.jasyncio.net;

import static java.nio.charset.StandardCharsets.US_ASCII;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/** Says what was wrong in a handshake: who the other side was, and that it does not speak TLS, where that is so. */
final class HandshakeFailure {

    /** So much of what is no TLS is shown. */
    private static final int SHOWN = 40;

    /** The kinds of records (RFC 8446, section 5.1, and RFC 6520). */
    private static final int FIRST_KIND = 20;

    private static final int LAST_KIND = 24;

    private HandshakeFailure() {}

    /** The failure with the other side's name; {@code cause} itself if it is one of ours, which has it. */
    static SSLException explain(SSLException cause, String peer, TlsRecords records) {
        if (cause.getCause() == null
                && cause.getMessage() != null
                && cause.getMessage().contains(peer)) {
            return cause;
        }
        byte[] first = records.firstReceived(SHOWN);
        String what = isPlain(first)
                ? peer + " does not speak TLS: it sent \"" + readable(first) + "\""
                : "TLS handshake with " + peer + " failed: " + cause.getMessage();
        SSLException failure = new SSLHandshakeException(what);
        failure.initCause(cause);
        return failure;
    }

    /** A record begins with its kind and the version, which is 3.something. */
    private static boolean isPlain(byte[] first) {
        return first.length > 1 && !(first[0] >= FIRST_KIND && first[0] <= LAST_KIND && first[1] == 3);
    }

    private static String readable(byte[] bytes) {
        return new String(bytes, US_ASCII).replaceAll("[^\\x20-\\x7E]+", " ").strip();
    }
}
