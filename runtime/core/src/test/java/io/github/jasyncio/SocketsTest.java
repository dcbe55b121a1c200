package io.github.jasyncio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
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
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Semantics: {@code loop.sock_*}; what {@link ChannelsTest} has not. */
@NullUnmarked // null is tested as well
class SocketsTest extends LoopTest {

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
        Task<SocketChannel> accepting = loop.createTask(loop.sockAccept(server));
        run(loop.sockConnect(client, server.getLocalAddress()));
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

    private int readToTheEnd(SocketChannel channel) {
        int count = 0;
        ByteBuffer buffer = ByteBuffer.allocate(1 << 20);
        for (int now; (now = run(loop.sockRecvInto(channel, buffer.clear()))) >= 0; ) {
            count += now;
        }
        return count;
    }

    /** So that the other side reads a reset, and not the end of the stream. */
    private static void reset(SocketChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.close();
    }

    /** Takes a channel from the selector: one that is registered is closed later only. */
    private void forget() {
        loop.channels().poll(1);
    }

    // ------------------------------------------------------------------------------------------------ streams

    @Test
    void bytes_are_received_as_they_come_up_to_a_size_and_none_at_the_end() throws IOException {
        run(loop.sockSendAll(accepted, UTF_8.encode("abc")));
        accepted.shutdownOutput();

        assertThat(run(loop.sockRecv(client, 2))).asString().isEqualTo("ab");
        assertThat(run(loop.sockRecv(client, 0))).isEmpty();
        assertThat(run(loop.sockRecv(client, 2))).asString().isEqualTo("c");
        assertThat(run(loop.sockRecv(client, 2))).isEmpty();
        assertThat(run(loop.sockRecvInto(client, ByteBuffer.allocate(2)))).isEqualTo(-1);
    }

    @Test
    void a_cancelled_receive_loses_nothing() {
        cancelMidway(loop.sockRecv(client, 10), client);
        ByteBuffer buffer = ByteBuffer.allocate(10);
        cancelMidway(loop.sockRecvInto(client, buffer), client);
        run(loop.sockSendAll(accepted, UTF_8.encode("late")));

        assertThat(run(loop.sockRecv(client, 10))).asString().isEqualTo("late");
        assertThat(buffer.position()).isZero();
    }

    @Test
    void a_cancelled_send_tells_how_much_was_written() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(MUCH);

        cancelMidway(loop.sockSendAll(client, buffer), client);

