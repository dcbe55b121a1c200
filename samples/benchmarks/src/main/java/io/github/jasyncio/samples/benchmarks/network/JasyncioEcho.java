package io.github.jasyncio.samples.benchmarks.network;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.run;
import static io.github.jasyncio.Asyncio.taskGroup;
import static io.github.jasyncio.net.Net.createServer;
import static io.github.jasyncio.net.Net.sockAccept;
import static io.github.jasyncio.net.Net.sockRecvInto;
import static io.github.jasyncio.net.Net.sockSendAll;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.net.Protocol;
import io.github.jasyncio.net.ServeOptions;
import io.github.jasyncio.net.Server;
import io.github.jasyncio.net.Transport;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** Echo with jasyncio. */
final class JasyncioEcho {

    private JasyncioEcho() {}

    // ------------------------------------------------------------------------------------------------ protocols

    static void byProtocols(ServerSocketChannel listening) throws IOException {
        run(serveProtocols(listening));
    }

    @Async
    private static Coroutine<Void> serveProtocols(ServerSocketChannel listening) throws IOException {
        Server server = await(createServer(Echoing::new, listening, ServeOptions.DEFAULTS));
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
