package io.github.jasyncio.net;

import static io.github.jasyncio.net.Net.createConnection;
import static io.github.jasyncio.net.Net.createServer;
import static io.github.jasyncio.net.Net.sockAccept;
import static io.github.jasyncio.net.Net.sockRecv;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.Asyncio;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Task;
import io.github.jasyncio.internal.channels.OwnedChannels;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Semantics: {@code loop.create_server} and {@code asyncio.Server}. */
@NullUnmarked // null is tested as well
class ServerTest extends ConnectionTest {

    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final List<Noting> served = new ArrayList<>();

    private Noting serving() {
        Noting protocol = new Noting("serving" + served.size());
        served.add(protocol);
        return protocol;
    }

    private Noting connect(Server server) throws IOException {
        Noting client = new Noting("client" + served.size());
        run(createConnection(() -> client, address(server)));
        run(served.get(served.size() - 1).made);
        return client;
    }

    // ------------------------------------------------------------------------------------------------ serving

    @Test
    void each_connection_gets_a_protocol_of_its_own() throws IOException {
        Server server = serve(this::serving);
        assertThat(server.isServing()).isTrue();
        assertThat(server.getLoop()).isSameAs(loop);
        assertThat(server).hasToString("<Server sockets=[" + address(server) + "]>");

        connect(server);
        Noting second = connect(server);
        second.transport.write("x".getBytes(UTF_8));
        run(served.get(1).received(1));

        assertThat(trace).contains("serving0 made", "serving1 made", "serving1 x");
    }

    @Test
    void all_connections_that_wait_are_accepted_in_one_turn() throws IOException {
        SocketAddress somewhere = address(serve(() -> new Noting("elsewhere")));
        Scarce channel = new Scarce(SocketChannel.open(somewhere), SocketChannel.open(somewhere));
        ListeningServer server = new ListeningServer(loop, this::serving, List.of(channel), ServeOptions.DEFAULTS);

        loop.callSoon(server.socket(0));
        turns(2);

        assertThat(served).hasSize(2);
        assertThat(reports).singleElement().asString().contains("Too many open files");
        reports.clear();
        server.abortClients();
        turns(2);
        channel.close();
    }

    @Test
    void a_server_begins_when_it_is_told_to() throws IOException {
        Server server =
                run(createServer(this::serving, List.of(ANY_PORT), ServeOptions.DEFAULTS.withStartServing(false)));
        run(createConnection(() -> new Noting("client"), address(server)));
        turns(3);
        assertThat(served).isEmpty();
        assertThat(server.isServing()).isFalse();

        run(server.startServing());
        run(server.startServing());
        turns(1);

        assertThat(server.isServing()).isTrue();
        assertThat(served).hasSize(1);
        server.close();
        server.abortClients();
        run(server.waitClosed());
    }

    @Test
    void a_server_may_have_several_sockets_and_no_address_twice() throws IOException {
        Server server = run(createServer(this::serving, List.of(ANY_PORT, ANY_PORT), ServeOptions.DEFAULTS));
        assertThat(server.sockets()).hasSize(1);
        server.close();

        Server two = run(createServer(
                this::serving,
                List.of(
                        ANY_PORT,
                        InetSocketAddress.createUnresolved(ANY_PORT.getHostString(), 0),
                        new InetSocketAddress(0)),
                ServeOptions.DEFAULTS));
        assertThat(two.sockets()).hasSize(2);
        two.close();
    }

