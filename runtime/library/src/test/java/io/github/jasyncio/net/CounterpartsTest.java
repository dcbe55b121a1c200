package io.github.jasyncio.net;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.toThread;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.conformance.Python;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams whose other side is not ours: the JDK's blocking sockets and HTTP, curl, OpenSSL, and asyncio itself. */
@NullUnmarked // as free as a test
class CounterpartsTest extends NetworkTest {

    private static final int MUCH = 4 << 20;

    private static final Tls SERVER = Tls.of(Certificates.server());
    private static final Tls CLIENT = Tls.of(Certificates.client());

    private static int port(SocketAddress address) {
        return ((InetSocketAddress) address).getPort();
    }

    private static InetSocketAddress localhost(int port) {
        return new InetSocketAddress("localhost", port);
    }

    private static byte[] much() {
        byte[] much = new byte[MUCH];
        for (int i = 0; i < MUCH; i++) {
            much[i] = (byte) (i * 31 + i / 251);
        }
        return much;
    }

    /** Answers a request of HTTP 1.0 with its first line. */
    @Async
    private static Coroutine<Void> answerHttp(StreamReader reader, StreamWriter writer) throws IOException {
        String first = new String(await(reader.readline()), UTF_8).strip();
        while (await(reader.readline()).length > 2) {}
        writer.write("HTTP/1.0 200 OK\r\nContent-Length: " + first.length() + "\r\nConnection: close\r\n\r\n", UTF_8);
        writer.write(first, UTF_8);
        await(writer.drain());
        writer.close();
        await(writer.waitClosed());
        return Coroutine.done();
    }

