package io.github.jasyncio.net;

import static io.github.jasyncio.Asyncio.async;
import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.runCoroutineThreadsafe;
import static io.github.jasyncio.Asyncio.waitFor;
import static io.github.jasyncio.net.Net.sockAccept;
import static io.github.jasyncio.net.Net.sockConnect;
import static io.github.jasyncio.net.Net.sockRecv;
import static io.github.jasyncio.net.Net.sockRecvFrom;
import static io.github.jasyncio.net.Net.sockRecvFromInto;
import static io.github.jasyncio.net.Net.sockRecvInto;
import static io.github.jasyncio.net.Net.sockSendAll;
import static io.github.jasyncio.net.Net.sockSendFile;
import static io.github.jasyncio.net.Net.sockSendTo;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncTimeoutException;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import io.github.jasyncio.Task;
import io.github.jasyncio.cpython.OnVirtualTime;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Semantics: {@code loop.sock_*}. */
@NullUnmarked // null is tested as well
class SocketsTest extends OnVirtualTime {

    /** More than the buffers of a connection hold. */
    private static final int MUCH = 32 << 20;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private ServerSocketChannel server;
    private SocketChannel client;
    private SocketChannel accepted;

    @TempDir
    private Path directory;

    @BeforeEach
    void connect() throws IOException {
        server = open(ServerSocketChannel.open());
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        server.configureBlocking(false);
        client = newClient();
        Task<SocketChannel> accepting = loop.createTask(sockAccept(server));
        run(sockConnect(client, server.getLocalAddress()));
        accepted = open(run(accepting));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable channel : opened) {
            channel.close();
        }
    }

    private <C extends AutoCloseable> C open(C channel) {
        opened.add(channel);
        return channel;
    }

    private SocketChannel newClient() throws IOException {
        SocketChannel channel = open(SocketChannel.open());
        channel.configureBlocking(false);
        return channel;
    }

    private DatagramChannel newDatagrams() throws IOException {
        DatagramChannel channel = open(DatagramChannel.open(StandardProtocolFamily.INET));
        channel.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
        channel.configureBlocking(false);
        return channel;
    }

    /** Starts a call that has to wait, and cancels it while it does. */
    private void cancelMidway(Coroutine<?> call, SelectableChannel channel) {
        Task<?> task = loop.createTask(call);
        turns(1);
        assertThat(task.isDone()).isFalse();

        task.cancel();
        turns(3);

        assertThat(task.isCancelled()).isTrue();
        assertThat(loop.removeReader(channel)).isFalse();
        assertThat(loop.removeWriter(channel)).isFalse();
    }

    private int readToTheEnd(SocketChannel channel) throws IOException {
        int count = 0;
        ByteBuffer buffer = ByteBuffer.allocate(1 << 20);
        for (int now; (now = run(sockRecvInto(channel, buffer.clear()))) >= 0; ) {
            count += now;
        }
        return count;
    }

    /** So that the other side reads a reset, and not the end of the stream. */
    private static void reset(SocketChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.close();
    }

    // ------------------------------------------------------------------------------------------------ streams

    @Test
    void bytes_are_received_as_they_come_up_to_a_size_and_none_at_the_end() throws IOException {
        run(sockSendAll(accepted, UTF_8.encode("abc")));
        accepted.shutdownOutput();

        assertThat(run(sockRecv(client, 2))).asString().isEqualTo("ab");
        assertThat(run(sockRecv(client, 0))).isEmpty();
        assertThat(run(sockRecv(client, 2))).asString().isEqualTo("c");
        assertThat(run(sockRecv(client, 2))).isEmpty();
        assertThat(run(sockRecvInto(client, ByteBuffer.allocate(2)))).isEqualTo(-1);
    }

    @Test
    void a_cancelled_receive_loses_nothing() throws IOException {
        cancelMidway(sockRecv(client, 10), client);
        ByteBuffer buffer = ByteBuffer.allocate(10);
        cancelMidway(sockRecvInto(client, buffer), client);
        run(sockSendAll(accepted, UTF_8.encode("late")));

        assertThat(run(sockRecv(client, 10))).asString().isEqualTo("late");
        assertThat(buffer.position()).isZero();
    }

    @Test
    void a_cancelled_send_tells_how_much_was_written() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(MUCH);

        cancelMidway(sockSendAll(client, buffer), client);

        assertThat(buffer.position()).isBetween(1, MUCH - 1);
        client.close();
        assertThat(readToTheEnd(accepted)).isEqualTo(buffer.position());
    }

    @Test
    void a_cancelled_connect_watches_the_channel_no_more() throws IOException {
        SocketChannel other = newClient();

        cancelMidway(sockConnect(other, server.getLocalAddress()), other);
    }

    @Test
    void a_cancelled_accept_loses_no_connection() throws IOException {
        cancelMidway(sockAccept(server), server);
        SocketChannel other = newClient();
        run(sockConnect(other, server.getLocalAddress()));

        SocketChannel accepted = open(run(sockAccept(server)));

        assertThat(accepted.getRemoteAddress()).isEqualTo(other.getLocalAddress());
        assertThat(accepted.isBlocking()).isFalse();
    }

    @Test
    void a_receive_that_is_cancelled_in_the_turn_in_which_it_is_ready_has_read_nothing() throws IOException {
        DatagramChannel here = newDatagrams();
        ByteBuffer buffer = ByteBuffer.allocate(10);
        List<Task<?>> receiving =
                List.of(loop.createTask(sockRecv(client, 10)), loop.createTask(sockRecvFrom(here, 10)));
        Task<?> into = loop.createTask(sockRecvInto(accepted, buffer));
        turns(1);
        accepted.write(UTF_8.encode("to client"));
        client.write(UTF_8.encode("accepted"));
        newDatagrams().send(UTF_8.encode("datagram"), here.getLocalAddress());
        // Ready now, but no task has gone on.
        turns(1);

        receiving.forEach(Task::cancel);
        into.cancel();
        turns(2);

        assertThat(receiving).allMatch(Task::isCancelled);
        assertThat(into.isCancelled()).isTrue();
        assertThat(buffer.position()).isZero();
        assertThat(run(sockRecv(client, 100))).asString(UTF_8).isEqualTo("to client");
        assertThat(run(sockRecv(accepted, 100))).asString(UTF_8).isEqualTo("accepted");
        assertThat(run(sockRecvFrom(here, 100)).data()).asString(UTF_8).isEqualTo("datagram");
    }

    @Test
    void a_reset_of_the_other_side_fails_who_reads() throws IOException {
        Task<byte[]> receiving = loop.createTask(sockRecv(client, 10));
        turns(1);

        reset(accepted);

        assertThatThrownBy(() -> run(receiving)).isInstanceOf(IOException.class).hasMessageContaining("reset");
        assertThat(loop.removeReader(client)).isFalse();
    }

    @Test
    void a_reset_of_the_other_side_fails_who_writes() throws IOException {
        Task<Void> sending = loop.createTask(sockSendAll(client, ByteBuffer.allocate(MUCH)));
        turns(1);

        reset(accepted);

        assertThatThrownBy(() -> run(sending)).isInstanceOf(IOException.class);
        assertThat(loop.removeWriter(client)).isFalse();
    }

    @Test
    void the_other_direction_goes_on_after_half_a_close() throws IOException {
        client.shutdownOutput();

        assertThat(run(sockRecv(accepted, 10))).isEmpty();
        run(sockSendAll(accepted, UTF_8.encode("still")));

        assertThat(run(sockRecv(client, 10))).asString().isEqualTo("still");
    }

    @Test
    void sockets_may_have_names_in_the_file_system() throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("socket"));
        ServerSocketChannel server = open(ServerSocketChannel.open(StandardProtocolFamily.UNIX));
        server.bind(address);
        server.configureBlocking(false);
        SocketChannel client = open(SocketChannel.open(StandardProtocolFamily.UNIX));
        client.configureBlocking(false);

        Task<SocketChannel> accepting = loop.createTask(sockAccept(server));
        run(sockConnect(client, address));
        run(sockSendAll(client, UTF_8.encode("x")));

        assertThat(run(sockRecv(open(run(accepting)), 10))).asString().isEqualTo("x");
    }

    // ------------------------------------------------------------------------------------------------ whole programs

    /** Sends back what comes until the other side ends its stream. */
    @Async
    private static Coroutine<Integer> echo(SocketChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(1000);
        int all = 0;
        try (channel) {
            for (int count; (count = await(sockRecvInto(channel, buffer.clear()))) >= 0; all += count) {
                await(sockSendAll(channel, buffer.flip()));
            }
        }
        return Coroutine.of(all);
    }

    /** A server and a client in one program; gives whether all came back, and how many bytes the server saw. */
    @Async
    private Coroutine<String> echoProgram(byte[] data) throws IOException {
        Task<Integer> serving = createTask(async(() -> {
            SocketChannel accepted = await(sockAccept(server));
            return echo(accepted);
        }));
        byte[] received = new byte[data.length];
        try (SocketChannel client = SocketChannel.open()) {
            client.configureBlocking(false);
            await(sockConnect(client, server.getLocalAddress()));
            Task<Void> sending = createTask(sockSendAll(client, ByteBuffer.wrap(data)));
            ByteBuffer buffer = ByteBuffer.wrap(received);
            while (buffer.hasRemaining()) {
                await(sockRecvInto(client, buffer));
            }
            await(sending);
        }
        int count = await(serving);
        return Coroutine.of(Arrays.equals(data, received) + " " + count);
    }

    private static byte[] megabyte() {
        byte[] data = new byte[1 << 20];
        new Random(42).nextBytes(data);
        return data;
    }

    @Test
    void a_megabyte_comes_back_from_an_echo_server() throws IOException {
        assertThat(run(echoProgram(megabyte()))).isEqualTo("true 1048576");
    }

    @Test
    void sockets_work_on_other_people_s_threads() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        EventLoop over = EventLoop.over(executor);

        assertThat(runCoroutineThreadsafe(echoProgram(megabyte()), over).join()).isEqualTo("true 1048576");

        CompletableFuture.runAsync(over::close, executor).join();
        executor.shutdown();
    }

    // ------------------------------------------------------------------------------------------------ at once or later

    @Test
    void what_is_there_already_is_received_without_a_turn() throws IOException {
        accepted.write(UTF_8.encode("abc"));
        awaitReadable(client);

        Task<Integer> receiving = loop.createTask(sockRecvInto(client, ByteBuffer.allocate(2)));
        turns(1);
        assertThat(receiving.result()).isEqualTo(2);
        Task<Integer> empty = loop.createTask(sockRecvInto(client, ByteBuffer.allocate(0)));
        turns(1);
        assertThat(empty.result()).isZero();
    }

    private void awaitReadable(SocketChannel channel) {
        Future<Void> readable = loop.createFuture();
        loop.addReader(channel, () -> {
            loop.removeReader(channel);
            readable.setResult(null);
        });
        run(readable);
    }

    @Test
    void a_receive_that_times_out_watches_the_channel_no_more_and_loses_nothing() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(10);

        assertThatThrownBy(() -> run(waitFor(sockRecvInto(client, buffer), ms(10))))
                .isInstanceOf(AsyncTimeoutException.class);
        turns(2);
        assertThat(loop.removeReader(client)).isFalse();
        run(sockSendAll(accepted, UTF_8.encode("late")));

        assertThat(run(sockRecvInto(client, buffer))).isEqualTo(4);
    }

    @Test
    void a_connection_that_is_refused_fails() throws IOException {
        SocketAddress gone;
        try (ServerSocketChannel deserted = ServerSocketChannel.open()) {
            gone = deserted.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .getLocalAddress();
        }
        SocketChannel other = newClient();

        assertThatThrownBy(() -> run(sockConnect(other, gone))).isInstanceOf(ConnectException.class);
    }

    @Test
    void a_name_is_looked_up_in_the_executor() throws IOException {
        SocketChannel other = newClient();
        int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
        Task<SocketChannel> accepting = loop.createTask(sockAccept(server));

        run(sockConnect(other, InetSocketAddress.createUnresolved("localhost", port)));

        open(run(accepting));
        assertThat(other.isConnected()).isTrue();
    }

    @Test
    void a_blocking_or_closed_socket_is_refused() throws IOException {
        SocketChannel blocking = open(SocketChannel.open());

        assertThatThrownBy(() -> run(sockRecvInto(blocking, ByteBuffer.allocate(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sockRecvInto: the channel must be non-blocking (channel.configureBlocking(false) before): "
                        + blocking);
        assertThatThrownBy(() -> sockAccept(null)).hasMessage("sockAccept: a channel was expected, got null");
        server.close();
        assertThatThrownBy(() -> run(sockAccept(server))).hasMessage("sockAccept: the channel is closed: " + server);
    }

    // ------------------------------------------------------------------------------------------------ files

    private FileChannel file(byte[] content) throws IOException {
        Path path = Files.write(directory.resolve("file"), content);
        return open(FileChannel.open(path, StandardOpenOption.READ));
    }

    @Test
    void a_file_is_sent_whole() throws IOException {
        byte[] content = new byte[MUCH];
        new Random(7).nextBytes(content);
        FileChannel file = file(content);
        ByteBuffer received = ByteBuffer.allocate(MUCH);

        Task<Long> sending = loop.createTask(sockSendFile(client, file));
        while (received.hasRemaining()) {
            run(sockRecvInto(accepted, received));
        }

        assertThat(run(sending)).isEqualTo(MUCH);
        assertThat(received.array()).isEqualTo(content);
        assertThat(file.position()).isEqualTo(MUCH);
    }

    @Test
    void part_of_a_file_is_sent_and_no_more_than_there_is() throws IOException {
        FileChannel file = file("0123456789".getBytes(UTF_8));

        assertThat(run(sockSendFile(client, file, 3, 4))).isEqualTo(4);
        assertThat(file.position()).isEqualTo(7);
        assertThat(run(sockSendFile(client, file, 8, 100))).isEqualTo(2);
        assertThat(run(sockSendFile(client, file, 100, 100))).isZero();
        assertThat(file.position()).isEqualTo(10);

        assertThat(run(sockRecv(accepted, 100))).asString().isEqualTo("345689");
        assertThatThrownBy(() -> sockSendFile(client, file, -1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sockSendFile: the offset must not be negative, and the count positive: -1, 1");
        assertThatThrownBy(() -> sockSendFile(client, file, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void files_and_bytes_are_sent_in_turns_and_an_empty_file_as_nothing() throws IOException {
        FileChannel file = file("file".getBytes(UTF_8));

        run(sockSendAll(client, UTF_8.encode("before ")));
        run(sockSendFile(client, file));
        run(sockSendAll(client, UTF_8.encode(" behind")));
        try (FileChannel empty = FileChannel.open(Files.createFile(directory.resolve("empty")))) {
            assertThat(run(sockSendFile(client, empty))).isZero();
        }

        ByteBuffer received = ByteBuffer.allocate(18);
        while (received.hasRemaining()) {
            run(sockRecvInto(accepted, received));
        }
        assertThat(new String(received.array(), UTF_8)).isEqualTo("before file behind");
    }

    @Test
    void after_a_cancelled_send_the_file_s_position_is_behind_what_was_sent() throws IOException {
        FileChannel file = file(new byte[MUCH]);

        cancelMidway(sockSendFile(client, file), client);

        assertThat(file.position()).isBetween(1L, MUCH - 1L);
        client.close();
        assertThat(readToTheEnd(accepted)).isEqualTo((int) file.position());
    }

    // ------------------------------------------------------------------------------------------------ datagrams

    @Test
    void datagrams_come_one_by_one_with_their_sender() throws IOException {
        DatagramChannel here = newDatagrams();
        DatagramChannel there = newDatagrams();

        assertThat(run(sockSendTo(here, UTF_8.encode("first"), there.getLocalAddress())))
                .isEqualTo(5);
        assertThat(run(sockSendTo(here, ByteBuffer.allocate(0), there.getLocalAddress())))
                .isZero();
        run(sockSendTo(here, UTF_8.encode("third"), there.getLocalAddress()));

        Datagram first = run(sockRecvFrom(there, 100));
        assertThat(first.data()).asString().isEqualTo("first");
        assertThat(first.address()).isEqualTo(here.getLocalAddress());
        assertThat(run(sockRecvFrom(there, 100)).data()).isEmpty();
        ByteBuffer buffer = ByteBuffer.allocate(3);
        assertThat(run(sockRecvFromInto(there, buffer))).isEqualTo(here.getLocalAddress());
        assertThat(buffer.array()).asString().isEqualTo("thi");
    }

    @Test
    void a_cancelled_receive_loses_no_datagram() throws IOException {
        DatagramChannel here = newDatagrams();
        cancelMidway(sockRecvFrom(here, 10), here);
        cancelMidway(sockRecvFromInto(here, ByteBuffer.allocate(10)), here);

        run(sockSendTo(newDatagrams(), UTF_8.encode("late"), here.getLocalAddress()));

        assertThat(run(sockRecvFrom(here, 10)).data()).asString().isEqualTo("late");
    }

    @Test
    void a_connected_channel_hears_its_peer_only() throws IOException {
        DatagramChannel here = newDatagrams();
        DatagramChannel peer = newDatagrams();
        SocketAddress address = here.getLocalAddress();
        run(sockConnect(
                here,
                InetSocketAddress.createUnresolved("127.0.0.1", peer.socket().getLocalPort())));

        run(sockSendTo(newDatagrams(), UTF_8.encode("stranger"), address));
        run(sockSendTo(peer, UTF_8.encode("peer"), address));

        assertThat(run(sockRecvFrom(here, 10)).data()).asString().isEqualTo("peer");
    }

    @Test
    void a_connected_channel_sends_empty_datagrams() throws IOException {
        DatagramChannel here = newDatagrams();
        DatagramChannel peer = newDatagrams();
        run(sockConnect(here, peer.getLocalAddress()));

        assertThat(run(sockSendTo(here, ByteBuffer.allocate(0), peer.getLocalAddress())))
                .isZero();

        Datagram empty = run(sockRecvFrom(peer, 10));
        assertThat(empty.data()).isEmpty();
        assertThat(empty.address()).isEqualTo(here.getLocalAddress());
    }

    @Test
    void that_nobody_listens_fails_who_receives_on_a_connected_channel() throws IOException {
        DatagramChannel here = newDatagrams();
        DatagramChannel gone = newDatagrams();
        SocketAddress deserted = gone.getLocalAddress();
        gone.close();
        run(sockConnect(here, deserted));
        Task<Datagram> receiving = loop.createTask(sockRecvFrom(here, 10));
        turns(1);

        run(sockSendTo(here, UTF_8.encode("x"), deserted));

        assertThatThrownBy(() -> run(receiving)).isInstanceOf(PortUnreachableException.class);
    }

    @Test
    void a_blocking_channel_is_refused() throws IOException {
        DatagramChannel datagrams = newDatagrams();
        datagrams.configureBlocking(true);

        assertThatThrownBy(() -> run(sockRecvFrom(datagrams, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sockRecvFrom: the channel must be non-blocking (channel.configureBlocking(false) before): "
                        + datagrams);
        assertThatThrownBy(() -> run(sockConnect(datagrams, datagrams.getLocalAddress())))
                .hasMessageStartingWith("sockConnect: the channel must be non-blocking");
        assertThatThrownBy(() -> sockConnect(client, null))
                .hasMessage("sockConnect: a channel and an address were expected, got null");
    }
}
