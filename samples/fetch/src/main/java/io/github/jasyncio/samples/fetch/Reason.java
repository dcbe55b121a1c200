package io.github.jasyncio.samples.fetch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/** Why a page could not be had, in words: some of the HTTP client's exceptions have no message. */
final class Reason {

    private Reason() {}

    static String of(Exception failure, URI url) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "unknown host " + url.getHost();
            }
        }
        if (failure instanceof UncheckedIOException && failure.getCause() instanceof IOException cause) {
            return of(cause, url);
        }
        if (failure instanceof ConnectException) {
            return "cannot connect" + (failure.getMessage() == null ? "" : ": " + failure.getMessage());
        }
        if (failure instanceof SSLException) {
            return "no secure connection: " + failure.getMessage();
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
