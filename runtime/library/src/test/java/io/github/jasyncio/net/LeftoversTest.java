package io.github.jasyncio.net;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.net.Net.connectAcceptedSocket;
import static io.github.jasyncio.net.Net.createConnection;
import static io.github.jasyncio.net.Net.createDatagramEndpoint;
import static io.github.jasyncio.net.Net.createServer;
import static io.github.jasyncio.net.Net.createUnixServer;
import static io.github.jasyncio.net.Net.sockAccept;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.Asyncio;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;
import io.github.jasyncio.TaskFactory;
import io.github.jasyncio.cpython.OnVirtualTime;
import io.github.jasyncio.internal.channels.OwnedChannels;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A socket has an owner at every moment, and is closed whatever happens to those who were about to have it. */
@NullUnmarked // as free as a test
class LeftoversTest extends OnVirtualTime {

    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @TempDir
    private static Path directory;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private long socketsBefore;

    @BeforeEach
    void count() throws IOException {
        // The first of all opens what stays.
        SocketChannel.open().close();
        run(sleep(Duration.ZERO));
        socketsBefore = OpenSockets.count();
    }

    @AfterEach
    void no_socket_is_left() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
        loop.close();
        assertThat(OpenSockets.count()).as("open sockets").isEqualTo(socketsBefore);
    }

    private int owned() {
        return OwnedChannels.of(loop).ownedCount();
    }

    private static SocketAddress addressOf(Server server) throws IOException {
        return server.sockets().get(0).getLocalAddress();
    }

    private SocketChannel client(SocketAddress address) throws IOException {
        SocketChannel channel = SocketChannel.open(address);
        opened.add(channel);
        return channel;
    }

    private ServerSocketChannel listening() throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open().bind(ANY_PORT);
        opened.add(channel);
        channel.configureBlocking(false);
        return channel;
    }

    // ------------------------------------------------------------------------------------------------ accepted

    /** Returns while fifty clients wait to be served. */
    @Async
    private static Coroutine<Void> returnsAtOnce(List<AutoCloseable> clients) throws IOException {
        Server server = await(createServer(() -> new Protocol() {}, ANY_PORT));
        for (int i = 0; i < 50; i++) {
            clients.add(SocketChannel.open(addressOf(server)));
        }
        await(sleep(Duration.ZERO));
        return Coroutine.done();
    }

    @Test
    void a_program_that_returns_leaves_no_connection_that_was_just_accepted() throws IOException {
        for (int i = 0; i < 3; i++) {
            Asyncio.run(returnsAtOnce(opened));
        }

        assertThat(opened).hasSize(150);
    }

    @Test
    void a_connection_is_closed_whose_task_is_cancelled_before_its_first_step() throws IOException {
        Server server = run(createServer(() -> new Protocol() {}, ANY_PORT));
        SocketChannel client = client(addressOf(server));
        while (Asyncio.allTasks(loop).isEmpty()) {
            turns(1);
        }

        Asyncio.allTasks(loop).forEach(Task::cancel);
        turns(2);

        assertThat(client.read(java.nio.ByteBuffer.allocate(1))).isEqualTo(-1);
        assertThat(owned()).isEqualTo(1);
        server.close();
        assertThat(owned()).isZero();
    }

    @Test
    void a_connection_is_closed_for_which_there_is_no_task() throws IOException {
        Server server = run(createServer(() -> new Protocol() {}, ANY_PORT));
        SocketChannel client = client(addressOf(server));
        loop.setTaskFactory(new TaskFactory() {
            @Override
            public <T> Task<T> create(
                    io.github.jasyncio.EventLoop loop,
                    Coroutine<T> coroutine,
                    String name,
                    io.github.jasyncio.Context context) {
                throw new Boom("no task");
            }
        });
        while (reports.isEmpty()) {
            turns(1);
        }

        assertThat(client.read(java.nio.ByteBuffer.allocate(1))).isEqualTo(-1);
        assertThat(reports).singleElement().asString().endsWith("Boom: no task");
        reports.clear();
        assertThat(owned()).isEqualTo(1);
    }

    @Test
    void nothing_is_owned_for_ever_when_a_server_closes_between_accepting_and_serving() throws IOException {
        for (int i = 0; i < 100; i++) {
            Server server = run(createServer(() -> new Protocol() {}, ANY_PORT));
            SocketChannel client = client(addressOf(server));
            loop.callLater(Duration.ofNanos(1), server::close);
            turns(4);
            client.close();
            server.close();
            turns(2);
        }

        assertThat(owned()).isZero();
        assertThat(OwnedChannels.of(loop).hasReader(listening())).isFalse();
    }

    @Test
    void an_eager_factory_that_closes_its_server_is_no_lack_of_resources() throws IOException {
        loop.setTaskFactory(TaskFactory.EAGER);
        Server[] server = {null};
        server[0] = run(createServer(
                () -> {
                    server[0].close();
                    return new Protocol() {};
                },
                ANY_PORT));
        SocketChannel client = client(addressOf(server[0]));
        client(addressOf(server[0]));
        while (!server[0].sockets().isEmpty()) {
            turns(1);
        }
        turns(3);

        assertThat(client.read(java.nio.ByteBuffer.allocate(1))).isEqualTo(-1);
        assertThat(reports).isEmpty();
        assertThat(owned()).isZero();
    }

    @Test
    void a_factory_that_throws_an_error_leaves_nothing() throws IOException {
        Server server = run(createServer(
                () -> {
                    throw new StackOverflowError("factory");
                },
                ANY_PORT));
        client(addressOf(server));
        while (reports.isEmpty()) {
            turns(1);
        }

        assertThat(reports)
                .containsExactly(
                        "Error on transport creation for incoming connection java.lang.StackOverflowError: factory");
        reports.clear();
        assertThat(owned()).isEqualTo(1);
    }

    @Test
    void an_accept_that_is_cancelled_in_the_turn_in_which_it_is_ready_has_accepted_nothing() throws IOException {
        ServerSocketChannel listening = listening();
        Task<SocketChannel> accepting = loop.createTask(sockAccept(listening));
        turns(1);
        SocketChannel client = client(listening.getLocalAddress());
        // Ready now, but the task has not gone on.
        turns(1);

        accepting.cancel();
        turns(2);

        assertThat(accepting.isCancelled()).isTrue();
        try (SocketChannel accepted = run(sockAccept(listening))) {
            assertThat(accepted.getRemoteAddress()).isEqualTo(client.getLocalAddress());
        }
    }

    // ------------------------------------------------------------------------------------------------ at every turn

    /** What makes sockets. */
    private enum Call {
        CONNECTION {
            @Override
            Coroutine<?> make(LeftoversTest test) throws IOException {
                return createConnection(
                        () -> new Protocol() {}, test.listening().getLocalAddress());
            }
        },
        CONNECTION_BY_EYEBALLS {
            @Override
            Coroutine<?> make(LeftoversTest test) throws IOException {
                return Connecting.to(
                        List.of(
                                test.listening().getLocalAddress(),
                                test.listening().getLocalAddress()),
                        () -> new Protocol() {},
                        ConnectOptions.DEFAULTS.withHappyEyeballsDelay(Duration.ZERO));
            }
        },
        CONNECTION_OF_UNIX {
            @Override
            Coroutine<?> make(LeftoversTest test) throws IOException {
                Path path = directory.resolve("socket" + System.nanoTime());
                ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                test.opened.add(listening);
                listening.bind(java.net.UnixDomainSocketAddress.of(path));
                return Net.createUnixConnection(() -> new Protocol() {}, path);
            }
        },
        ACCEPTED {
            @Override
            Coroutine<?> make(LeftoversTest test) throws IOException {
                ServerSocketChannel listening = test.listening();
                // Its own until the call has begun.
                SocketChannel channel = test.client(listening.getLocalAddress());
                return connectAcceptedSocket(() -> new Protocol() {}, channel);
            }
        },
        SERVER {
            @Override
            Coroutine<?> make(LeftoversTest test) throws IOException {
                return createServer(() -> new Protocol() {}, ANY_PORT);
            }
        },
        SERVER_OF_UNIX {
            @Override
            Coroutine<?> make(LeftoversTest test) throws IOException {
                return createUnixServer(() -> new Protocol() {}, directory.resolve("server" + System.nanoTime()));
            }
        },
        DATAGRAMS {
            @Override
            Coroutine<?> make(LeftoversTest test) throws IOException {
                return createDatagramEndpoint(() -> new DatagramProtocol() {}, ANY_PORT, null);
            }
        };

        abstract Coroutine<?> make(LeftoversTest test) throws IOException;
    }

    @ParameterizedTest
    @EnumSource(Call.class)
    void a_call_that_is_cancelled_leaves_nothing_in_whichever_turn(Call call) throws IOException {
        for (int turn = 0; turn < 12; turn++) {
            Task<?> task = loop.createTask(call.make(this));
            turns(turn);

            task.cancel();
            turns(6);

            assertThat(task.isDone()).isTrue();
            if (!task.isCancelled()) {
                end(task.result());
            }
            assertThat(owned())
                    .as("owned after a cancellation in turn %d", turn)
                    .isZero();
        }
    }

    private void end(Object result) {
        if (result instanceof Server server) {
            server.close();
        } else {
            ((Connected<?, ?>) result).transport().abort();
        }
        turns(2);
    }

    @ParameterizedTest
    @EnumSource(Call.class)
    void a_loop_that_is_closed_in_the_middle_of_a_call_leaves_nothing(Call call) throws Exception {
        for (int turn = 0; turn < 8; turn++) {
            io.github.jasyncio.EventLoop other =
                    io.github.jasyncio.EventLoop.builder().virtualTime().build();
            other.setExceptionHandler((lp, context) -> {});
            other.createTask(call.make(this));
            for (int i = 0; i < turn; i++) {
                other.stop();
                other.runForever();
            }

            other.close();
        }
    }
}
