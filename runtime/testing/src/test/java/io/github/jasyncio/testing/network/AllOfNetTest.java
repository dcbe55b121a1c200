package io.github.jasyncio.testing.network;

import static io.github.jasyncio.Asyncio.*;
import static io.github.jasyncio.net.Net.*;
import static io.github.jasyncio.testing.AsyncAssertions.assertThrows;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Future;
import io.github.jasyncio.Task;
import io.github.jasyncio.net.BufferedProtocol;
import io.github.jasyncio.net.Connected;
import io.github.jasyncio.net.DatagramProtocol;
import io.github.jasyncio.net.DatagramTransport;
import io.github.jasyncio.net.IncompleteReadException;
import io.github.jasyncio.net.Protocol;
import io.github.jasyncio.net.Server;
import io.github.jasyncio.net.StreamConnection;
import io.github.jasyncio.net.StreamReader;
import io.github.jasyncio.net.StreamWriter;
import io.github.jasyncio.net.Transport;
import io.github.jasyncio.testing.AsyncTest;
import io.github.jasyncio.testing.DeadlockError;
import io.github.jasyncio.testing.Leftover;
import io.github.jasyncio.testing.SimulatedNetwork;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What package {@code net} offers, unchanged on a simulated network: a server on one host, its clients on another. */
class AllOfNetTest {

    private final List<String> trace = new ArrayList<>();

    @TempDir
    private Path directory;

    @BeforeEach
    void link(SimulatedNetwork network) {
        network.link("client", "server").latency(Duration.ofMillis(10));
    }

    private void note(String event) {
        trace.add(getRunningLoop().time() / 1_000_000 + " " + event);
    }

    // ------------------------------------------------------------------------------------------------ streams

