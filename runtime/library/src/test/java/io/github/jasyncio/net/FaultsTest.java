package io.github.jasyncio.net;

import static io.github.jasyncio.Asyncio.async;
import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.gather;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.toThread;
import static io.github.jasyncio.Asyncio.waitFor;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import io.github.jasyncio.AsyncTimeoutException;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Future;
import io.github.jasyncio.Task;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that misbehave, and systems that run short. After each nothing is left: see {@link NetworkTest}. */
@NullUnmarked // as free as a test
class FaultsTest extends NetworkTest {

    private static final Duration SHORT = Duration.ofMillis(50);
    private static final int MUCH = 4 << 20;

    private static @Nullable Tls server(String kind) {
        return kind.equals("tls") ? Tls.of(Certificates.server()) : null;
    }

    private static @Nullable Tls client(String kind) {
        return kind.equals("tls") ? Tls.of(Certificates.client()) : null;
    }

    // ------------------------------------------------------------------------------------------------ peers

    @ParameterizedTest
    @ValueSource(strings = {"plain", "tls"})
    void connections_that_are_reset_in_the_middle_end_their_handlers(String kind) {
        run(() -> {
            SocketAddress address = await(serve(NetworkTest::echo, server(kind)));
            for (int i = 0; i < 50; i++) {
                StreamConnection connection = await(connect(address, client(kind)));
                connection.writer().write("line\n", UTF_8);
                await(connection.reader().readline());
                connection.writer().write(new byte[i * 1000]);
                ((SocketChannel) connection.writer().getExtraInfo("socket"))
                        .setOption(StandardSocketOptions.SO_LINGER, 0);
                connection.writer().transport().abort();
                await(failureOf(connection.writer().waitClosed()));
            }
            await(endOfHandlers());
            // What they failed with, if they had not ended already: the reset.
            assertThat(reports)
                    .allSatisfy(report -> assertThat(report.get("exception")).isInstanceOf(IOException.class));
            reports.clear();
            return Coroutine.done();
        });
    }

    private Coroutine<Void> endOfHandlers() {
        return async(() -> {
            while (io.github.jasyncio.Asyncio.allTasks().size() > 1) {
                await(sleep(Duration.ofMillis(1)));
            }
            return Coroutine.done();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "tls"})
    void a_client_that_ends_its_side_gets_all_that_is_sent_to_it(String kind) {
        run(() -> {
            SocketAddress address = await(serve(
                    (reader, writer) -> {
                        await(failureOf(reader.read()));
                        writer.write(new byte[MUCH]);
                        await(failureOf(writer.drain()));
                        writer.close();
                        await(failureOf(writer.waitClosed()));
                        return Coroutine.done();
                    },
                    null));
            StreamConnection connection = await(connect(address));
            connection.writer().writeEof();

            assertThat(await(connection.reader().read())).hasSize(MUCH);

            await(connection.closeAsync());
            return Coroutine.done();
        });
    }

    /** A peer that is there, and neither reads nor writes nor ends. */
    @ParameterizedTest
    @ValueSource(strings = {"plain", "tls"})
    void who_waits_for_a_silent_peer_may_give_up(String kind) {
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
                    server(kind)));
            StreamConnection connection = await(connect(address, client(kind)));
            await(connection.reader().readline());
            connection.writer().write(new byte[32 << 20]);

            assertThat(await(failureOf(waitFor(connection.reader().readline(), SHORT))))
                    .isInstanceOf(AsyncTimeoutException.class);
            assertThat(await(failureOf(waitFor(connection.writer().drain(), SHORT))))
                    .isInstanceOf(AsyncTimeoutException.class);
            connection.writer().transport().abort();
            await(failureOf(connection.writer().waitClosed()));

