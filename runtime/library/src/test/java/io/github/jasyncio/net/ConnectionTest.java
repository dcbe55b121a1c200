package io.github.jasyncio.net;

import static io.github.jasyncio.net.Net.createConnection;
import static io.github.jasyncio.net.Net.createServer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Future;
import io.github.jasyncio.cpython.OnVirtualTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;

/** A server on the loopback interface and clients of it, on one loop; protocols write down what they are told. */
@NullUnmarked // as free as a test
abstract class ConnectionTest extends OnVirtualTime {

    /** More than the buffers of a connection hold. */
    static final int MUCH = 32 << 20;

    private final List<Server> servers = new ArrayList<>();

    @AfterEach
    void close_servers() {
        if (!loop.isClosed()) {
            servers.forEach(server -> {
                server.close();
                server.abortClients();
                run(server.waitClosed());
            });
            turns(2);
        }
    }

    Server serve(Supplier<? extends Protocol> factory) throws IOException {
        return serve(factory, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    Server serve(Supplier<? extends Protocol> factory, SocketAddress address) throws IOException {
        Server server = run(createServer(factory, address));
        servers.add(server);
        return server;
    }

    static SocketAddress address(Server server) {
        try {
            return server.sockets().get(0).getLocalAddress();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** A connection from {@code client} to a protocol that {@code serving} is; both know when this ends. */
    Transport connect(Noting client, Noting serving) throws IOException {
        Server server = serve(() -> serving);
        Connected<Transport, Noting> connected = run(createConnection(() -> client, address(server)));
        run(serving.made);
        assertThat(connected.protocol()).isSameAs(client);
        return connected.transport();
    }

    /** So that the other side reads a reset, and not the end of the stream. */
    static void reset(Transport transport) throws IOException {
        ((SocketChannel) transport.getExtraInfo("socket")).setOption(StandardSocketOptions.SO_LINGER, 0);
        transport.abort();
    }

    /** Writes down what it is told; subclasses do something, too. */
    class Noting implements Protocol {

        final String name;
        final Future<Transport> made = loop.createFuture();
        final Future<Throwable> lost = loop.createFuture();
        final Future<Void> ended = loop.createFuture();
        final ByteArrayOutputStream received = new ByteArrayOutputStream();
        Transport transport;

        private Future<Void> enough;
        private int expected;

        Noting(String name) {
            this.name = name;
        }

        void note(String what) {
            trace.add(name + " " + what);
        }

        /** Done when so many bytes have come in all. */
        Future<Void> received(int count) {
            enough = loop.createFuture();
            expected = count;
            lookWhetherEnough();
            return enough;
        }

        void lookWhetherEnough() {
            if (enough != null && !enough.isDone() && received.size() >= expected) {
                enough.setResult(null);
            }
        }

        @Override
        public void connectionMade(Transport transport) {
            this.transport = transport;
            note("made");
            if (!made.isDone()) {
                made.setResult(transport);
            }
        }

        @Override
        public void dataReceived(byte[] data) {
            if (data.length < 100) {
                note(new String(data, UTF_8));
            }
            received.writeBytes(data);
            lookWhetherEnough();
        }

        @Override
        public boolean eofReceived() {
            note("eof");
            if (!ended.isDone()) {
                ended.setResult(null);
            }
            return false;
        }

        @Override
        public void connectionLost(Throwable failure) {
            note("lost " + (failure == null ? null : failure.getClass().getSimpleName()));
            lost.setResult(failure);
        }

        @Override
        public void pauseWriting() {
            note("paused");
        }

        @Override
        public void resumeWriting() {
            note("resumed");
        }
    }
}
