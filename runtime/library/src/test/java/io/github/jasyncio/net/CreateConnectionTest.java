package io.github.jasyncio.net;

import static io.github.jasyncio.net.Net.connectAcceptedSocket;
import static io.github.jasyncio.net.Net.createConnection;
import static io.github.jasyncio.net.Net.createUnixConnection;
import static io.github.jasyncio.net.Net.createUnixServer;
import static io.github.jasyncio.net.Net.sockAccept;
import static io.github.jasyncio.net.Net.sockRecv;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.Task;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Semantics: {@code loop.create_connection}, {@code connect_accepted_socket} and {@code create_unix_connection}. */
@NullUnmarked // null is tested as well
class CreateConnectionTest extends ConnectionTest {

    private final Noting client = new Noting("client");
    private final Noting serving = new Noting("serving");

    /** Where nobody listens. */
    private static InetSocketAddress deserted() throws IOException {
        try (ServerSocketChannel gone = ServerSocketChannel.open()) {
            gone.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return (InetSocketAddress) gone.getLocalAddress();
        }
    }

    @Test
    void a_name_is_looked_up() throws IOException {
        InetSocketAddress address = (InetSocketAddress) address(serve(() -> serving));

        Connected<Transport, Noting> connected =
                run(createConnection(() -> client, address.getAddress().getHostAddress(), address.getPort()));

        assertThat(connected.transport().getExtraInfo("peername")).isEqualTo(address);
        // Longer than any name can be, so that nobody on the net is asked.
        assertThatThrownBy(() -> run(createConnection(() -> client, "x".repeat(300), 1)))
                .isInstanceOf(UnknownHostException.class);
    }

    @Test
    void a_connection_may_come_from_a_certain_address() throws IOException {
        InetSocketAddress here = deserted();
        Server server = serve(() -> serving);

        run(createConnection(() -> client, address(server), ConnectOptions.DEFAULTS.withLocal(here)));
        run(serving.made);

        assertThat(serving.transport.getExtraInfo("peername")).isEqualTo(here);
    }

    @Test
    void nobody_answers_at_the_only_address() throws IOException {
        InetSocketAddress gone = deserted();

        assertThatThrownBy(() -> run(createConnection(() -> client, gone)))
                .isInstanceOf(ConnectException.class)
                .hasMessage("cannot connect to " + gone + ": Connection refused")
                .hasCauseInstanceOf(ConnectException.class);
        assertThat(trace).isEmpty();
    }

    @Test
    void addresses_are_tried_until_one_answers() throws IOException {
        List<SocketAddress> addresses = List.of(deserted(), deserted(), address(serve(() -> serving)), deserted());

        Connected<Transport, Noting> connected = run(Connecting.to(addresses, () -> client, ConnectOptions.DEFAULTS));

        assertThat(connected.transport().getExtraInfo("peername")).isEqualTo(addresses.get(2));
    }

