package io.github.jasyncio.net;

import static io.github.jasyncio.Asyncio.async;
import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.gather;
import static io.github.jasyncio.Asyncio.waitFor;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncTimeoutException;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Future;
import io.github.jasyncio.Task;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code test_ssl} and {@code test_sslproto}, with streams of this loop at both ends. */
@NullUnmarked // as free as a test
class TlsStreamsTest extends NetworkTest {

    /** More than the buffers of a connection hold. */
    private static final int MUCH = 8 << 20;

    private static final Duration SHORT = Duration.ofMillis(50);

    private static final Tls SERVER = Tls.of(Certificates.server());
    private static final Tls CLIENT = Tls.of(Certificates.client());

    private static Tls version(Tls tls, String version) {
        return tls.withParameters(parameters -> parameters.setProtocols(new String[] {version}));
    }

    private static SSLEngine engine(StreamConnection connection) {
        return (SSLEngine) connection.writer().getExtraInfo("ssl_object");
    }

    private static InetSocketAddress localhost(SocketAddress address) {
        return new InetSocketAddress("localhost", ((InetSocketAddress) address).getPort());
    }

    // ------------------------------------------------------------------------------------------------ both ways

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void lines_go_both_ways(String version) {
        run(() -> {
            SocketAddress address = await(serve(NetworkTest::echo, SERVER));
            StreamConnection connection = await(connect(address, version(CLIENT, version)));
            connection.writer().write("one\ntwo\n", UTF_8);
            await(connection.writer().drain());

            assertThat(new String(await(connection.reader().readline()), UTF_8)).isEqualTo("one\n");
            assertThat(new String(await(connection.reader().readline()), UTF_8)).isEqualTo("two\n");
            assertThat(engine(connection).getSession().getProtocol()).isEqualTo(version);

            await(connection.closeAsync());
            return Coroutine.done();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void much_goes_there_and_back_while_both_sides_hold_each_other_up(String version) {
        run(() -> {
            SocketAddress address = await(serve(NetworkTest::echo, SERVER));
            StreamConnection connection = await(connect(address, version(CLIENT, version)));
            byte[] much = new byte[MUCH];
            for (int i = 0; i < MUCH; i++) {
                much[i] = (byte) (i * 31 + i / 251);
            }

            Task<Void> writing = createTask(async(() -> {
                for (int i = 0; i < MUCH; i += 1 << 20) {
                    connection.writer().write(ByteBuffer.wrap(much, i, 1 << 20));
                    await(connection.writer().drain());
                }
                return Coroutine.done();
            }));
            byte[] back = await(connection.reader().readexactly(MUCH));
            await(writing);

            assertThat(back).isEqualTo(much);
            await(connection.closeAsync());
            return Coroutine.done();
        });
    }

    @Test
    void who_writes_more_than_is_read_is_held_up_until_it_is_read() {
        run(() -> {
            Future<Void> read = loop.createFuture();
            SocketAddress address = await(serve(
                    (reader, writer) -> {
                        await(read);
                        await(reader.readexactly(MUCH));
                        writer.close();
                        return Coroutine.done();
                    },
                    SERVER));
            StreamConnection connection = await(connect(address, CLIENT));
            connection.writer().write(new byte[MUCH]);

            assertThat(await(failureOf(waitFor(connection.writer().drain(), SHORT))))
                    .isInstanceOf(AsyncTimeoutException.class);
            assertThat(connection.writer().transport().getWriteBufferSize()).isGreaterThan(MUCH / 4);
            read.setResult(null);
            await(connection.writer().drain());

            await(connection.closeAsync());
            return Coroutine.done();
        });
    }

    @Test
    void who_does_not_read_holds_little_and_gets_all_of_it_later() {
        run(() -> {
            Future<Void> read = loop.createFuture();
            Future<Integer> got = loop.createFuture();
            SocketAddress address = await(serve(
                    (reader, writer) -> {
                        await(read);
                        got.setResult(await(reader.read()).length);
                        writer.close();
                        return Coroutine.done();
                    },
                    SERVER));
            StreamConnection connection = await(connect(address, CLIENT));
            connection.writer().write(new byte[MUCH]);
            assertThat(await(failureOf(waitFor(connection.writer().drain(), SHORT))))
                    .isInstanceOf(AsyncTimeoutException.class);
            read.setResult(null);
            await(connection.closeAsync()); // sends what was written first

            assertThat(await(got)).isEqualTo(MUCH);
            return Coroutine.done();
        });
    }

    @Test
    void it_knows_its_certificates_and_its_cipher() {
        run(() -> {
            SocketAddress address = await(serve(NetworkTest::echo, SERVER));
            StreamConnection connection = await(connect(address, CLIENT));
            StreamWriter writer = connection.writer();

            assertThat(writer.getExtraInfo("sslcontext")).isSameAs(CLIENT.context());
            assertThat(((X509Certificate) writer.getExtraInfo("peercert"))
                            .getSubjectX500Principal()
                            .getName())
                    .isEqualTo("CN=server");
            assertThat((String) writer.getExtraInfo("cipher")).startsWith("TLS_");
            assertThat(writer.getExtraInfo("peername")).isEqualTo(address);
            assertThat(writer.getExtraInfo("nonsense")).isNull();
            assertThat(writer.canWriteEof()).isFalse();
            assertThatThrownBy(writer::writeEof)
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageMatching(
                            "writeEof: a TLS connection ends in both directions at once; close\\(\\) sends what was"
                                    + " written first: <TlsTransport over=<SocketTransport .*>>");

            await(connection.closeAsync());
            return Coroutine.done();
        });
    }

    @Test
    void both_sides_agree_on_a_protocol() {
        run(() -> {
            Future<String> agreed = loop.createFuture();
            SocketAddress address = await(serve(
                    (reader, writer) -> {
                        agreed.setResult(((SSLEngine) writer.getExtraInfo("ssl_object")).getApplicationProtocol());
                        writer.close();
                        return Coroutine.done();
                    },
                    SERVER.withApplicationProtocols("b", "c")));
            StreamConnection connection = await(connect(address, CLIENT.withApplicationProtocols("a", "b", "c")));

            assertThat(engine(connection).getApplicationProtocol()).isEqualTo("b");
            assertThat(await(agreed)).isEqualTo("b");

            await(connection.closeAsync());
            return Coroutine.done();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "other.example"})
    void the_server_hears_which_name_is_asked_for(String name) {
        run(() -> {
            Future<String> asked = loop.createFuture();
            SocketAddress address = await(serve(
                    (reader, writer) -> {
                        SSLEngine engine = (SSLEngine) writer.getExtraInfo("ssl_object");
                        asked.setResult(((SNIHostName) ((ExtendedSSLSession) engine.getSession())
                                        .getRequestedServerNames()
                                        .get(0))
                                .getAsciiName());
                        writer.close();
                        return Coroutine.done();
                    },
                    Tls.of(name.equals("localhost") ? Certificates.server() : Certificates.otherServer())));
            Tls tls = name.equals("localhost") ? CLIENT : CLIENT.withServerHostname(name);
            StreamConnection connection = await(connect(localhost(address), tls));

            assertThat(await(asked)).isEqualTo(name);

            await(connection.closeAsync());
            return Coroutine.done();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void a_server_may_ask_for_a_certificate(String version) {
        run(() -> {
            Future<String> name = loop.createFuture();
            SocketAddress address = await(serve(
                    (reader, writer) -> {
                        name.setResult(((X509Certificate) writer.getExtraInfo("peercert"))
                                .getSubjectX500Principal()
                                .getName());
                        await(reader.read());
                        writer.close();
                        return Coroutine.done();
                    },
                    SERVER.withClientAuth(Tls.ClientAuth.NEED)));

            StreamConnection connection =
                    await(connect(address, version(Tls.of(Certificates.clientWithCertificate()), version)));
            assertThat(await(name)).isEqualTo("CN=client");
            await(connection.closeAsync());

            // With TLS 1.3 a client hears of it when it reads.
            Throwable failure = await(failureOf(async(() -> {
                StreamConnection refused = await(connect(address, version(CLIENT, version)));
                try {
                    return Coroutine.of(await(refused.reader().read()));
                } finally {
                    refused.writer().close();
                }
            })));
            assertThat(failure)
                    .isInstanceOf(javax.net.ssl.SSLException.class)
                    .hasMessageMatching("(?s).*alert: (bad_certificate|certificate_required|handshake_failure).*");
            return Coroutine.done();
        });
    }

    @Test
    void a_server_that_wants_a_certificate_goes_on_without_one() {
        run(() -> {
            SocketAddress address = await(serve(NetworkTest::echo, SERVER.withClientAuth(Tls.ClientAuth.WANT)));
            StreamConnection connection = await(connect(address, CLIENT));
            connection.writer().write("line\n", UTF_8);

            assertThat(await(connection.reader().readline())).hasSize(5);

            await(connection.closeAsync());
            return Coroutine.done();
        });
    }

    // ------------------------------------------------------------------------------------------------ startTls

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void a_connection_becomes_tls_in_the_middle(String version) {
        run(() -> {
            SocketAddress address = await(serve((reader, writer) -> {
                assertThat(await(reader.readline())).hasSize("STARTTLS\n".length());
                writer.write("220 go ahead\n", UTF_8);
                assertThat(writer.getExtraInfo("sslcontext")).isNull();
                await(writer.startTls(SERVER));
                assertThat(writer.getExtraInfo("sslcontext")).isNotNull();
                return echo(reader, writer);
            }));
            StreamConnection connection = await(connect(localhost(address)));
            connection.writer().write("STARTTLS\n", UTF_8);
            await(connection.reader().readline());

            await(connection.writer().startTls(version(CLIENT, version)));

            connection.writer().write("secret\n", UTF_8);
            assertThat(new String(await(connection.reader().readline()), UTF_8)).isEqualTo("secret\n");
            byte[] much = new byte[1 << 20];
            connection.writer().write(much);
            assertThat(await(connection.reader().readexactly(1 << 20))).isEqualTo(much);
            await(connection.closeAsync());
            return Coroutine.done();
        });
    }

    /** A client that says STARTTLS and begins at once. */
    @Test
    void what_came_behind_the_command_is_taken_for_tls() {
        run(() -> {
            SocketAddress address = await(serve((reader, writer) -> {
                await(reader.readline());
                await(io.github.jasyncio.Asyncio.sleep(SHORT)); // so that the beginning of TLS comes meanwhile
                await(writer.startTls(SERVER));
                return echo(reader, writer);
            }));
            StreamConnection connection = await(connect(address));
            connection.writer().write("STARTTLS\n", UTF_8);

            await(connection.writer().startTls(CLIENT));

            connection.writer().write("secret\n", UTF_8);
            assertThat(new String(await(connection.reader().readline()), UTF_8)).isEqualTo("secret\n");
            await(connection.closeAsync());
            return Coroutine.done();
        });
    }

    /** Somebody in the middle puts commands behind STARTTLS, which must not count as sent inside of TLS (CVE-2011-0411 and its many siblings). */
    @Test
    void plain_text_behind_the_command_lets_the_handshake_fail() {
        run(() -> {
            Future<Throwable> failure = loop.createFuture();
            SocketAddress address = await(serve((reader, writer) -> {
                await(reader.readline());
                failure.setResult(await(failureOf(writer.startTls(SERVER))));
                return Coroutine.done();
            }));
            StreamConnection connection = await(connect(address));
            connection.writer().write("STARTTLS\nRSET\n", UTF_8);

            assertThat(await(failure))
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageMatching("/127.0.0.1:\\d+ does not speak TLS: it sent \"RSET\"");
            await(failureOf(connection.reader().read()));
            await(failureOf(connection.closeAsync()));
            return Coroutine.done();
        });
    }

    @Test
    void one_that_is_cancelled_while_it_becomes_tls_is_closed() {
        run(() -> {
            SocketAddress address = await(serve((reader, writer) -> {
                assertThat(await(reader.read())).isNotEmpty(); // the beginning of TLS, which it does not answer
                writer.close();
                return Coroutine.done();
            }));
            StreamConnection connection = await(connect(address));

            assertThat(await(failureOf(waitFor(connection.writer().startTls(CLIENT), SHORT))))
                    .isInstanceOf(AsyncTimeoutException.class);

            assertThat(connection.writer().isClosing()).isTrue();
            await(failureOf(connection.writer().waitClosed()));
            return Coroutine.done();
        });
    }

    // ------------------------------------------------------------------------------------------------ what goes wrong

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void a_certificate_that_is_not_trusted_is_refused(String version) {
        run(() -> {
            SocketAddress address = await(serve(NetworkTest::echo, SERVER));

            Throwable failure = await(failureOf(connect(address, version(Tls.of(Certificates.stranger()), version))));

            assertThat(failure)
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageMatching("TLS handshake with /127.0.0.1:\\d+ failed: .*PKIX path building failed.*");
            return Coroutine.done();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void a_certificate_for_another_name_is_refused(String version) {
        run(() -> {
            SocketAddress address = await(serve(NetworkTest::echo, Tls.of(Certificates.otherServer())));

            Throwable failure = await(failureOf(connect(localhost(address), version(CLIENT, version))));

            assertThat(failure)
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageMatching("TLS handshake with localhost/127.0.0.1:\\d+ failed:"
                            + " .*No subject alternative DNS name matching localhost found.*");
            return Coroutine.done();
        });
    }

    @Test
    void an_empty_name_accepts_a_certificate_for_any_that_is_trusted() {
        run(() -> {
            SocketAddress address = await(serve(NetworkTest::echo, Tls.of(Certificates.otherServer())));

            StreamConnection connection = await(connect(address, CLIENT.withServerHostname("")));

            await(connection.closeAsync());
            assertThat(await(failureOf(
                            connect(address, Tls.of(Certificates.stranger()).withServerHostname("")))))
                    .isInstanceOf(SSLHandshakeException.class);
            return Coroutine.done();
        });
    }

    @Test
    void a_server_that_does_not_speak_tls_is_named_with_what_it_said() {
        run(() -> {
            SocketAddress address = await(serve((reader, writer) -> {
                writer.write("220 mail.example ESMTP\r\n", UTF_8);
                await(failureOf(reader.read()));
                writer.close();
                return Coroutine.done();
            }));

            assertThat(await(failureOf(connect(localhost(address), CLIENT))))
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageMatching(
                            "localhost/127.0.0.1:\\d+ does not speak TLS: it sent \"220 mail.example ESMTP\"");
            return Coroutine.done();
        });
    }

    @Test
    void a_client_that_does_not_speak_tls_is_dropped_without_a_report() {
        run(() -> {
            SocketAddress address = await(serve(NetworkTest::echo, SERVER));
            StreamConnection connection = await(connect(address));
            connection.writer().write("GET / HTTP/1.0\r\n\r\n", UTF_8);

            // An alert, or nothing at all if the system throws it away with the connection.
            await(failureOf(connection.reader().read()));

            await(failureOf(connection.closeAsync()));
            return Coroutine.done();
        });
    }

    @Test
    void a_handshake_that_takes_too_long_is_given_up_by_clients() {
        run(() -> {
            SocketAddress address = await(serve((reader, writer) -> {
                await(failureOf(reader.read()));
                writer.close();
                return Coroutine.done();
            }));

            assertThat(await(failureOf(connect(address, CLIENT.withHandshakeTimeout(SHORT)))))
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageMatching(
                            "the TLS handshake with /127.0.0.1:\\d+ takes longer than PT0.05S: the connection is aborted");
            return Coroutine.done();
        });
    }

    @Test
    void a_handshake_that_takes_too_long_is_given_up_by_servers() {
        run(() -> {
            SocketAddress address = await(serve(NetworkTest::echo, SERVER.withHandshakeTimeout(SHORT)));
            StreamConnection connection = await(connect(address));

            await(failureOf(connection.reader().read()));

            await(failureOf(connection.closeAsync()));
            return Coroutine.done();
        });
    }

    @Test
    void one_that_is_cancelled_during_the_handshake_leaves_nothing() {
        run(() -> {
            SocketAddress address = await(serve((reader, writer) -> {
                await(failureOf(reader.read()));
                writer.close();
                return Coroutine.done();
            }));

            assertThat(await(failureOf(waitFor(connect(address, CLIENT), SHORT))))
                    .isInstanceOf(AsyncTimeoutException.class);
            return Coroutine.done();
        });
    }

    @Test
    void an_end_during_the_handshake_is_a_failure() {
        run(() -> {
            SocketAddress address = await(serve((reader, writer) -> {
                await(reader.read(1));
                writer.close();
                return Coroutine.done();
            }));

            assertThat(await(failureOf(connect(address, CLIENT)))).isInstanceOf(IOException.class);
            return Coroutine.done();
        });
    }

    @Test
    void an_end_before_anything_during_the_handshake_says_so() {
        run(() -> {
            SocketAddress address = await(serve((reader, writer) -> {
                await(reader.readexactly(5)); // the rest is read, too, but not looked at
                await(reader.read(100_000));
                writer.close();
                return Coroutine.done();
            }));

            assertThat(await(failureOf(connect(address, CLIENT))))
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageMatching("/127.0.0.1:\\d+ closed the connection during the TLS handshake");
            return Coroutine.done();
        });
    }

    @Test
    void times_are_positive_and_a_context_is_needed() {
        assertThatThrownBy(() -> SERVER.withHandshakeTimeout(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("handshakeTimeout must be positive: PT0S");
        assertThatThrownBy(() -> SERVER.withShutdownTimeout(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("shutdownTimeout must be positive: PT-0.001S");
        assertThatThrownBy(() -> Tls.of(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("Tls: a context was expected, got null; SSLContext.getDefault() is Java's own");
    }

    // ------------------------------------------------------------------------------------------------ the end

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void an_end_without_close_notify_is_a_failure_behind_what_came(String version) {
        run(() -> {
            SocketAddress address = await(serve(
                    (reader, writer) -> {
                        await(reader.readline());
                        writer.write("all\nof i", UTF_8);
                        ((java.nio.channels.SocketChannel) writer.getExtraInfo("socket")).shutdownOutput();
                        await(failureOf(reader.read()));
                        writer.close();
                        return Coroutine.done();
                    },
                    SERVER));
            StreamConnection connection = await(connect(address, version(CLIENT, version)));
            connection.writer().write("go\n", UTF_8);

            assertThat(await(failureOf(connection.writer().waitClosed())))
                    .isInstanceOf(javax.net.ssl.SSLException.class)
                    .hasMessageMatching("the stream may be cut off: /127.0.0.1:\\d+ ended the connection without TLS's"
                            + " close_notify; what has come before can still be read");
            assertThat(new String(await(connection.reader().readline()), UTF_8)).isEqualTo("all\n");
            assertThat(await(failureOf(connection.reader().readline())))
                    .hasMessageStartingWith("the stream may be cut off");
            assertThat(new String(await(connection.reader().read(100)), UTF_8)).isEqualTo("of i");
            assertThat(await(failureOf(connection.reader().read(100))))
                    .hasMessageStartingWith("the stream may be cut off");
            assertThat(connection.reader().exception()).hasMessageStartingWith("the stream may be cut off");
            return Coroutine.done();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void what_was_written_is_sent_before_it_is_closed(String version) {
        run(() -> {
            Future<byte[]> got = loop.createFuture();
            SocketAddress address = await(serve(
                    (reader, writer) -> {
                        got.setResult(await(reader.read()));
                        writer.close();
                        return Coroutine.done();
                    },
                    SERVER));
            StreamConnection connection = await(connect(address, version(CLIENT, version)));
            byte[] much = new byte[MUCH];
            much[MUCH - 1] = 1;
            connection.writer().write(much);

            await(connection.closeAsync());

            assertThat(await(got)).isEqualTo(much);
            return Coroutine.done();
        });
    }

    @Test
    void both_sides_may_close_at_once() {
        run(() -> {
            SocketAddress address = await(serve(
                    (reader, writer) -> {
                        writer.close();
                        return Coroutine.done();
                    },
                    SERVER));
            List<Task<Void>> clients = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                clients.add(createTask(async(() -> {
                    StreamConnection connection = await(connect(address, CLIENT));
                    await(connection.closeAsync());
                    return Coroutine.done();
                })));
            }
            await(gather(clients));
            return Coroutine.done();
        });
    }

    @Test
    void a_reader_that_is_at_its_end_says_so_and_the_connection_is_closed() {
        run(() -> {
            SocketAddress address = await(serve(
                    (reader, writer) -> {
                        writer.write("last\n", UTF_8);
                        writer.close();
                        await(writer.waitClosed());
                        return Coroutine.done();
                    },
                    SERVER));
            StreamConnection connection = await(connect(address, CLIENT));

            assertThat(new String(await(connection.reader().read()), UTF_8)).isEqualTo("last\n");
            await(connection.writer().waitClosed()); // nobody here has closed it
            assertThat(connection.writer().isClosing()).isTrue();
            connection.writer().write("late", UTF_8);
            assertThat(await(failureOf(connection.writer().drain()))).isInstanceOf(IOException.class);
            return Coroutine.done();
        });
    }

    @Test
    void closing_gives_up_on_one_who_does_not_answer() {
        run(() -> {
            Future<Void> end = loop.createFuture();
            SocketAddress address = await(serve(
                    (reader, writer) -> {
                        writer.transport().pauseReading();
                        writer.write("deaf\n", UTF_8);
                        await(end);
                        writer.transport().abort();
                        return Coroutine.done();
                    },
                    SERVER));
            StreamConnection connection = await(connect(address, CLIENT.withShutdownTimeout(SHORT)));
            await(connection.reader().readline());

            connection.writer().close();

            assertThat(await(failureOf(connection.writer().waitClosed())))
                    .isInstanceOf(AsyncTimeoutException.class)
                    .hasMessageMatching(
                            "closing the TLS connection to /127.0.0.1:\\d+ takes longer than PT0.05S: it is aborted");
            end.setResult(null);
            return Coroutine.done();
        });
    }

    @Test
    void closing_while_the_other_side_goes_on_sending_ends() {
        run(() -> {
            SocketAddress address = await(serve(
                    (reader, writer) -> {
                        assertThat(await(failureOf(sendsForEver(writer)))).isInstanceOf(IOException.class);
                        writer.close();
                        return Coroutine.done();
                    },
                    SERVER));
            StreamConnection connection = await(connect(address, CLIENT));
            await(connection.reader().readexactly(100_000));

            await(connection.closeAsync());

            return Coroutine.done();
        });
    }

    @Async
    private static Coroutine<Void> sendsForEver(StreamWriter writer) throws IOException {
        while (true) {
            writer.write(new byte[10_000]);
            await(writer.drain());
        }
    }

    @Test
    void a_reset_is_a_failure() {
        run(() -> {
            SocketAddress address = await(serve(
                    (reader, writer) -> {
                        await(reader.readline());
                        java.nio.channels.SocketChannel channel =
                                (java.nio.channels.SocketChannel) writer.getExtraInfo("socket");
                        channel.setOption(java.net.StandardSocketOptions.SO_LINGER, 0);
                        writer.transport().abort();
                        return Coroutine.done();
                    },
                    SERVER));
            StreamConnection connection = await(connect(address, CLIENT));
            connection.writer().write("go\n", UTF_8);

            assertThat(await(failureOf(connection.reader().read())))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("reset");
            return Coroutine.done();
        });
    }

    @Test
    void thousands_of_short_connections_leave_nothing() {
        run(() -> {
            SocketAddress address = await(serve(NetworkTest::echo, SERVER));
            for (int round = 0; round < 40; round++) {
                List<Task<Void>> clients = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                    clients.add(createTask(async(() -> {
                        StreamConnection connection = await(connect(address, CLIENT));
                        connection.writer().write("x\n", UTF_8);
                        assertThat(await(connection.reader().readline())).hasSize(2);
                        await(connection.closeAsync());
                        return Coroutine.done();
                    })));
                }
                await(gather(clients));
            }
            return Coroutine.done();
        });
    }
}
