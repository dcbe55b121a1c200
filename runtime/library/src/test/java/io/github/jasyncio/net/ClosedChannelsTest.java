package io.github.jasyncio.net;

import static io.github.jasyncio.net.Net.createConnection;
import static io.github.jasyncio.net.Net.createServer;
import static io.github.jasyncio.net.Net.sockAccept;
import static io.github.jasyncio.net.Net.sockRecv;
import static io.github.jasyncio.net.Net.sockRecvFrom;
import static io.github.jasyncio.net.Net.sockRecvFromInto;
import static io.github.jasyncio.net.Net.sockRecvInto;
import static io.github.jasyncio.net.Net.sockSendAll;
import static io.github.jasyncio.net.Net.sockSendFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.Awaitable;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import io.github.jasyncio.Task;
import io.github.jasyncio.cpython.OnVirtualTime;
import io.github.jasyncio.internal.channels.OwnedChannels;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A channel that is closed ends whatever waits for it. asyncio, or the system beneath it, lets it wait for ever. */
@NullUnmarked // as free as a test
class ClosedChannelsTest extends OnVirtualTime {

    private static final int MUCH = 32 << 20;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private ServerSocketChannel server;
    private SocketChannel client;
    private DatagramChannel datagrams;

    @TempDir
    private Path directory;

    @BeforeEach
    void open() throws IOException {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = opened(ServerSocketChannel.open().bind(anyPort));
        client = opened(SocketChannel.open(server.getLocalAddress()));
        opened(server.accept());
        datagrams = opened(DatagramChannel.open(StandardProtocolFamily.INET).bind(anyPort));
        server.configureBlocking(false);
        client.configureBlocking(false);
        datagrams.configureBlocking(false);
    }

    private <C extends AutoCloseable> C opened(C channel) {
        opened.add(channel);
        return channel;
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
    }

    /** Who waits for a channel. */
    private enum Wait {
        RECEIVE {
            @Override
            Coroutine<?> on(ClosedChannelsTest test) throws IOException {
                return sockRecv(test.client, 10);
            }
        },
        RECEIVE_INTO {
            @Override
            Coroutine<?> on(ClosedChannelsTest test) throws IOException {
                return sockRecvInto(test.client, ByteBuffer.allocate(10));
            }
        },
        SEND {
            @Override
            Coroutine<?> on(ClosedChannelsTest test) throws IOException {
                return sockSendAll(test.client, ByteBuffer.allocate(MUCH));
            }
        },
        SEND_FILE {
            @Override
            Coroutine<?> on(ClosedChannelsTest test) throws IOException {
                Path path = Files.write(test.directory.resolve("file"), new byte[MUCH]);
                return sockSendFile(test.client, test.opened(FileChannel.open(path)));
            }
        },
        ACCEPT {
            @Override
            Coroutine<?> on(ClosedChannelsTest test) throws IOException {
                return sockAccept(test.server);
            }

            @Override
            SelectableChannel channel(ClosedChannelsTest test) {
                return test.server;
            }
        },
        RECEIVE_FROM {
            @Override
            Coroutine<?> on(ClosedChannelsTest test) throws IOException {
                return sockRecvFrom(test.datagrams, 10);
            }

            @Override
            SelectableChannel channel(ClosedChannelsTest test) {
                return test.datagrams;
            }
        },
        RECEIVE_FROM_INTO {
            @Override
            Coroutine<?> on(ClosedChannelsTest test) throws IOException {
                return sockRecvFromInto(test.datagrams, ByteBuffer.allocate(10));
            }

            @Override
            SelectableChannel channel(ClosedChannelsTest test) {
                return test.datagrams;
            }
        };

        abstract Coroutine<?> on(ClosedChannelsTest test) throws IOException;

        SelectableChannel channel(ClosedChannelsTest test) {
            return test.client;
        }
    }

    @ParameterizedTest
    @EnumSource(Wait.class)
    void a_close_on_the_loop_s_own_thread_ends_the_wait(Wait wait) throws IOException {
        Task<?> waiting = loop.createTask(wait.on(this));
        turns(2);
        assertThat(waiting.isDone()).isFalse();

        wait.channel(this).close();

        assertThatThrownBy(() -> run(waiting)).isInstanceOf(ClosedChannelException.class);
        assertThat(OwnedChannels.of(loop).hasReader(wait.channel(this))).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Wait.class)
    void a_close_on_another_thread_ends_the_wait_of_an_idle_loop(Wait wait) throws Exception {
        EventLoop real = EventLoop.builder().build();
        Task<?> waiting = real.createTask(wait.on(this));
        Thread closing = new Thread(() -> close(wait.channel(this)));
        // Behind the first step of the task.
        real.callSoon(closing::start);

        assertThatThrownBy(() -> real.runUntilComplete(waiting)).isInstanceOf(ClosedChannelException.class);

        closing.join();
        real.close();
    }

