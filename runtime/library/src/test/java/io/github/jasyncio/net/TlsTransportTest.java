package io.github.jasyncio.net;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.toThread;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Future;
import io.github.jasyncio.Task;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code test_sslproto}, {@code test_ssl} and {@code test_buffered_proto}, by transports and protocols. */
@NullUnmarked // as free as a test
class TlsTransportTest extends NetworkTest {

    private static final Tls SERVER = Tls.of(Certificates.server());
    private static final Tls CLIENT = Tls.of(Certificates.client());
    private static final ConnectOptions WITH_TLS = ConnectOptions.DEFAULTS.withTls(CLIENT);

    /** Writes down what it is told. */
    private class Noting implements Protocol {

        final List<String> told = new ArrayList<>();
        final ByteArrayOutputStream received = new ByteArrayOutputStream();
        final Future<Throwable> lost = loop.createFuture();
        Transport transport;

        @Override
        public void connectionMade(Transport transport) {
            this.transport = transport;
            told.add("made");
        }

        @Override
        public void dataReceived(byte[] data) {
            received.writeBytes(data);
        }

        @Override
        public boolean eofReceived() {
            told.add("eof");
            return false;
        }

        @Override
        public void connectionLost(Throwable failure) {
            told.add("lost " + (failure == null ? null : failure.getClass().getSimpleName()));
            lost.setResult(failure);
        }

