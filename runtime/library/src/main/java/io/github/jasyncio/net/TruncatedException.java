package io.github.jasyncio.net;

import javax.net.ssl.SSLException;

/** A TLS connection has ended without a close_notify: perhaps somebody else than the other side has ended it, and what came is not all. */
final class TruncatedException extends SSLException {

    private static final long serialVersionUID = 1;

    TruncatedException(String peer) {
        super("the stream may be cut off: " + peer
                + " ended the connection without TLS's close_notify; what has come before can still be read");
    }
}