    @ParameterizedTest
    @EnumSource(Wait.class)
    void a_close_ends_the_wait_on_other_people_s_threads(Wait wait) throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        EventLoop over = EventLoop.over(executor);
        CompletableFuture<?> waiting = io.github.jasyncio.Asyncio.runCoroutineThreadsafe(wait.on(this), over);
        CompletableFuture<Void> hasBegun = new CompletableFuture<>();
        executor.execute(() -> over.callSoon(() -> over.callSoon(() -> hasBegun.complete(null))));
        hasBegun.join();

        close(wait.channel(this));

        assertThatThrownBy(waiting::join).hasCauseInstanceOf(ClosedChannelException.class);
        CompletableFuture.runAsync(over::close, executor).join();
        executor.shutdown();
    }

    private static void close(SelectableChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void a_reader_and_a_writer_are_called_a_last_time() throws IOException {
        loop.addReader(client, () -> log("reader, open " + client.isOpen()));
        loop.addWriter(client, () -> log("writer, open " + client.isOpen()));
        turns(1);
        trace.clear();

        client.close();
        turns(5);

        assertThat(trace).containsExactlyInAnyOrder("0 reader, open false", "0 writer, open false");
        assertThat(loop.removeReader(client)).isFalse();
        assertThat(loop.removeWriter(client)).isFalse();
    }

    @Test
    void of_those_who_wait_for_a_closed_channel_one_may_be_cancelled_and_the_other_fails() throws IOException {
        Task<?> reading = loop.createTask(sockRecv(client, 10));
        Task<?> writing = loop.createTask(sockSendAll(client, ByteBuffer.allocate(MUCH)));
        turns(2);

        client.close();
        reading.cancel();

        assertThatThrownBy(() -> run(writing)).isInstanceOf(ClosedChannelException.class);
        assertThat(reading.isCancelled()).isTrue();
    }

    @Test
    void a_closed_channel_for_which_nobody_waits_any_more_is_gone_from_the_system() throws IOException {
        Task<?> reading = loop.createTask(sockRecv(client, 10));
        turns(1);
        reading.cancel();
        turns(1);
        long before = OpenSockets.count();

        client.close();
        turns(2);

        assertThat(OpenSockets.count()).isEqualTo(before - 1);
    }

    /** What a protocol hears. */
    private final class Hearing implements Protocol {
        final Future<Throwable> lost = loop.createFuture();

        @Override
        public void connectionLost(Throwable failure) {
            lost.setResult(failure);
        }
    }

    private Transport connect(Hearing protocol) throws IOException {
        return run(createConnection(() -> protocol, server.getLocalAddress())).transport();
    }

    @Test
    void a_protocol_hears_that_somebody_has_closed_its_channel() throws IOException {
        Hearing reading = new Hearing();
        Transport transport = connect(reading);

        ((SocketChannel) transport.getExtraInfo("socket")).close();

        assertThat(run(reading.lost)).isInstanceOf(ClosedChannelException.class);
        Hearing paused = new Hearing();
        Transport second = connect(paused);
        second.pauseReading();
        turns(1);
        ((SocketChannel) second.getExtraInfo("socket")).close();
        second.resumeReading();
        assertThat(run(paused.lost)).isInstanceOf(ClosedChannelException.class);
        assertThat(OwnedChannels.of(loop).ownedCount()).isZero();
    }

    @Test
    void a_server_whose_socket_somebody_closes_is_closed_and_that_is_told() throws IOException {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        InetSocketAddress free;
        try (ServerSocketChannel gone = ServerSocketChannel.open().bind(anyPort)) {
            free = (InetSocketAddress) gone.getLocalAddress();
        }
        Server two = run(createServer(Hearing::new, List.of(anyPort, free), ServeOptions.DEFAULTS));
        List<ServerSocketChannel> sockets = two.sockets();
        Task<Void> forever = loop.createTask(two.serveForever());
        turns(1);

        sockets.get(0).close();
        turns(2);
        assertThat(two.isServing()).isTrue();
        assertThat(two.sockets()).containsExactlyElementsOf(sockets.subList(1, sockets.size()));
        for (ServerSocketChannel socket : two.sockets()) {
            socket.close();
        }
        turns(4);

        assertThat(two.isServing()).isFalse();
        assertThat(forever.isCancelled()).isTrue();
        assertThat(reports)
                .hasSize(sockets.size())
                .allMatch(report -> report.equals("a listening socket was closed, and not by its server"
                        + " java.nio.channels.ClosedChannelException"));
        reports.clear();
        assertThat(OwnedChannels.of(loop).ownedCount()).isZero();
    }

    @Test
    void sending_a_file_over_a_transport_fails_when_it_is_aborted() throws IOException {
        Transport transport = connect(new Hearing());
        Path path = Files.write(directory.resolve("file"), new byte[MUCH]);
        Awaitable<Long> sending = loop.createTask(Net.sendFile(transport, opened(FileChannel.open(path)), 0, MUCH));
        turns(3);

        transport.abort();

        assertThatThrownBy(() -> run(sending))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("connection closed: <SocketTransport closed");
    }
}