        assertThat(buffer.position()).isBetween(1, MUCH - 1);
        forget();
        client.close();
        assertThat(readToTheEnd(accepted)).isEqualTo(buffer.position());
    }

    @Test
    void a_cancelled_connect_watches_the_channel_no_more() throws IOException {
        SocketChannel other = newClient();

        cancelMidway(loop.sockConnect(other, server.getLocalAddress()), other);
    }

    @Test
    void a_cancelled_accept_loses_no_connection() throws IOException {
        cancelMidway(loop.sockAccept(server), server);
        SocketChannel other = newClient();
        run(loop.sockConnect(other, server.getLocalAddress()));

        SocketChannel accepted = open(run(loop.sockAccept(server)));

        assertThat(accepted.getRemoteAddress()).isEqualTo(other.getLocalAddress());
        assertThat(accepted.isBlocking()).isFalse();
    }

    @Test
    void a_reset_of_the_other_side_fails_who_reads() throws IOException {
        Task<byte[]> receiving = loop.createTask(loop.sockRecv(client, 10));
        turns(1);

        reset(accepted);

        assertThatThrownBy(() -> run(receiving)).isInstanceOf(IOException.class).hasMessageContaining("reset");
        assertThat(loop.removeReader(client)).isFalse();
    }

    @Test
    void a_reset_of_the_other_side_fails_who_writes() throws IOException {
        Task<Void> sending = loop.createTask(loop.sockSendAll(client, ByteBuffer.allocate(MUCH)));
        turns(1);

        reset(accepted);

        assertThatThrownBy(() -> run(sending)).isInstanceOf(IOException.class);
        assertThat(loop.removeWriter(client)).isFalse();
    }

    @Test
    void the_other_direction_goes_on_after_half_a_close() throws IOException {
        client.shutdownOutput();

        assertThat(run(loop.sockRecv(accepted, 10))).isEmpty();
        run(loop.sockSendAll(accepted, UTF_8.encode("still")));

        assertThat(run(loop.sockRecv(client, 10))).asString().isEqualTo("still");
    }

    @Test
    void sockets_may_have_names_in_the_file_system() throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("socket"));
        ServerSocketChannel server = open(ServerSocketChannel.open(StandardProtocolFamily.UNIX));
        server.bind(address);
        server.configureBlocking(false);
        SocketChannel client = open(SocketChannel.open(StandardProtocolFamily.UNIX));
        client.configureBlocking(false);

        Task<SocketChannel> accepting = loop.createTask(loop.sockAccept(server));
        run(loop.sockConnect(client, address));
        run(loop.sockSendAll(client, UTF_8.encode("x")));

        assertThat(run(loop.sockRecv(open(run(accepting)), 10))).asString().isEqualTo("x");
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

        Task<Long> sending = loop.createTask(loop.sockSendFile(client, file));
        while (received.hasRemaining()) {
            run(loop.sockRecvInto(accepted, received));
        }

        assertThat(run(sending)).isEqualTo(MUCH);
        assertThat(received.array()).isEqualTo(content);
        assertThat(file.position()).isEqualTo(MUCH);
    }

    @Test
    void part_of_a_file_is_sent_and_no_more_than_there_is() throws IOException {
        FileChannel file = file("0123456789".getBytes(UTF_8));

        assertThat(run(loop.sockSendFile(client, file, 3, 4))).isEqualTo(4);
        assertThat(file.position()).isEqualTo(7);
        assertThat(run(loop.sockSendFile(client, file, 8, 100))).isEqualTo(2);
        assertThat(run(loop.sockSendFile(client, file, 100, 100))).isZero();
        assertThat(file.position()).isEqualTo(10);

        assertThat(run(loop.sockRecv(accepted, 100))).asString().isEqualTo("345689");
        assertThatThrownBy(() -> loop.sockSendFile(client, file, -1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sockSendFile: the offset must not be negative, and the count positive: -1, 1");
        assertThatThrownBy(() -> loop.sockSendFile(client, file, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void after_a_cancelled_send_the_file_s_position_is_behind_what_was_sent() throws IOException {
        FileChannel file = file(new byte[MUCH]);

        cancelMidway(loop.sockSendFile(client, file), client);

        assertThat(file.position()).isBetween(1L, MUCH - 1L);
        forget();
        client.close();
        assertThat(readToTheEnd(accepted)).isEqualTo((int) file.position());
    }

    // ------------------------------------------------------------------------------------------------ datagrams

    @Test
    void datagrams_come_one_by_one_with_their_sender() throws IOException {
        DatagramChannel here = newDatagrams();
        DatagramChannel there = newDatagrams();

        assertThat(run(loop.sockSendTo(here, UTF_8.encode("first"), there.getLocalAddress())))
                .isEqualTo(5);
        assertThat(run(loop.sockSendTo(here, ByteBuffer.allocate(0), there.getLocalAddress())))
                .isZero();
        run(loop.sockSendTo(here, UTF_8.encode("third"), there.getLocalAddress()));

        Datagram first = run(loop.sockRecvFrom(there, 100));
        assertThat(first.data()).asString().isEqualTo("first");
        assertThat(first.address()).isEqualTo(here.getLocalAddress());
        assertThat(run(loop.sockRecvFrom(there, 100)).data()).isEmpty();
        ByteBuffer buffer = ByteBuffer.allocate(3);
        assertThat(run(loop.sockRecvFromInto(there, buffer))).isEqualTo(here.getLocalAddress());
        assertThat(buffer.array()).asString().isEqualTo("thi");
    }

    @Test
    void a_cancelled_receive_loses_no_datagram() throws IOException {
        DatagramChannel here = newDatagrams();
        cancelMidway(loop.sockRecvFrom(here, 10), here);
        cancelMidway(loop.sockRecvFromInto(here, ByteBuffer.allocate(10)), here);

        run(loop.sockSendTo(newDatagrams(), UTF_8.encode("late"), here.getLocalAddress()));

        assertThat(run(loop.sockRecvFrom(here, 10)).data()).asString().isEqualTo("late");
    }

    @Test
    void a_connected_channel_hears_its_peer_only() throws IOException {
        DatagramChannel here = newDatagrams();
        DatagramChannel peer = newDatagrams();
        SocketAddress address = here.getLocalAddress();
        run(loop.sockConnect(
                here,
                InetSocketAddress.createUnresolved("127.0.0.1", peer.socket().getLocalPort())));

        run(loop.sockSendTo(newDatagrams(), UTF_8.encode("stranger"), address));
        run(loop.sockSendTo(peer, UTF_8.encode("peer"), address));

        assertThat(run(loop.sockRecvFrom(here, 10)).data()).asString().isEqualTo("peer");
    }

    @Test
    void that_nobody_listens_fails_who_receives_on_a_connected_channel() throws IOException {
        DatagramChannel here = newDatagrams();
        DatagramChannel gone = newDatagrams();
        SocketAddress deserted = gone.getLocalAddress();
        gone.close();
        run(loop.sockConnect(here, deserted));
        Task<Datagram> receiving = loop.createTask(loop.sockRecvFrom(here, 10));
        turns(1);

        run(loop.sockSendTo(here, UTF_8.encode("x"), deserted));

        assertThatThrownBy(() -> run(receiving)).isInstanceOf(PortUnreachableException.class);
    }

    @Test
    void a_blocking_channel_is_refused() throws IOException {
        DatagramChannel datagrams = newDatagrams();
        datagrams.configureBlocking(true);

        assertThatThrownBy(() -> run(loop.sockRecvFrom(datagrams, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sockRecvFrom: the channel must be non-blocking (channel.configureBlocking(false) before): "
                        + datagrams);
        assertThatThrownBy(() -> run(loop.sockConnect(datagrams, datagrams.getLocalAddress())))
                .hasMessageStartingWith("sockConnect: the channel must be non-blocking");
        assertThatThrownBy(() -> loop.sockConnect(client, null))
                .hasMessage("sockConnect: a channel and an address were expected, got null");
    }
}
