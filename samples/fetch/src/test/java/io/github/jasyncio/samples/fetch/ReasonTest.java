package io.github.jasyncio.samples.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class ReasonTest {

    @Test
    void an_unknown_host_is_named() {
        IOException failure = new ConnectException();
        failure.initCause(new ConnectException().initCause(new UnresolvedAddressException()));

        assertThat(reason(failure)).isEqualTo("unknown host h.invalid");
    }

    @Test
    void a_failure_without_a_message_has_a_reason_all_the_same() {
        assertThat(reason(new ConnectException())).isEqualTo("cannot connect");
        assertThat(reason(new EOFException())).isEqualTo("EOFException");
    }

    @Test
    void a_message_is_passed_on() {
        assertThat(reason(new ConnectException("refused"))).isEqualTo("cannot connect: refused");
        assertThat(reason(new SSLHandshakeException("expired"))).isEqualTo("no secure connection: expired");
        assertThat(reason(new IOException("closed"))).isEqualTo("closed");
        assertThat(reason(new UncheckedIOException(new IOException("wrapped")))).isEqualTo("wrapped");
    }

    private static String reason(Exception failure) {
        return Reason.of(failure, URI.create("http://h.invalid/"));
    }
}