    @Test
    void nobody_answers_at_any_address() throws IOException {
        List<SocketAddress> addresses = List.of(deserted(), deserted());

        assertThatThrownBy(() -> run(Connecting.to(addresses, () -> client, ConnectOptions.DEFAULTS)))
                .isInstanceOf(IOException.class)
                .hasMessage("no address answers: cannot connect to " + addresses.get(0)
                        + ": Connection refused; cannot connect to " + addresses.get(1) + ": Connection refused")
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(2));
    }

    @Test
    void cancelling_while_it_connects_closes_the_socket() throws IOException {
        try (ServerSocketChannel listening = ServerSocketChannel.open()) {
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            listening.configureBlocking(false);
            Task<?> connecting = loop.createTask(createConnection(() -> client, listening.getLocalAddress()));
            turns(1);

            connecting.cancel();
            turns(2);

            assertThat(connecting.isCancelled()).isTrue();
            assertThat(trace).isEmpty();
            try (SocketChannel accepted = run(sockAccept(listening))) {
                assertThat(run(sockRecv(accepted, 1))).isEmpty();
            }
        }
    }

    @Test
    void cancelling_while_the_protocol_is_being_told_closes_the_transport() throws IOException {
        try (ServerSocketChannel listening = ServerSocketChannel.open()) {
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            SocketChannel channel = SocketChannel.open(listening.getLocalAddress());
            Task<?> connecting = loop.createTask(createConnection(() -> client, channel));
            turns(1);

            connecting.cancel();
            turns(3);

            assertThat(connecting.isCancelled()).isTrue();
            assertThat(trace).containsExactly("client made", "client lost null");
            assertThat(channel.isOpen()).isFalse();
        }
    }

    @Test
    void a_factory_that_fails_closes_the_socket() throws IOException {
        try (ServerSocketChannel listening = ServerSocketChannel.open()) {
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            SocketChannel channel = SocketChannel.open(listening.getLocalAddress());

            assertThatThrownBy(() -> run(createConnection(
                            () -> {
                                throw new Boom("factory");
                            },
                            channel)))
                    .hasMessage("factory");

            assertThat(channel.isOpen()).isFalse();
            SocketChannel other = SocketChannel.open(listening.getLocalAddress());
            assertThatThrownBy(() -> run(connectAcceptedSocket(() -> (Noting) null, other)))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessageStartingWith("the protocol factory gave null: ");
        }
    }

    @Test
    void a_socket_that_somebody_else_has_accepted_gets_a_transport() throws IOException {
        try (ServerSocketChannel listening = ServerSocketChannel.open()) {
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            run(createConnection(() -> client, listening.getLocalAddress()));

            Transport transport = run(connectAcceptedSocket(() -> serving, listening.accept()))
                    .transport();
            transport.write("hello".getBytes(UTF_8));
            transport.close();
            run(client.lost);

            assertThat(trace).containsSubsequence("client made", "serving made", "client hello", "client lost null");
        }
    }

    @Test
    void null_is_refused() {
        assertThatThrownBy(() -> createConnection(null, address(serve(() -> serving))))
                .hasMessage("createConnection: a protocol factory was expected, got null");
        assertThatThrownBy(() -> connectAcceptedSocket(() -> client, null))
                .hasMessage("connectAcceptedSocket: a protocol factory and a channel were expected, got null");
    }

    @Test
    void sockets_may_have_names_in_the_file_system(@TempDir Path directory) throws IOException {
        Path path = directory.resolve("socket");
        Server first = run(createUnixServer(() -> serving, path));

        Transport transport = run(createUnixConnection(() -> client, path)).transport();
        transport.write("hello".getBytes(UTF_8));
        run(serving.received(5));
        transport.close();
        run(serving.lost);
        first.close();

        assertThat(trace).contains("serving hello");
        assertThat(path).doesNotExist();
        try (ServerSocketChannel stale = ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
            stale.bind(java.net.UnixDomainSocketAddress.of(path));
        }
        assertThat(path).exists();
        Server second = run(createUnixServer(() -> serving, path));
        Files.delete(path);
        Files.createFile(path);
        second.close();
        assertThat(path).exists();
        assertThatThrownBy(() -> run(createUnixServer(() -> serving, path)))
                .hasMessageStartingWith("cannot bind to " + path);
    }

    @Test
    void the_file_of_a_unix_socket_that_is_given_is_deleted_with_its_server_if_it_is_there(@TempDir Path directory)
            throws IOException {
        for (boolean isThere : new boolean[] {true, false}) {
            Path path = directory.resolve("given");
            ServerSocketChannel channel = ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX);
            channel.bind(java.net.UnixDomainSocketAddress.of(path));
            Server server = run(Net.createServer(() -> serving, channel, ServeOptions.DEFAULTS));
            if (!isThere) {
                Files.delete(path);
            }

            server.close();

            assertThat(path).doesNotExist();
        }
    }
}