    @Test
    void a_server_may_listen_everywhere_or_at_a_socket_that_is_there() throws IOException {
        Server everywhere = run(createServer(this::serving, "", 0));
        Server too = run(createServer(this::serving, null, 0));
        assertThat(((InetSocketAddress) address(everywhere)).getAddress().isAnyLocalAddress())
                .isTrue();
        assertThat(((InetSocketAddress) address(too)).getAddress().isAnyLocalAddress())
                .isTrue();
        too.close();
        run(createConnection(
                () -> new Noting("client"), "127.0.0.1", ((InetSocketAddress) address(everywhere)).getPort()));
        everywhere.close();
        everywhere.abortClients();

        ServerSocketChannel channel = ServerSocketChannel.open().bind(ANY_PORT);
        Server server = run(createServer(this::serving, channel, ServeOptions.DEFAULTS));
        assertThat(server.sockets()).containsExactly(channel);
        assertThatThrownBy(() -> run(sockAccept(channel)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("sockAccept: the channel is used by " + server);
        server.close();
        run(everywhere.waitClosed());
    }

    @Test
    void an_address_that_is_taken_is_named_and_nothing_stays_open() throws IOException {
        SocketAddress taken = address(serve(this::serving));

        assertThatThrownBy(() -> run(createServer(this::serving, List.of(ANY_PORT, taken), ServeOptions.DEFAULTS)))
                .isInstanceOf(BindException.class)
                .hasMessage("cannot bind to " + taken + ": Address already in use");
        assertThatThrownBy(() -> createServer(this::serving, List.of(), ServeOptions.DEFAULTS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("createServer: at least one address is needed");
        assertThatThrownBy(() -> createServer(this::serving, (ServerSocketChannel) null, ServeOptions.DEFAULTS))
                .hasMessage("createServer: a channel was expected, got null");
        assertThatThrownBy(() -> createServer(null, ANY_PORT))
                .hasMessage("createServer: a protocol factory was expected, got null");
    }

    @Test
    void a_factory_that_fails_closes_the_connection_and_is_reported() throws IOException {
        Server server = serve(() -> {
            throw new Boom("factory");
        });
        Noting client = new Noting("client");

        run(createConnection(() -> client, address(server)));
        run(client.lost);

        assertThat(reports).containsExactly("Error on transport creation for incoming connection Boom: factory");
        reports.clear();
    }

    // ------------------------------------------------------------------------------------------------ ending

    @Test
    void closing_refuses_connections_at_once_and_keeps_those_that_there_are() throws IOException {
        Server server = serve(this::serving);
        SocketAddress address = address(server);
        Noting client = connect(server);

        server.close();
        server.close();

        assertThat(server.isServing()).isFalse();
        assertThat(server.sockets()).isEmpty();
        assertThat(server).hasToString("<Server sockets=[]>");
        assertThatThrownBy(() -> SocketChannel.open(address)).isInstanceOf(ConnectException.class);
        client.transport.write("still".getBytes(UTF_8));
        run(served.get(0).received(5));
        assertThat(trace).contains("serving0 still");
    }

    @Test
    void a_closed_server_does_not_start_again() throws IOException {
        Server server = serve(this::serving);
        server.close();

        assertThatThrownBy(() -> run(server.startServing()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the server is closed: <Server sockets=[]>");
        assertThat(server.isServing()).isFalse();
    }

    @Test
    void a_server_may_be_closed_after_its_loop() throws IOException {
        Server server = serve(this::serving);
        ServerSocketChannel channel = server.sockets().get(0);

        loop.close();
        assertThat(channel.isOpen()).isFalse();
        server.close();

        assertThat(server.isServing()).isFalse();
    }

    @Test
    void waiting_for_the_end_waits_for_closing_and_for_the_last_connection() throws IOException {
        Server server = serve(this::serving);
        Noting first = connect(server);
        Noting second = connect(server);
        Task<Void> waiting = loop.createTask(server.waitClosed());
        Task<Void> cancelled = loop.createTask(server.waitClosed());
        turns(1);
        cancelled.cancel();

        first.transport.close();
        run(served.get(0).lost);
        server.close();
        turns(3);
        assertThat(waiting.isDone()).isFalse();
        second.transport.close();
        run(waiting);

        assertThat(served.get(1).lost.isDone()).isTrue();
        assertThat(cancelled.isCancelled()).isTrue();
        run(server.waitClosed());
    }

    @Test
    void who_waits_for_the_end_hears_of_it_when_server_and_last_connection_close_in_one_turn() throws IOException {
        Server server = serve(this::serving);
        Noting client = connect(server);
        Task<Void> waiting = loop.createTask(server.waitClosed());
        turns(1);

        loop.callSoon(client.transport::close);
        loop.callSoon(server::close);
        run(waiting);

        assertThat(served.get(0).lost.isDone()).isTrue();
    }

    @Test
    void clients_can_be_closed_or_aborted() throws IOException {
        Server server = serve(this::serving);
        connect(server);
        Transport transport = served.get(0).transport;
        transport.write(new byte[MUCH]);
        trace.clear();

        server.closeClients();
        turns(1);
        assertThat(transport.isClosing()).isTrue();
        assertThat(trace).isEmpty();
        server.abortClients();

        assertThat(run(served.get(0).lost)).isNull();
    }

    @Test
    void a_connection_whose_server_closes_before_it_has_a_transport_is_closed() throws IOException {
        Server server = serve(this::serving);
        SocketChannel client = SocketChannel.open(address(server));
        client.configureBlocking(false);
        while (Asyncio.allTasks(loop).isEmpty()) {
            turns(1);
        }
        server.close();
        turns(2);

        assertThat(run(sockRecv(client, 1))).isEmpty();
        assertThat(trace).isEmpty();
        client.close();
        run(server.waitClosed());
    }

    // ------------------------------------------------------------------------------------------------ for ever

    @Test
    void serving_for_ever_ends_with_a_cancellation_and_when_the_last_connection_has_gone() throws IOException {
        Server server =
                run(createServer(this::serving, List.of(ANY_PORT), ServeOptions.DEFAULTS.withStartServing(false)));
        Task<Void> forever = loop.createTask(server.serveForever());
        turns(1);
        assertThat(server.isServing()).isTrue();
        Noting client = connect(server);
        assertThatThrownBy(() -> run(server.serveForever()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("serveForever is being awaited already: " + server);

        forever.cancel("enough");
        turns(3);
        assertThat(server.isServing()).isFalse();
        assertThat(forever.isDone()).isFalse();
        client.transport.close();

        assertThatThrownBy(() -> run(forever))
                .isInstanceOf(CancelledError.class)
                .hasMessage("enough");
        assertThatThrownBy(() -> run(server.serveForever()))
                .hasMessage("serveForever: the server is closed: " + server);
    }

    @Test
    void closing_the_server_ends_serving_for_ever() throws IOException {
        Server server = serve(this::serving);
        Task<Void> forever = loop.createTask(server.serveForever());
        turns(1);

        server.close();

        assertThatThrownBy(() -> run(forever)).isInstanceOf(CancelledError.class);
    }

    @Test
    void cancelling_the_wait_for_the_last_connection_ends_it() throws IOException {
        Server server = serve(this::serving);
        connect(server);
        Task<Void> forever = loop.createTask(server.serveForever());
        turns(1);

        forever.cancel("first");
        turns(2);
        forever.cancel("second");

        assertThatThrownBy(() -> run(forever))
                .isInstanceOf(CancelledError.class)
                .hasMessage("second");
    }

    // ------------------------------------------------------------------------------------------------ trouble

    @Test
    void a_server_that_cannot_accept_looks_away_for_a_second() throws IOException {
        Scarce channel = new Scarce();
        ListeningServer server = new ListeningServer(loop, this::serving, List.of(channel), ServeOptions.DEFAULTS);
        loop.callSoon(server::start);
        loop.callSoon(server.socket(0));

        run(Asyncio.sleep(ms(999)));
        assertThat(OwnedChannels.of(loop).hasReader(channel)).isFalse();
        assertThat(reports)
                .hasSize(2)
                .element(1)
                .asString()
                .isEqualTo("socket.accept() out of system resource java.io.IOException: Too many open files");
        reports.clear();
        run(Asyncio.sleep(ms(2)));

        // The channel is no real one, so the loop cannot watch it: but it tries to.
        assertThat(reports).singleElement().asString().contains("IllegalSelectorException");
        reports.clear();
        channel.close();
    }

    /** Has some connections, and no file descriptors for more. */
    private static final class Scarce extends ServerSocketChannel {

        private final Deque<SocketChannel> waiting;

        Scarce(SocketChannel... waiting) throws IOException {
            super(SelectorProvider.provider());
            configureBlocking(false);
            this.waiting = new ArrayDeque<>(List.of(waiting));
        }

        @Override
        public SocketChannel accept() throws IOException {
            if (waiting.isEmpty()) {
                throw new IOException("Too many open files");
            }
            return waiting.remove();
        }

        @Override
        public ServerSocketChannel bind(SocketAddress local, int backlog) {
            return this;
        }

        @Override
        public <T> ServerSocketChannel setOption(SocketOption<T> name, T value) {
            return this;
        }

        @Override
        public <T> T getOption(SocketOption<T> name) {
            return null;
        }

        @Override
        public Set<SocketOption<?>> supportedOptions() {
            return Set.of();
        }

        @Override
        public ServerSocket socket() {
            throw new UnsupportedOperationException();
        }

        @Override
        public SocketAddress getLocalAddress() {
            return ANY_PORT;
        }

        @Override
        protected void implCloseSelectableChannel() {}

        @Override
        protected void implConfigureBlocking(boolean block) {}
    }

    @Test
    void servers_work_on_other_people_s_threads() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        EventLoop over = EventLoop.over(executor);
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        Protocol echo = new Protocol() {
            private Transport transport;

            @Override
            public void connectionMade(Transport transport) {
                this.transport = transport;
            }

            @Override
            public void dataReceived(byte[] data) {
                transport.write(data);
                transport.close();
            }
        };
        Protocol client = new Protocol() {
            @Override
            public void connectionMade(Transport transport) {
                transport.write("hello".getBytes(UTF_8));
            }

            @Override
            public void dataReceived(byte[] data) {
                answer.complete(data);
            }
        };

        Server server = Asyncio.runCoroutineThreadsafe(createServer(() -> echo, ANY_PORT), over)
                .join();
        Asyncio.runCoroutineThreadsafe(createConnection(() -> client, address(server)), over)
                .join();

        assertThat(answer.join()).asString().isEqualTo("hello");
        CompletableFuture.runAsync(server::close, executor).join();
        Asyncio.runCoroutineThreadsafe(server.waitClosed(), over).join();
        CompletableFuture.runAsync(over::close, executor).join();
        executor.shutdown();
    }
}