    /** What a server answers to a request of HTTP 1.0. */
    @Async
    private static Coroutine<String> get(int port, @Nullable Tls tls) throws IOException {
        StreamConnection connection = await(connect(localhost(port), tls));
        connection.writer().write("GET /path HTTP/1.0\r\nHost: localhost\r\n\r\n", UTF_8);
        await(connection.writer().drain());
        StringBuilder head = new StringBuilder();
        int length = -1;
        while (true) {
            String line = new String(await(connection.reader().readline()), UTF_8);
            head.append(line);
            if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(15).strip());
            }
            if (line.isBlank()) {
                break;
            }
        }
        String body = new String(
                length < 0
                        ? await(connection.reader().read())
                        : await(connection.reader().readexactly(length)),
                UTF_8);
        await(failureOf(connection.closeAsync()));
        return Coroutine.of(head.substring(0, head.indexOf("\r")) + " " + body);
    }

    // ------------------------------------------------------------------------------------------------ blocking sockets

    @ParameterizedTest
    @ValueSource(strings = {"plain", "TLSv1.2", "TLSv1.3"})
    void a_blocking_socket_is_served(String kind) {
        byte[] much = much();
        run(() -> {
            SocketAddress address = await(serve(NetworkTest::echo, kind.equals("plain") ? null : SERVER));

            byte[] back = await(toThread(() -> {
                try (Socket socket = open(kind, port(address))) {
                    Thread writing = new Thread(() -> write(socket, much));
                    writing.start();
                    byte[] read = socket.getInputStream().readNBytes(MUCH);
                    writing.join();
                    if (socket instanceof SSLSocket tls) {
                        tls.shutdownOutput();
                        assertThat(tls.getInputStream().read()).isEqualTo(-1);
                    }
                    return read;
                }
            }));

            assertThat(back).isEqualTo(much);
            return Coroutine.done();
        });
    }

    private static Socket open(String kind, int port) throws IOException {
        if (kind.equals("plain")) {
            return new Socket("localhost", port);
        }
        SSLSocket socket = (SSLSocket) Certificates.client().getSocketFactory().createSocket("localhost", port);
        socket.setEnabledProtocols(new String[] {kind});
        return socket;
    }

    private static void write(Socket socket, byte[] data) {
        try {
            OutputStream out = socket.getOutputStream();
            for (int i = 0; i < data.length; i += 100_000) {
                out.write(data, i, Math.min(100_000, data.length - i));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "TLSv1.2", "TLSv1.3"})
    void a_blocking_server_is_talked_to(String kind) throws Exception {
        byte[] much = much();
        ServerSocket server = kind.equals("plain")
                ? new ServerSocket(0, 1, loopback().getAddress())
                : Certificates.server()
                        .getServerSocketFactory()
                        .createServerSocket(0, 1, loopback().getAddress());
        if (server instanceof SSLServerSocket tls) {
            tls.setEnabledProtocols(new String[] {kind});
        }
        Thread echoing = new Thread(() -> {
            try (Socket accepted = server.accept()) {
                byte[] all = accepted.getInputStream().readNBytes(MUCH);
                accepted.getOutputStream().write(all);
                assertThat(accepted.getInputStream().read()).isEqualTo(-1);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        echoing.start();
        run(() -> {
            StreamConnection connection =
                    await(connect(localhost(server.getLocalPort()), kind.equals("plain") ? null : CLIENT));
            connection.writer().write(much);

            assertThat(await(connection.reader().readexactly(MUCH))).isEqualTo(much);

            await(connection.closeAsync());
            return Coroutine.done();
        });
        echoing.join();
        server.close();
    }

    /** TLS 1.2 lets either side ask for another handshake; see CVE-2009-3555, and what it costs a server. */
    @Test
    void renegotiation_is_refused() {
        run(() -> {
            SocketAddress address = await(serve(NetworkTest::echo, SERVER));

            int answer = await(toThread(() -> {
                try (SSLSocket socket = (SSLSocket) open("TLSv1.2", port(address))) {
                    socket.getOutputStream().write('a');
                    assertThat(socket.getInputStream().read()).isEqualTo('a');
                    socket.startHandshake();
                    socket.getOutputStream().write('b');
                    return socket.getInputStream().read();
                } catch (IOException e) {
                    return -1;
                }
            }));

            assertThat(answer).isEqualTo(-1);
            while (reports.isEmpty()) {
                await(turn());
            }
            assertThat((Throwable) reports.remove(0).get("exception"))
                    .isInstanceOf(SSLException.class)
                    .hasMessageMatching("renegotiation refused: /127.0.0.1:\\d+ wants to begin another handshake");
            return Coroutine.done();
        });
    }

    @Test
    void renegotiation_by_a_server_is_refused() throws Exception {
        SSLServerSocket server = (SSLServerSocket) Certificates.server()
                .getServerSocketFactory()
                .createServerSocket(0, 1, loopback().getAddress());
        server.setEnabledProtocols(new String[] {"TLSv1.2"});
        Thread asking = new Thread(() -> {
            try (SSLSocket accepted = (SSLSocket) server.accept()) {
                accepted.getInputStream().read();
                accepted.startHandshake();
                accepted.getInputStream().read();
            } catch (IOException e) {
                // It is not answered.
            }
        });
        asking.start();
        run(() -> {
            StreamConnection connection = await(connect(localhost(server.getLocalPort()), CLIENT));
            connection.writer().write("a", UTF_8);

            assertThat(await(failureOf(connection.reader().read())))
                    .hasMessageMatching(
                            "renegotiation refused: localhost/127.0.0.1:\\d+ wants to begin another handshake");
            return Coroutine.done();
        });
        asking.join();
        server.close();
    }

    // ------------------------------------------------------------------------------------------------ HTTP

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void the_jdks_http_server_answers(String scheme) throws Exception {
        boolean isTls = scheme.equals("https");
        HttpServer server = isTls ? HttpsServer.create(loopback(), 0) : HttpServer.create(loopback(), 0);
        if (server instanceof HttpsServer https) {
            https.setHttpsConfigurator(new HttpsConfigurator(Certificates.server()));
        }
        ExecutorService threads = Executors.newFixedThreadPool(2);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            byte[] body = ("you asked for " + exchange.getRequestURI()).getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        run(() -> {
            assertThat(await(get(server.getAddress().getPort(), isTls ? CLIENT : null)))
                    .isEqualTo("HTTP/1.1 200 OK you asked for /path");
            return Coroutine.done();
        });
        server.stop(0);
        threads.shutdown();
    }

    private static boolean isClientThere() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("HttpClient-"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void the_jdks_http_client_is_answered(String scheme) {
        run(() -> {
            SocketAddress address = await(serve(CounterpartsTest::answerHttp, scheme.equals("https") ? SERVER : null));

            String body = await(toThread(() -> {
                ExecutorService threads = Executors.newFixedThreadPool(2);
                try {
                    HttpClient client = HttpClient.newBuilder()
                            .executor(threads)
                            .sslContext(Certificates.client())
                            .version(HttpClient.Version.HTTP_1_1)
                            .build();
                    return client.send(
                                    HttpRequest.newBuilder(
                                                    URI.create(scheme + "://localhost:" + port(address) + "/path"))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .body();
                } finally {
                    threads.shutdown();
                }
            }));

            assertThat(body).isEqualTo("GET /path HTTP/1.1");
            // The client's own thread, and with it its selector, ends when the client is garbage.
            while (isClientThere()) {
                System.gc();
                await(sleep(Duration.ofMillis(10)));
            }
            return Coroutine.done();
        });
    }

    @ParameterizedTest
    @CsvSource({"http, --http1.0", "http, --http1.1", "https, --tlsv1.2", "https, --tlsv1.3"})
    void curl_is_answered(String scheme, String option) {
        Program curl = Program.findOrSkip("curl", "--version");
        run(() -> {
            SocketAddress address = await(serve(CounterpartsTest::answerHttp, scheme.equals("https") ? SERVER : null));

            Program.Run ran = await(toThread(() -> curl.run(
                    "-sS",
                    option,
                    "--noproxy",
                    "*",
                    "--cacert",
                    Certificates.serverCertificate().toString(),
                    scheme + "://localhost:" + port(address) + "/path")));

            assertThat(ran.output()).startsWith("GET /path HTTP/1.");
            assertThat(ran.exitStatus()).isZero();
            return Coroutine.done();
        });
    }

    // ------------------------------------------------------------------------------------------------ OpenSSL

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void openssl_is_served(String version) {
        Program openssl = Program.findOrSkip("openssl", "version");
        run(() -> {
            SocketAddress address = await(serve(
                    (reader, writer) -> {
                        byte[] line = await(reader.readline());
                        writer.write("you said ", UTF_8);
                        writer.write(line);
                        writer.close();
                        await(writer.waitClosed());
                        return Coroutine.done();
                    },
                    SERVER.withApplicationProtocols("echo")));

            Program.Run ran = await(toThread(() -> openssl.runWith(
                    "hello\n",
                    "s_client",
                    version,
                    "-connect",
                    "localhost:" + port(address),
                    "-CAfile",
                    Certificates.serverCertificate().toString(),
                    "-servername",
                    "localhost",
                    "-alpn",
                    "echo",
                    "-verify_return_error",
                    "-ign_eof")));

            assertThat(ran.output()).contains("you said hello\n", "Verify return code: 0 (ok)", "ALPN protocol: echo");
            return Coroutine.done();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void openssl_answers(String version) throws Exception {
        Program openssl = Program.findOrSkip("openssl", "version");
        Process server = openssl.start(
                "s_server",
                version,
                "-accept",
                "127.0.0.1:0",
                "-cert",
                Certificates.serverKeyAndCertificate().toString(),
                "-key",
                Certificates.serverKeyAndCertificate().toString(),
                "-rev",
                "-naccept",
                "1");
        try {
            int port = portIn(server);
            run(() -> {
                StreamConnection connection = await(connect(localhost(port), CLIENT));
                connection.writer().write("drawer\n", UTF_8);

                assertThat(new String(await(connection.reader().readline()), UTF_8))
                        .isEqualTo("reward\n");

                await(failureOf(connection.closeAsync()));
                return Coroutine.done();
            });
        } finally {
            server.destroy();
            server.waitFor();
        }
    }

    /** It says {@code ACCEPT 127.0.0.1:4711}. */
    private static int portIn(Process server) throws IOException {
        StringBuilder said = new StringBuilder();
        InputStream out = server.getInputStream();
        for (int c = out.read(); c >= 0; c = out.read()) {
            said.append((char) c);
            if (c == '\n' && said.toString().matches("(?s).*ACCEPT \\S+:\\d+\\R")) {
                return Integer.parseInt(said.toString().replaceFirst("(?s).*:(\\d+)\\R", "$1"));
            }
        }
        throw new IOException("the server has ended: " + said);
    }

    // ------------------------------------------------------------------------------------------------ asyncio

    @ParameterizedTest
    @ValueSource(strings = {"plain", "tls", "starttls"})
    void asyncio_is_served(String kind) throws Exception {
        Python python = Python.findOrSkip();
        run(() -> {
            SocketAddress address = await(serve(
                    (reader, writer) -> {
                        if (kind.equals("starttls")) {
                            await(reader.readline());
                            writer.write("go ahead\n", UTF_8);
                            await(writer.startTls(SERVER));
                        }
                        return echo(reader, writer);
                    },
                    kind.equals("tls") ? SERVER : null));

            Python.Run ran = await(toThread(() -> python.run(
                    "-c",
                    """
                    import asyncio, ssl, sys
                    async def main(kind, port, cafile):
                        context = ssl.create_default_context(cafile=cafile)
                        more = dict(ssl=context) if kind == 'tls' else {}
                        reader, writer = await asyncio.open_connection('localhost', port, family=2, **more)
                        if kind == 'starttls':
                            writer.write(b'STARTTLS\\n')
                            await reader.readline()
                            await writer.start_tls(context, server_hostname='localhost')
                        much = bytes(range(256)) * 8192
                        async def write():
                            for i in range(0, len(much), 65536):
                                writer.write(much[i:i + 65536])
                                await writer.drain()
                        task = asyncio.create_task(write())
                        assert await reader.readexactly(len(much)) == much
                        await task
                        writer.write(b'line\\n')
                        print(await reader.readline())
                        if kind == 'plain':
                            writer.write_eof()
                            print(await reader.read())
                        writer.close()
                        await writer.wait_closed()
                    asyncio.run(main(sys.argv[1], int(sys.argv[2]), sys.argv[3]))
                    """,
                    kind,
                    String.valueOf(port(address)),
                    Certificates.serverCertificate().toString())));

            assertThat(ran.output()).isEqualTo(kind.equals("plain") ? "b'line\\n'\nb''\n" : "b'line\\n'\n");
            assertThat(ran.exitStatus()).isZero();
            return Coroutine.done();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "tls", "starttls"})
    void asyncio_answers(String kind) throws Exception {
        Python python = Python.findOrSkip();
        Process server = new ProcessBuilder(
                        python.executable(),
                        "-c",
                        """
                        import asyncio, ssl, sys
                        async def main(kind, certificate):
                            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                            context.load_cert_chain(certificate)
                            done = asyncio.Event()
                            async def echo(reader, writer):
                                if kind == 'starttls':
                                    await reader.readline()
                                    writer.write(b'go ahead\\n')
                                    await writer.start_tls(context)
                                while data := await reader.read(65536):
                                    writer.write(data)
                                    await writer.drain()
                                writer.close()
                                await writer.wait_closed()
                                done.set()
                            more = dict(ssl=context) if kind == 'tls' else {}
                            server = await asyncio.start_server(echo, '127.0.0.1', 0, **more)
                            print('ACCEPT 127.0.0.1:%d' % server.sockets[0].getsockname()[1], flush=True)
                            await done.wait()
                            print('done')
                        asyncio.run(main(*sys.argv[1:]))
                        """,
                        kind,
                        Certificates.serverKeyAndCertificate().toString())
                .redirectErrorStream(true)
                .start();
        int port = portIn(server);
        byte[] much = much();
        run(() -> {
            StreamConnection connection = await(connect(localhost(port), kind.equals("tls") ? CLIENT : null));
            if (kind.equals("starttls")) {
                connection.writer().write("STARTTLS\n", UTF_8);
                await(connection.reader().readline());
                await(connection.writer().startTls(CLIENT));
            }
            for (int i = 0; i < MUCH; i += 1 << 16) {
                byte[] piece = Arrays.copyOfRange(much, i, i + (1 << 16));
                connection.writer().write(piece);
                await(connection.writer().drain());
                assertThat(await(connection.reader().readexactly(1 << 16))).isEqualTo(piece);
            }
            await(connection.closeAsync());
            return Coroutine.done();
        });
        assertThat(new String(server.getInputStream().readAllBytes(), UTF_8)).isEqualTo("done\n");
        assertThat(server.waitFor()).isZero();
    }
}