        @Async
        Coroutine<String> received(int count) {
            while (received.size() < count) {
                await(turn());
            }
            return Coroutine.of(received.toString(UTF_8));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    // ------------------------------------------------------------------------------------------------ protocols

    @Test
    void a_protocol_is_told_what_it_would_be_told_without_tls() {
        run(() -> {
            SocketAddress address = await(serve(NetworkTest::echo, SERVER));
            Noting client = new Noting();
            Connected<Transport, Noting> connected = await(Net.createConnection(() -> client, address, WITH_TLS));
            assertThat(connected.protocol()).isSameAs(client);
            assertThat(connected.transport()).isSameAs(client.transport);
            assertThat(client.transport.getProtocol()).isSameAs(client);

            client.transport.write(ByteBuffer.wrap(bytes("one ")));
            client.transport.writeLines(List.of(bytes("two "), bytes("three")));
            client.transport.write(new byte[0]);
            assertThat(await(client.received(13))).isEqualTo("one two three");
            client.transport.close();
            client.transport.close();

            assertThat(await(client.lost)).isNull();
            assertThat(client.told).containsExactly("made", "lost null");
            return Coroutine.done();
        });
    }

    @Test
    void the_other_sides_close_is_told_as_the_end() {
        run(() -> {
            SocketAddress address = await(serve(
                    (reader, writer) -> {
                        writer.close();
                        return Coroutine.done();
                    },
                    SERVER));
            Noting client = new Noting();
            await(Net.createConnection(() -> client, address, WITH_TLS));

            assertThat(await(client.lost)).isNull();

            assertThat(client.told).containsExactly("made", "eof", "lost null");
            return Coroutine.done();
        });
    }

    @Test
    void a_buffered_protocol_gets_its_bytes_in_its_buffers() {
        run(() -> {
            SocketAddress address = await(serve(NetworkTest::echo, SERVER));
            ByteArrayOutputStream got = new ByteArrayOutputStream();
            class Buffered extends Noting implements BufferedProtocol {
                private final ByteBuffer buffer = ByteBuffer.allocate(1);

                @Override
                public ByteBuffer getBuffer(int sizeHint) {
                    return buffer.clear();
                }

                @Override
                public void bufferUpdated(int count) {
                    got.write(buffer.array(), 0, count);
                }

                @Override
                public void dataReceived(byte[] data) {
                    BufferedProtocol.super.dataReceived(data);
                }
            }
            Buffered client = new Buffered();
            await(Net.createConnection(() -> client, address, WITH_TLS));
            client.transport.write(bytes("12345678901234567890"));
            while (got.size() < 20) {
                await(turn());
            }
            assertThat(got).hasToString("12345678901234567890");
            client.transport.close();
            await(client.lost);
            return Coroutine.done();
        });
    }

    @Test
    void another_protocol_may_take_over() {
        run(() -> {
            SocketAddress address = await(serve(NetworkTest::echo, SERVER));
            Noting first = new Noting();
            Noting second = new Noting();
            await(Net.createConnection(() -> first, address, WITH_TLS));

            first.transport.setProtocol(second);
            first.transport.write(bytes("for the second"));

            assertThat(await(second.received(14))).isEqualTo("for the second");
            first.transport.close();
            await(second.lost);
            assertThat(first.told).containsExactly("made");
            return Coroutine.done();
        });
    }

    @Test
    void accepted_and_connected_channels_become_tls() {
        run(() -> {
            Noting client = new Noting();
            Noting server = new Noting();
            try (ServerSocketChannel listening = ServerSocketChannel.open().bind(loopback())) {
                SocketChannel connecting = SocketChannel.open(listening.getLocalAddress());
                SocketChannel accepted = listening.accept();
                var serving = createTask(Net.connectAcceptedSocket(() -> server, accepted, SERVER));
                await(Net.createConnection(() -> client, connecting, CLIENT));
                await(serving);
            }

            client.transport.write(bytes("hello"));
            assertThat(await(server.received(5))).isEqualTo("hello");

            client.transport.close();
            await(client.lost);
            await(server.lost);
            return Coroutine.done();
        });
    }

    // ------------------------------------------------------------------------------------------------ startTls

    /** Begins TLS when it hears a line, and sends back what comes in it. */
    private class Upgrading extends Noting {

        private final Tls tls;

        Upgrading(Tls tls) {
            this.tls = tls;
        }

        @Override
        public void dataReceived(byte[] data) {
            if (tls != null) {
                transport.write(bytes("go ahead"));
                Task<Void> upgrading = createTask(upgrade());
                upgrading.addDoneCallback(done -> assertThat(done.exception()).isNull());
            } else if (transport != null) {
                transport.write(data);
            } else {
                received.writeBytes(data); // before startTls has given the transport
            }
        }

        @Async
        private Coroutine<Void> upgrade() {
            Upgrading inner = new Upgrading(null);
            Coroutine<Transport> upgraded;
            try {
                upgraded = Net.startTls(transport, inner, tls, true);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            inner.transport = await(upgraded);
            inner.transport.write(inner.received.toByteArray());
            return Coroutine.done();
        }
    }

    @Test
    void a_transport_becomes_tls_on_both_sides() {
        run(() -> {
            Upgrading server = new Upgrading(SERVER);
            Server listening = await(Net.createServer(() -> server, loopback()));
            Noting client = new Noting();
            await(Net.createConnection(() -> client, listening.sockets().get(0).getLocalAddress()));
            client.transport.write(bytes("STARTTLS"));
            await(client.received(8));

            client.transport = await(Net.startTls(client.transport, client, CLIENT, false));

            client.transport.write(bytes("secret"));
            assertThat(await(client.received(14))).isEqualTo("go aheadsecret");
            assertThat(client.told).containsExactly("made");
            client.transport.close();
            await(client.lost);
            listening.close();
            await(listening.waitClosed());
            return Coroutine.done();
        });
    }

    @Test
    void tls_runs_over_tls() {
        run(() -> {
            Upgrading server = new Upgrading(SERVER);
            Server listening = await(Net.createServer(() -> server, loopback(), ServeOptions.DEFAULTS.withTls(SERVER)));
            Noting client = new Noting();
            await(Net.createConnection(() -> client, listening.sockets().get(0).getLocalAddress(), WITH_TLS));
            client.transport.write(bytes("STARTTLS"));
            await(client.received(8));

            client.transport = await(Net.startTls(client.transport, client, CLIENT, false));

            byte[] much = new byte[1 << 20];
            much[much.length - 1] = 'x';
            client.transport.write(much);
            String all = await(client.received(8 + much.length));
            assertThat(all).startsWith("go ahead").endsWith("x");
            assertThat(client.transport)
                    .asString()
                    .startsWith("<TlsTransport over=<TlsTransport over=<SocketTransport ");
            client.transport.close();
            assertThat(await(client.lost)).isNull();
            listening.close();
            await(listening.waitClosed());
            return Coroutine.done();
        });
    }

    @Test
    void what_is_needed_must_be_there() {
        assertThatThrownBy(() -> Net.startTls(null, new Noting(), CLIENT, false))
                .hasMessage("startTls: a transport was expected, got null");
    }

    // ------------------------------------------------------------------------------------------------ reading

    @Test
    void what_came_while_reading_was_paused_is_told_later_and_so_is_the_end() {
        run(() -> {
            Future<Void> sent = loop.createFuture();
            SocketAddress address = await(serve(
                    (reader, writer) -> {
                        writer.write("hello", UTF_8);
                        await(reader.readexactly(5));
                        writer.write("extra bytes", UTF_8);
                        writer.close();
                        sent.setResult(null);
                        return Coroutine.done();
                    },
                    SERVER));
            Noting client = new Noting() {
                @Override
                public void dataReceived(byte[] data) {
                    super.dataReceived(data);
                    if (received.size() == 5) {
                        transport.write(bytes("world"));
                        transport.pauseReading();
                    }
                }
            };
            await(Net.createConnection(() -> client, address, WITH_TLS));
            await(sent);
            await(sleep(Duration.ofMillis(50)));
            assertThat(client.received).hasToString("hello");
            assertThat(client.transport.isReading()).isFalse();

            client.transport.resumeReading();
            client.transport.resumeReading();

            assertThat(await(client.lost)).isNull();
            assertThat(client.received).hasToString("helloextra bytes");
            assertThat(client.told).containsExactly("made", "eof", "lost null");
            return Coroutine.done();
        });
    }

    /** Records that came together with the one after which the protocol paused. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void a_protocol_that_pauses_after_every_piece_gets_all_of_them(int turnsPaused) {
        run(() -> {
            int size = 300_000;
            SocketAddress address = await(serve(
                    (reader, writer) -> {
                        byte[] all = new byte[size];
                        all[size - 1] = 'x';
                        writer.write(all);
                        writer.close();
                        return Coroutine.done();
                    },
                    SERVER));
            Noting client = new Noting() {
                @Override
                public void dataReceived(byte[] data) {
                    assertThat(transport.isReading()).isTrue();
                    super.dataReceived(data);
                    transport.pauseReading();
                    resumeAfter(turnsPaused);
                }

                private void resumeAfter(int turns) {
                    loop.callSoon(turns == 0 ? transport::resumeReading : () -> resumeAfter(turns - 1));
                }
            };
            await(Net.createConnection(() -> client, address, WITH_TLS));

            assertThat(await(client.lost)).isNull();
            assertThat(client.received.size()).isEqualTo(size);
            assertThat(client.received.toByteArray()[size - 1]).isEqualTo((byte) 'x');
            return Coroutine.done();
        });
    }

    @Test
    void closing_while_reading_is_paused_ends() {
        run(() -> {
            SocketAddress address = await(serve(NetworkTest::echo, SERVER));
            Noting client = new Noting();
            await(Net.createConnection(() -> client, address, WITH_TLS));
            client.transport.pauseReading();
            client.transport.write(bytes("x"));

            client.transport.close();

            assertThat(await(client.lost)).isNull();
            assertThat(client.received.size()).isZero();
            return Coroutine.done();
        });
    }

    // ------------------------------------------------------------------------------------------------ failures

    @Test
    void bytes_that_are_no_tls_in_the_middle_are_a_failure() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, loopback().getAddress())) {
            run(() -> {
                Noting client = new Noting();
                var breaking = createTask(toThread(() -> {
                    try (Socket plain = server.accept()) {
                        SSLSocket tls = (SSLSocket)
                                Certificates.server().getSocketFactory().createSocket(plain, null, 0, false);
                        tls.setUseClientMode(false);
                        tls.startHandshake();
                        tls.getInputStream().read();
                        plain.getOutputStream().write(bytes("please wait a moment, this is no TLS at all"));
                        while (plain.getInputStream().read() >= 0) {}
                        return null;
                    }
                }));
                await(Net.createConnection(() -> client, server.getLocalSocketAddress(), WITH_TLS));
                client.transport.write(bytes("x"));

                assertThat(await(client.lost)).isInstanceOf(SSLException.class);
                await(failureOf(breaking));
                return Coroutine.done();
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"connectionMade", "dataReceived", "eofReceived"})
    void a_protocol_that_throws_is_reported_and_its_connection_closed(String where) {
        run(() -> {
            SocketAddress address = await(serve(
                    (reader, writer) -> {
                        writer.write("x", UTF_8);
                        await(sleep(Duration.ofMillis(10)));
                        writer.close();
                        return Coroutine.done();
                    },
                    SERVER));
            Noting client = new Noting() {
                @Override
                public void connectionMade(Transport transport) {
                    super.connectionMade(transport);
                    failIf("connectionMade");
                }

                @Override
                public void dataReceived(byte[] data) {
                    failIf("dataReceived");
                }

                @Override
                public boolean eofReceived() {
                    failIf("eofReceived");
                    return false;
                }

                private void failIf(String here) {
                    if (here.equals(where)) {
                        throw new IllegalStateException("broken " + here);
                    }
                }
            };
            Throwable failure = await(failureOf(Net.createConnection(() -> client, address, WITH_TLS)));

            assertThat(await(client.lost))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("broken " + where);

            assertThat(failure != null).isEqualTo(where.equals("connectionMade"));
            Map<String, Object> report = reports.remove(0);
            assertThat(report.get("message")).isEqualTo("Fatal error on TLS protocol");
            assertThat(report.get("protocol")).isSameAs(client);
            assertThat((Throwable) report.get("exception")).hasMessage("broken " + where);
            return Coroutine.done();
        });
    }

    @Test
    void writes_on_a_closed_connection_are_dropped() {
        run(() -> {
            SocketAddress address = await(serve(NetworkTest::echo, SERVER));
            Noting client = new Noting();
            await(Net.createConnection(() -> client, address, WITH_TLS));
            client.transport.close();
            ByteBuffer late = ByteBuffer.wrap(bytes("late"));
            client.transport.write(late);
            assertThat(late.hasRemaining()).isFalse();

            assertThat(await(client.lost)).isNull();
            client.transport.write(bytes("too late"));
            assertThat(client.transport.isClosing()).isTrue();
            assertThat(client.transport.getExtraInfo("peername")).isEqualTo(address);
            return Coroutine.done();
        });
    }

    @Test
    void a_name_is_needed_unless_none_is_wanted(@TempDir Path folder) {
        run(() -> {
            SocketAddress address = java.net.UnixDomainSocketAddress.of(folder.resolve("socket"));
            await(serve(NetworkTest::echo, address, SERVER));

            assertThat(await(failureOf(connect(address, CLIENT))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a TLS client must know the server's name, and this connection has none:"
                            + " tls.withServerHostname(name); empty to accept any");

            StreamConnection connection = await(connect(address, CLIENT.withServerHostname("localhost")));
            connection.writer().write("line\n", UTF_8);
            assertThat(await(connection.reader().readline())).hasSize(5);
            await(connection.closeAsync());
            return Coroutine.done();
        });
    }

    @Test
    void limits_of_the_buffer_are_those_of_what_is_below() {
        run(() -> {
            Future<Void> read = loop.createFuture();
            SocketAddress address = await(serve(
                    (reader, writer) -> {
                        await(read);
                        return echo(reader, writer);
                    },
                    SERVER));
            Noting client = new Noting() {
                @Override
                public void pauseWriting() {
                    told.add("paused");
                }

                @Override
                public void resumeWriting() {
                    told.add("resumed");
                }
            };
            await(Net.createConnection(() -> client, address, WITH_TLS));
            assertThat(client.transport.getWriteBufferLimits())
                    .isEqualTo(new WriteBufferLimits(128 * 1024, 512 * 1024));
            client.transport.setWriteBufferLimits(0, 0);
            client.transport.write(new byte[16 << 20]);
            assertThat(client.told).containsExactly("made", "paused");
            assertThat(client.transport.getWriteBufferSize()).isPositive();

            read.setResult(null);
            while (client.told.size() < 3) {
                await(turn());
            }

            assertThat(client.told).containsExactly("made", "paused", "resumed");
            assertThat(client.transport.getWriteBufferSize()).isZero();
            client.transport.abort();
            assertThat(await(client.lost)).isNull();
            while (reports.isEmpty()) {
                await(turn());
            }
            assertThat((Throwable) reports.remove(0).get("exception")).isInstanceOf(IOException.class);
            return Coroutine.done();
        });
    }

    // ------------------------------------------------------------------------------------------------ files

    @Test
    void a_file_is_sent_and_the_protocol_is_told_nothing_of_it(@TempDir Path folder) throws Exception {
        byte[] content = new byte[8 << 20];
        content[100] = 'b';
        content[content.length - 2] = 'e';
        Path path = Files.write(folder.resolve("file"), content);
        try (FileChannel file = FileChannel.open(path)) {
            run(() -> {
                Future<byte[]> got = loop.createFuture();
                Future<Void> read = loop.createFuture();
                SocketAddress address = await(serve(
                        (reader, writer) -> {
                            await(read);
                            got.setResult(await(reader.read()));
                            writer.close();
                            return Coroutine.done();
                        },
                        SERVER));
                Noting client = new Noting() {
                    @Override
                    public void pauseWriting() {
                        told.add("paused");
                    }
                };
                await(Net.createConnection(() -> client, address, WITH_TLS));
                client.transport.write(bytes("before "));
                Task<Long> sending = createTask(Net.sendFile(client.transport, file, 100, content.length - 101));
                await(sleep(Duration.ofMillis(20)));
                assertThat(sending.isDone()).isFalse();
                assertThat(await(failureOf(Net.sendFile(client.transport, file, 0, 1))))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("sendFile is in progress already: " + client.transport);
                read.setResult(null);

                assertThat(await(sending)).isEqualTo(content.length - 101);

                assertThat(file.position()).isEqualTo(content.length - 1);
                assertThat(client.transport.getProtocol()).isSameAs(client);
                assertThat(client.transport.isReading()).isTrue();
                client.transport.write(bytes(" after"));
                client.transport.close();
                await(client.lost);
                byte[] received = await(got);
                assertThat(received).hasSize(7 + content.length - 101 + 6);
                assertThat(new String(received, 0, 8, UTF_8)).isEqualTo("before b");
                assertThat(new String(received, received.length - 7, 7, UTF_8)).isEqualTo("e after");
                assertThat(client.told).containsOnlyOnce("made", "lost null");
                return Coroutine.done();
            });
        }
    }

    @Test
    void a_file_ends_where_it_ends_and_is_not_sent_on_a_closing_connection(@TempDir Path folder) throws Exception {
        Path path = Files.writeString(folder.resolve("file"), "content");
        try (FileChannel file = FileChannel.open(path)) {
            run(() -> {
                SocketAddress address = await(serve(NetworkTest::echo, SERVER));
                Noting client = new Noting();
                await(Net.createConnection(() -> client, address, WITH_TLS));

                assertThat(await(Net.sendFile(client.transport, file, 3, 1000))).isEqualTo(4);
                assertThat(await(Net.sendFile(client.transport, file, 100, 1))).isZero();
                assertThat(await(client.received(4))).isEqualTo("tent");

                client.transport.close();
                assertThat(await(failureOf(Net.sendFile(client.transport, file, 0, 1))))
                        .hasMessageStartingWith("sendFile: the transport is closing: <TlsTransport closing");
                await(client.lost);
                return Coroutine.done();
            });
        }
    }

    @Test
    void a_connection_that_is_lost_while_a_file_is_sent_is_a_failure_of_both(@TempDir Path folder) throws Exception {
        Path path = Files.write(folder.resolve("file"), new byte[8 << 20]);
        try (FileChannel file = FileChannel.open(path)) {
            run(() -> {
                Future<Void> end = loop.createFuture();
                SocketAddress address = await(serve(
                        (reader, writer) -> {
                            writer.transport().pauseReading();
                            await(end);
                            writer.transport().abort();
                            return Coroutine.done();
                        },
                        SERVER));
                Noting client = new Noting();
                await(Net.createConnection(() -> client, address, WITH_TLS));
                Task<Long> sending = createTask(Net.sendFile(client.transport, file, 0, 8 << 20));
                await(sleep(Duration.ofMillis(20)));
                end.setResult(null);

                assertThat(await(failureOf(sending))).isInstanceOf(IOException.class);

                await(client.lost);
                assertThat(client.transport.getProtocol()).isSameAs(client);
                return Coroutine.done();
            });
        }
    }
}