            assertThat(connection.writer().transport().getWriteBufferSize()).isZero();
            end.setResult(null);
            return Coroutine.done();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "tls"})
    void a_slow_reader_gets_all_of_it(String kind) {
        run(() -> {
            byte[] much = new byte[400_000];
            much[much.length - 1] = 'x';
            SocketAddress address = await(serve(
                    (reader, writer) -> {
                        writer.write(much);
                        await(writer.drain());
                        writer.close();
                        await(failureOf(writer.waitClosed()));
                        return Coroutine.done();
                    },
                    server(kind)));

            byte[] all = await(toThread(() -> {
                int port = ((InetSocketAddress) address).getPort();
                try (Socket socket = kind.equals("plain")
                        ? new Socket("localhost", port)
                        : Certificates.client().getSocketFactory().createSocket("localhost", port)) {
                    byte[] read = new byte[much.length];
                    for (int i = 0; i < read.length; i += 1000) {
                        socket.getInputStream().readNBytes(read, i, 1000);
                    }
                    return read;
                }
            }));

            assertThat(all).isEqualTo(much);
            return Coroutine.done();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "tls"})
    void a_handler_that_throws_in_one_connection_bothers_no_other(String kind) {
        run(() -> {
            SocketAddress address = await(serve(
                    (reader, writer) -> {
                        byte[] line = await(reader.readline());
                        if (line[0] == 'b') {
                            throw new AssertionError("bad");
                        }
                        writer.write(line);
                        writer.close();
                        return Coroutine.done();
                    },
                    server(kind)));
            for (int i = 0; i < 20; i++) {
                StreamConnection good = await(connect(address, client(kind)));
                StreamConnection bad = await(connect(address, client(kind)));
                bad.writer().write("bad\n", UTF_8);
                good.writer().write("good\n", UTF_8);
                assertThat(await(bad.reader().read())).isEmpty();
                assertThat(new String(await(good.reader().read()), UTF_8)).isEqualTo("good\n");
                await(bad.closeAsync());
                await(good.closeAsync());
            }

            assertThat(reports)
                    .hasSize(20)
                    .allSatisfy(report -> assertThat(report.get("exception")).isInstanceOf(AssertionError.class));
            reports.clear();
            return Coroutine.done();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "tls"})
    void a_program_that_ends_with_connections_open_leaves_none(String kind) {
        List<Socket> clients = new ArrayList<>();
        io.github.jasyncio.Asyncio.run(async(() -> {
            getRunningLoop().setExceptionHandler((source, context) -> reports.add(context));
            Server server =
                    await(Net.startServer(NetworkTest::echo, loopback(), ServeOptions.DEFAULTS.withTls(server(kind))));
            SocketAddress address = server.sockets().get(0).getLocalAddress();
            List<StreamConnection> connections = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                StreamConnection connection = await(connect(address, client(kind)));
                connection.writer().write("line\n", UTF_8);
                await(connection.reader().readline());
                connections.add(connection);
                clients.add(new Socket("localhost", ((InetSocketAddress) address).getPort())); // says nothing
            }
            return Coroutine.of(connections.size());
        }));
        for (Socket client : clients) {
            try (client) {
                assertThat(client.getInputStream().read()).isEqualTo(-1);
            } catch (IOException e) {
                // Reset: as good an end.
            }
        }
    }

    // ------------------------------------------------------------------------------------------------ many

    @ParameterizedTest
    @ValueSource(strings = {"plain", "tls"})
    void two_thousand_connections_at_once(String kind) {
        int count = 2000;
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            assumeTrue(
                    system.getMaxFileDescriptorCount() > 2 * count + 200,
                    "the process may have only " + system.getMaxFileDescriptorCount() + " descriptors");
        }
        run(() -> {
            SocketAddress address = await(serve(
                    NetworkTest::echo,
                    loopback(),
                    ServeOptions.DEFAULTS.withBacklog(count).withTls(server(kind))));
            List<Task<Void>> clients = new ArrayList<>();
            Future<Void> all = loop.createFuture();
            int[] connected = {0};
            for (int i = 0; i < count; i++) {
                String line = "line " + i + "\n";
                clients.add(createTask(async(() -> {
                    StreamConnection connection = await(connect(address, client(kind)));
                    if (++connected[0] == count) {
                        all.setResult(null);
                    }
                    await(io.github.jasyncio.Asyncio.shield(all)); // so that all are there at once
                    for (int round = 0; round < 3; round++) {
                        connection.writer().write(line, UTF_8);
                        assertThat(new String(await(connection.reader().readline()), UTF_8))
                                .isEqualTo(line);
                    }
                    await(connection.closeAsync());
                    return Coroutine.done();
                })));
            }
            await(gather(clients));
            return Coroutine.done();
        });
    }

    /** Sixty-four descriptors and a hundred clients: those that cannot be accepted wait, until others go. */
    @Test
    void a_server_without_descriptors_pauses_and_goes_on() throws Exception {
        assumeTrue(Path.of("/bin/sh").toFile().canExecute(), "there is no /bin/sh to limit descriptors with");
        Process child = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "ulimit -n 64 && exec \"$0\" \"$@\"",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        ownClassPath(),
                        FewDescriptors.class.getName())
                .redirectErrorStream(true)
                .start();
        List<Socket> waiting = new ArrayList<>();
        try (BufferedReader said = new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8))) {
            String first = said.readLine();
            assertThat(first).matches("\\d+");
            int port = Integer.parseInt(first);
            InetAddress host = InetAddress.getLoopbackAddress();
            try (Socket warm = new Socket(host, port)) {
                assertThat(ask(warm)).startsWith("0 reports");
            }
            for (int i = 0; i < 100; i++) {
                waiting.add(new Socket(host, port));
            }
            assertThat(ask(waiting.get(0)))
                    .as("the first ones are served while the last ones wait")
                    .contains("reports");

            // Most go, and the others have to be served, after a second at the latest. A loop that spins makes
            // thousands of reports in that second.
            waiting.subList(0, 90).forEach(FaultsTest::close);
            String last = "";
            for (Socket late : waiting.subList(90, 100)) {
                last = ask(late);
            }
            assertThat(last)
                    .matches("[1-9]\\d? reports, the first socket.accept\\(\\) out of system resource:"
                            + " java.io.IOException: Too many open files.*");
            waiting.get(99).getOutputStream().write("exit\n".getBytes(UTF_8));
            assertThat(child.waitFor()).isZero();
        } finally {
            waiting.forEach(FaultsTest::close);
            child.destroyForcibly().waitFor();
        }
    }

    /** Of the class path what the program needs: each jar takes a descriptor. */
    private static String ownClassPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith(".jar") || entry.contains("jasyncio-core"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Says something, and gives the answer. */
    private static String ask(Socket socket) throws IOException {
        socket.getOutputStream().write("ask\n".getBytes(UTF_8));
        StringBuilder answer = new StringBuilder();
        for (int c = socket.getInputStream().read();
                c >= 0 && c != '\n';
                c = socket.getInputStream().read()) {
            answer.append((char) c);
        }
        return answer.toString();
    }
}