    @Async
    private static Coroutine<Void> echo(StreamReader reader, StreamWriter writer) throws IOException {
        try {
            while (true) {
                byte[] line = await(reader.readline());
                if (line.length == 0) {
                    break;
                }
                writer.write(line);
                await(writer.drain());
            }
        } finally {
            writer.close();
        }
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Server> serve() throws IOException {
        return startServer(AllOfNetTest::echo, null, 7);
    }

    @Async
    private Coroutine<Void> talk() throws IOException {
        try (StreamConnection server = await(openConnection("server", 7))) {
            note("connected");
            server.writer().write("hello\nworld\nrest", US_ASCII);
            server.writer().writeEof();
            note(new String(await(server.reader().readline()), US_ASCII).strip());
            note(new String(await(server.reader().readuntil("\n".getBytes(US_ASCII))), US_ASCII).strip());
            assertThat(new String(await(server.reader().read()), US_ASCII)).isEqualTo("rest");
            await(assertThrows(
                    IncompleteReadException.class, () -> server.reader().readexactly(1)));
        }
        note("closed");
        return Coroutine.done();
    }

    @AsyncTest
    void streams(SimulatedNetwork network) throws IOException {
        Server server = await(network.host("server").run(() -> serve()));
        await(network.host("client").run(() -> talk()));
        server.close();
        await(server.waitClosed());

        assertThat(trace).containsExactly("20 connected", "40 hello", "40 world", "40 closed");
    }

    @AsyncTest(schedules = 30)
    void streams_in_other_orders(SimulatedNetwork network) throws IOException {
        Server server = await(network.host("server").run(() -> serve()));
        await(network.host("client").run(() -> Coroutine.of(await(gather(talk(), talk())))));
        server.close();
        await(server.waitClosed());

        assertThat(trace).hasSize(8);
    }

    @AsyncTest
    void a_writer_waits_for_a_reader_who_is_slow(SimulatedNetwork network) throws IOException {
        int size = 3_000_000;
        Server server = await(network.host("server")
                .run(() -> startServer(
                        (reader, writer) -> {
                            try {
                                await(sleep(Duration.ofSeconds(100)));
                                assertThat(await(reader.readexactly(size))).hasSize(size);
                            } finally {
                                writer.close();
                            }
                            return Coroutine.done();
                        },
                        null,
                        7)));
        await(network.host("client").run(() -> {
            try (StreamConnection connection = await(openConnection("server", 7))) {
                connection.writer().write(new byte[size]);
                await(connection.writer().drain());
                note("drained");
                assertThat(await(connection.reader().read())).isEmpty();
            }
            return Coroutine.done();
        }));
        server.close();
        await(server.waitClosed());

        assertThat(trace).hasSize(1);
        assertThat(trace.get(0)).startsWith("100").endsWith("drained");
    }

    // ------------------------------------------------------------------------------------------------ protocols

    /** Counts, without a byte being copied for it. */
    private static final class Counter implements BufferedProtocol {

        private final Future<Integer> count = getRunningLoop().createFuture();
        private final ByteBuffer buffer = ByteBuffer.allocate(1000);
        private int bytes;

        @Override
        public ByteBuffer getBuffer(int sizeHint) {
            return buffer.clear();
        }

        @Override
        public void bufferUpdated(int received) {
            bytes += received;
        }

        @Override
        public void connectionLost(@Nullable Throwable failure) {
            count.setResult(bytes);
        }
    }

    @AsyncTest
    void a_file_is_sent_to_a_buffered_protocol(SimulatedNetwork network) throws IOException {
        Path file = Files.write(directory.resolve("data"), new byte[300_000]);
        List<Counter> counters = new ArrayList<>();
        Server server = await(network.host("server")
                .run(() -> createServer(
                        () -> {
                            counters.add(new Counter());
                            return counters.get(0);
                        },
                        "server",
                        80)));
        await(network.host("client").run(() -> {
            Connected<Transport, Protocol> connected = await(createConnection(() -> new Protocol() {}, "server", 80));
            try (FileChannel channel = FileChannel.open(file)) {
                assertThat(await(sendFile(connected.transport(), channel, 100, 250_000)))
                        .isEqualTo(250_000);
            }
            connected.transport().close();
            return Coroutine.done();
        }));

        assertThat(await(counters.get(0).count)).isEqualTo(250_000);
        server.close();
        await(server.waitClosed());
    }

    @AsyncTest
    void datagrams_to_and_fro(SimulatedNetwork network) throws IOException {
        DatagramTransport server = await(network.host("server").run(() -> answering(53)));
        Future<String> answer = getRunningLoop().createFuture();
        DatagramTransport client = await(network.host("client")
                .run(() -> asking(
                        answer, new InetSocketAddress(network.host("server").address(), 53))));
        client.sendTo(US_ASCII.encode("ping"), null);

        assertThat(await(answer)).isEqualTo("ping, too");
        assertThat(getRunningLoop().time()).isEqualTo(Duration.ofMillis(20).toNanos());
        client.close();
        server.close();
    }

    @Async
    private static Coroutine<DatagramTransport> answering(int port) throws IOException {
        return Coroutine.of(await(createDatagramEndpoint(
                        () -> new DatagramProtocol() {
                            private @Nullable DatagramTransport transport;

                            @Override
                            public void connectionMade(DatagramTransport made) {
                                transport = made;
                            }

                            @Override
                            public void datagramReceived(byte[] data, SocketAddress sender) {
                                Objects.requireNonNull(transport)
                                        .sendTo(US_ASCII.encode(new String(data, US_ASCII) + ", too"), sender);
                            }
                        },
                        new InetSocketAddress(port),
                        null))
                .transport());
    }

    @Async
    private static Coroutine<DatagramTransport> asking(Future<String> answer, InetSocketAddress remote)
            throws IOException {
        return Coroutine.of(await(createDatagramEndpoint(
                        () -> new DatagramProtocol() {
                            @Override
                            public void datagramReceived(byte[] data, SocketAddress sender) {
                                answer.setResult(new String(data, US_ASCII));
                            }
                        },
                        null,
                        remote))
                .transport());
    }

    // ------------------------------------------------------------------------------------------------ bare sockets

    @AsyncTest
    void bare_sockets_of_its_provider(SimulatedNetwork network) throws IOException {
        ServerSocketChannel listening = await(network.host("server").run(() -> {
            ServerSocketChannel channel = network.provider().openServerSocketChannel();
            channel.configureBlocking(false);
            channel.bind(new InetSocketAddress(99));
            return Coroutine.of(channel);
        }));
        Task<Void> server = network.host("server").start(() -> {
            SocketChannel accepted = await(sockAccept(listening));
            await(sockSendAll(accepted, US_ASCII.encode("welcome")));
            accepted.close();
            return Coroutine.done();
        });
        String got = await(network.host("client").run(() -> {
            SocketChannel channel = network.provider().openSocketChannel();
            channel.configureBlocking(false);
            await(sockConnect(
                    channel, new InetSocketAddress(network.host("server").address(), 99)));
            byte[] bytes = await(sockRecv(channel, 100));
            channel.close();
            return Coroutine.of(new String(bytes, US_ASCII));
        }));
        await(server);
        listening.close();

        assertThat(got).isEqualTo("welcome");
    }

    @AsyncTest
    void sockets_of_the_system_are_refused(SimulatedNetwork network) throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
            channel.configureBlocking(false);
            assertThat(await(assertThrows(IllegalArgumentException.class, () -> {
                        getRunningLoop().addReader(channel, () -> {});
                        return Coroutine.done();
                    })))
                    .hasMessageStartingWith(
                            "the loop is on a simulated network, and this is a channel of another one: ")
                    .hasMessageEndingWith(
                            "    open it with network.provider(), or use openConnection, createServer and the like");
        }
        assertThat(network.hosts()).contains("client", "server");
    }

    // ------------------------------------------------------------------------------------------------ what breaks

    @AsyncTest
    void whoever_waits_for_a_host_that_has_vanished_fails_at_once_instead_of_hanging() {
        SimulatedNetwork network = new SimulatedNetwork(1);
        AssertionError error = deadlock(network);

        assertThat(error)
                .isInstanceOf(DeadlockError.class)
                .hasMessageStartingWith("nothing is ready, and nothing can come: these wait for ever\n* Task '")
                .hasMessageContaining("AllOfNetTest.java:")
                .hasMessageEndingWith("Nothing is on its way on <SimulatedNetwork hosts=[server vanished, client]>;"
                        + " whoever waits for an answer that may never come needs a timeout");
        await(sleep(Duration.ZERO));
    }

    /** Once the block had failed with the very failure that closing failed with, which nobody can suppress in itself. */
    @AsyncTest(mayLeave = Leftover.FAILURES) // the server's handler has one, too
    void what_a_read_has_told_is_not_told_again_when_the_stream_is_closed(SimulatedNetwork network) throws IOException {
        Server server = await(network.host("server").run(() -> serve()));
        IOException told = await(network.host("client")
                .run(() -> assertThrows(IOException.class, () -> {
                    try (StreamConnection connection = await(openConnection("server", 7))) {
                        network.host("server").vanish();
                        network.host("server").comeBack();
                        connection.writer().write("hello\n", US_ASCII);
                        await(connection.reader().readline());
                    }
                    return Coroutine.done();
                })));
        server.close();
        server.abortClients();
        await(server.waitClosed());
        await(sleep(Duration.ofSeconds(1)));

        assertThat(told)
                .isExactlyInstanceOf(SocketException.class)
                .hasMessage("Connection reset")
                .hasNoSuppressedExceptions();
    }

    /** With the classes and messages of the JDK's own channels, since programs tell failures apart by them. */
    @AsyncTest(mayLeave = Leftover.FAILURES) // the server's handler has one, too
    void who_writes_to_a_peer_that_has_gone_hears_what_the_system_would_say(SimulatedNetwork network)
            throws IOException {
        Server server = await(network.host("server").run(() -> serve()));
        Throwable told = await(network.host("client").run(() -> {
            StreamConnection connection = await(openConnection("server", 7));
            connection.writer().transport().pauseReading();
            network.host("server").vanish();
            network.host("server").comeBack();
            for (int i = 0; i < 3; i++) {
                connection.writer().write("hello\n", US_ASCII);
                await(sleep(Duration.ofSeconds(1)));
            }
            return assertThrows(IOException.class, () -> {
                await(connection.writer().waitClosed());
                return Coroutine.done();
            });
        }));
        server.close();
        server.abortClients();
        await(server.waitClosed());
        await(sleep(Duration.ofSeconds(1)));

        assertThat(told).isExactlyInstanceOf(IOException.class).hasMessage("Broken pipe");
    }

    private static AssertionError deadlock(SimulatedNetwork network) {
        AssertionError[] found = new AssertionError[1];
        Thread thread = new Thread(() -> {
            try {
                network.run(() -> {
                    await(network.host("server").run(() -> serve()));
                    return network.host("client").run(() -> {
                        try (StreamConnection connection = await(openConnection("server", 7))) {
                            network.host("server").vanish();
                            await(connection.reader().readline());
                        }
                        return Coroutine.done();
                    });
                });
            } catch (AssertionError e) {
                found[0] = e;
            }
        });
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return found[0];
    }
}
