package io.github.jasyncio.samples.benchmarks.network;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.run;
import static io.github.jasyncio.Asyncio.taskGroup;
import static io.github.jasyncio.net.Net.createServer;
import static io.github.jasyncio.net.Net.sockAccept;
import static io.github.jasyncio.net.Net.sockRecvInto;
import static io.github.jasyncio.net.Net.sockSendAll;
import static io.github.jasyncio.net.Net.startServer;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.net.Protocol;
import io.github.jasyncio.net.ServeOptions;
import io.github.jasyncio.net.Server;
import io.github.jasyncio.net.StreamReader;
import io.github.jasyncio.net.StreamWriter;
import io.github.jasyncio.net.Tls;
import io.github.jasyncio.net.Transport;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Echo with jasyncio. */
final class JasyncioEcho {

    private JasyncioEcho() {}

    // ------------------------------------------------------------------------------------------------ protocols

    private static ServeOptions options(@Nullable SSLContext tls) {
        return ServeOptions.DEFAULTS.withTls(tls == null ? null : Tls.of(tls));
    }

    static void byProtocols(ServerSocketChannel listening, @Nullable SSLContext tls) throws IOException {
        run(serveProtocols(listening, tls));
    }

    @Async
    private static Coroutine<Void> serveProtocols(ServerSocketChannel listening, @Nullable SSLContext tls)
            throws IOException {
        Server server = await(createServer(Echoing::new, listening, options(tls)));
        await(server.serveForever());
        return Coroutine.done();
    }

    private static final class Echoing implements Protocol {

        private @Nullable Transport transport;

        @Override
        public void connectionMade(Transport transport) {
            this.transport = transport;
        }

        @Override
        public void dataReceived(byte[] data) {
            if (transport != null) {
                transport.write(data);
            }
        }
    }

    // ------------------------------------------------------------------------------------------------ streams

    static void byStreams(ServerSocketChannel listening, @Nullable SSLContext tls) throws IOException {
        run(serveStreams(listening, tls));
    }

    @Async
    private static Coroutine<Void> serveStreams(ServerSocketChannel listening, @Nullable SSLContext tls)
            throws IOException {
        Server server = await(startServer(JasyncioEcho::echoLines, listening, options(tls)));
        await(server.serveForever());
        return Coroutine.done();
    }

    @Async
    private static Coroutine<Void> echoLines(StreamReader reader, StreamWriter writer) throws IOException {
        while (true) {
            byte[] line = await(reader.readline());
            if (line.length == 0) {
                break;
            }
            writer.write(line);
            await(writer.drain());
        }
        writer.close();
        return Coroutine.done();
    }

    // ------------------------------------------------------------------------------------------------ sockets

    static void bySockets(ServerSocketChannel listening) throws IOException {
        run(serveSockets(listening));
    }

    @Async
    private static Coroutine<Void> serveSockets(ServerSocketChannel listening) throws IOException {
        listening.configureBlocking(false);
        return taskGroup(group -> {
            while (true) {
                SocketChannel accepted = await(sockAccept(listening));
                accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
                group.createTask(echo(accepted));
            }
        });
    }

    @Async
    private static Coroutine<Void> echo(SocketChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(4 * 1024);
        try (channel) {
            while (await(sockRecvInto(channel, buffer.clear())) >= 0) {
                await(sockSendAll(channel, buffer.flip()));
            }
        } catch (IOException e) {
            // The client has gone.
        }
        return Coroutine.done();
    }
}
