package io.github.jasyncio.net;

import static io.github.jasyncio.net.Net.connectAcceptedSocket;
import static io.github.jasyncio.net.Net.sendFile;
import static io.github.jasyncio.net.Net.sockRecv;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.Task;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Semantics: {@code selector_events._SelectorSocketTransport}. */
@NullUnmarked // as free as a test
class TransportTest extends ConnectionTest {

    private final Noting client = new Noting("client");
    private final Noting server = new Noting("server");

    private Transport connect() throws IOException {
        Transport transport = connect(client, server);
        trace.clear();
        return transport;
    }

    // ------------------------------------------------------------------------------------------------ order

    @Test
    void a_protocol_is_told_of_a_connection_from_its_beginning_to_its_end() throws IOException {
        Transport transport = connect(client, server);
        assertThat(trace).containsExactlyInAnyOrder("client made", "server made");
        trace.clear();

        transport.write("hello".getBytes(UTF_8));
        run(server.received(5));
        transport.close();
        run(server.lost);
        run(client.lost);

        assertThat(trace)
                .containsExactlyInAnyOrder("server hello", "server eof", "server lost null", "client lost null");
        assertThat(trace).containsSubsequence("server hello", "server eof", "server lost null");
    }

    @Test
    void the_protocol_hears_of_the_connection_then_reading_begins_then_who_waits_goes_on() throws Exception {
        Noting early = new Noting("early") {
            @Override
            public void connectionMade(Transport transport) {
                super.connectionMade(transport);
                note("reading " + transport.isReading() + ", polling "
                        + transport.toString().contains("read=polling"));
            }
        };
        Transport transport = connect(early, server);

        assertThat(trace).contains("early reading true, polling false");
        assertThat(transport)
                .hasToString("<SocketTransport peer=" + transport.getExtraInfo("peername")
                        + " read=polling write=<idle, bufsize=0>>");
        assertThat(((SocketChannel) transport.getExtraInfo("socket")).getLocalAddress())
                .isEqualTo(transport.getExtraInfo("sockname"));
        assertThat(transport.getExtraInfo("cipher")).isNull();
    }

    @Test
    void closing_in_connection_made_never_begins_to_read() throws IOException {
        Noting hasty = new Noting("hasty") {
            @Override
            public void connectionMade(Transport transport) {
                super.connectionMade(transport);
                transport.close();
                transport.close();
                note("reading " + transport.isReading());
            }
        };
        Transport transport = connect(hasty, server);
        run(hasty.lost);
        run(server.lost);

        assertThat(trace)
                .containsSubsequence("hasty made", "hasty reading false", "hasty lost null")
                .containsSubsequence("server made", "server eof", "server lost null");
        assertThat(transport.isClosing()).isTrue();
        assertThat(transport.toString())
                .startsWith("<SocketTransport closed peer=")
                .contains(" read=idle ");
    }

    @Test
    void closing_in_data_received_receives_nothing_more() throws IOException {
        Noting once = new Noting("once") {
            @Override
            public void dataReceived(byte[] data) {
                super.dataReceived(data);
                transport.close();
                server.transport.write("b".getBytes(UTF_8));
            }
        };
        connect(once, server);
        server.transport.write("a".getBytes(UTF_8));

        run(once.lost);
        run(server.lost);

        assertThat(trace).containsOnlyOnce("once a", "once lost null").doesNotContain("once b");
    }

    @Test
    void closing_in_connection_lost_does_nothing() throws IOException {
        Noting stubborn = new Noting("stubborn") {
            @Override
            public void connectionLost(Throwable failure) {
                transport.close();
                transport.abort();
                transport.pauseReading();
                transport.resumeReading();
                super.connectionLost(failure);
            }
        };
        connect(stubborn, server);
        server.transport.close();

        run(stubborn.lost);
        turns(3);

        assertThat(trace).containsOnlyOnce("stubborn lost null");
    }

    // ------------------------------------------------------------------------------------------------ the end of
    // streams

    @Test
    void after_the_end_of_one_stream_the_other_goes_on_if_the_protocol_wants() throws IOException {
        Noting answering = new Noting("answering") {
            @Override
            public boolean eofReceived() {
                super.eofReceived();
                return true;
            }
        };
        Transport transport = connect(client, answering);
        trace.clear();

        assertThat(transport.canWriteEof()).isTrue();
        transport.write("question".getBytes(UTF_8));
        transport.writeEof();
        transport.writeEof();
        run(answering.ended);
        // The end is told once, though it could be read again and again.
        turns(3);
        answering.transport.write("answer".getBytes(UTF_8));
        answering.transport.close();
        run(client.lost);

        assertThat(trace)
                .containsSubsequence("answering question", "answering eof", "answering lost null")
                .containsSubsequence("client answer", "client eof", "client lost null")
                .containsOnlyOnce("answering eof");
        assertThatThrownBy(() -> transport.write(new byte[1]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("write after writeEof: " + transport);
    }

    @Test
    void the_stream_ends_behind_what_is_in_the_buffer() throws IOException {
        Transport transport = connect();
        server.transport.pauseReading();
        transport.write(new byte[MUCH]);
        assertThat(transport.getWriteBufferSize()).isPositive();

        transport.writeEof();
        server.transport.resumeReading();
        run(server.ended);

        assertThat(server.received.size()).isEqualTo(MUCH);
    }

    @Test
    void a_reset_of_the_other_side_is_told_as_a_failure() throws IOException {
        connect();

        reset(server.transport);

        assertThat(run(client.lost)).isInstanceOf(IOException.class).hasMessageContaining("reset");
        assertThat(trace).doesNotContain("client eof");
    }

    @Test
    void a_reset_is_told_to_who_has_unsent_bytes() throws IOException {
        Transport transport = connect();
        server.transport.pauseReading();
        transport.pauseReading();
        transport.write(new byte[MUCH]);

        reset(server.transport);

        assertThat(run(client.lost)).isInstanceOf(IOException.class);
        assertThat(transport.getWriteBufferSize()).isZero();
    }

    // ------------------------------------------------------------------------------------------------ writing

    @Test
    void writing_is_paused_in_the_middle_of_a_write_and_resumed_when_the_buffer_has_drained() throws IOException {
        Transport transport = connect();
        server.transport.pauseReading();

        transport.write(new byte[MUCH]);
        trace.add("written");
        transport.write(new byte[1]);
        server.transport.resumeReading();
        run(server.received(MUCH + 1));

        assertThat(trace).containsExactly("client paused", "written", "client resumed");
        assertThat(transport.getWriteBufferSize()).isZero();
    }

    @Test
    void the_marks_of_the_buffer_can_be_set() throws IOException {
        Transport transport = connect();
        assertThat(transport.getWriteBufferLimits()).isEqualTo(new WriteBufferLimits(16384, 65536));

        transport.setWriteBufferLimits(null, 1000);
        assertThat(transport.getWriteBufferLimits()).isEqualTo(new WriteBufferLimits(1000, 4000));
        transport.setWriteBufferLimits(1000, null);
        assertThat(transport.getWriteBufferLimits()).isEqualTo(new WriteBufferLimits(250, 1000));
        transport.setWriteBufferLimits(null, 600_000_000);
        assertThat(transport.getWriteBufferLimits()).isEqualTo(new WriteBufferLimits(600_000_000, 2_400_000_000L));
        assertThatThrownBy(() -> transport.setWriteBufferLimits(1, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("high (1) must be >= low (2) must be >= 0");
        assertThatThrownBy(() -> transport.setWriteBufferLimits(1, -1)).isInstanceOf(IllegalArgumentException.class);

        server.transport.pauseReading();
        transport.setWriteBufferLimits(MUCH, 0);
        transport.write(new byte[MUCH]);
        assertThat(trace).isEmpty();
        transport.setWriteBufferLimits(0, 0);
        assertThat(trace).containsExactly("client paused");
    }

    @Test
    void what_the_caller_does_to_his_array_later_does_not_matter() throws IOException {
        Transport transport = connect();
        server.transport.pauseReading();
        byte[] data = new byte[MUCH];
        ByteBuffer buffer = ByteBuffer.wrap(data);

        transport.write(buffer);
        assertThat(buffer.hasRemaining()).isFalse();
        java.util.Arrays.fill(data, (byte) 1);
        server.transport.resumeReading();
        run(server.received(MUCH));

        assertThat(server.received.toByteArray()).isEqualTo(new byte[MUCH]);
    }

    @Test
    void several_pieces_arrive_in_order_whatever_the_buffer_holds() throws IOException {
        Transport transport = connect();
        server.transport.pauseReading();
        byte[] much = new byte[MUCH];
        transport.write(much);
        for (int i = 0; i < 3000; i++) {
            transport.write(new byte[] {(byte) i});
        }
        transport.writeLines(List.of(new byte[] {1, 2}, new byte[0], new byte[] {3}));
        transport.write(new byte[0]);

        server.transport.resumeReading();
        run(server.received(MUCH + 3003));

        byte[] received = server.received.toByteArray();
        for (int i = 0; i < 3000; i++) {
            assertThat(received[MUCH + i]).isEqualTo((byte) i);
        }
        assertThat(received).endsWith(1, 2, 3);
    }

    @Test
    void closing_sends_what_is_in_the_buffer() throws IOException {
        Transport transport = connect();
        server.transport.pauseReading();
        transport.write(new byte[MUCH]);
        transport.close();
        turns(2);
        assertThat(trace).containsExactly("client paused");
        server.transport.resumeReading();
        run(server.lost);
        assertThat(server.received.size()).isEqualTo(MUCH);
        transport.abort();
        turns(2);
        assertThat(trace).containsSubsequence("client paused", "client resumed", "client lost null");
    }

    @Test
    void aborting_drops_what_is_in_the_buffer() throws IOException {
        Transport transport = connect();
        server.transport.pauseReading();
        transport.write(new byte[MUCH]);

        transport.close();
        transport.abort();
        assertThat(transport.getWriteBufferSize()).isZero();
        assertThat(run(client.lost)).isNull();

        server.transport.resumeReading();
        run(server.lost);
        assertThat(server.received.size()).isLessThan(MUCH);
    }

    @Test
    void closing_in_resume_writing_loses_the_connection_once() throws IOException {
        Noting closing = new Noting("closing") {
            @Override
            public void resumeWriting() {
                super.resumeWriting();
                transport.close();
            }
        };
        Transport transport = connect(closing, server);
        server.transport.pauseReading();
        transport.setWriteBufferLimits(0, 0);
        transport.write(new byte[MUCH]);

        server.transport.resumeReading();
        run(closing.lost);
        run(server.lost);

        assertThat(trace).containsOnlyOnce("closing resumed", "closing lost null");
        assertThat(server.received.size()).isEqualTo(MUCH);
    }

    @Test
    void what_is_written_after_the_connection_is_lost_is_dropped() throws IOException {
        Transport transport = connect();
        transport.close();
        run(client.lost);
        ByteBuffer data = ByteBuffer.allocate(1);

        for (int i = 0; i < 5; i++) {
            transport.write(data.clear());
        }

        assertThat(data.hasRemaining()).isFalse();
        assertThat(transport.getWriteBufferSize()).isZero();
    }

    // ------------------------------------------------------------------------------------------------ reading

    @Test
    void nothing_is_received_while_reading_is_paused() throws IOException {
        Transport transport = connect();
        transport.pauseReading();
        transport.pauseReading();
        assertThat(transport.isReading()).isFalse();
        server.transport.write("x".getBytes(UTF_8));
        turns(3);
        assertThat(trace).isEmpty();

        transport.resumeReading();
        transport.resumeReading();
        run(client.received(1));

        assertThat(trace).containsExactly("client x");
        assertThat(transport.isReading()).isTrue();
    }

    @Test
    void a_protocol_may_pause_reading_before_it_has_begun() throws IOException {
        Noting pausing = new Noting("pausing") {
            @Override
            public void connectionMade(Transport transport) {
                super.connectionMade(transport);
                transport.pauseReading();
            }
        };
        Transport transport = connect(pausing, server);
        server.transport.write("x".getBytes(UTF_8));
        turns(3);
        assertThat(transport.toString()).contains(" read=idle ");

        transport.resumeReading();
        run(pausing.received(1));

        assertThat(trace).endsWith("pausing x");
    }

    @Test
    void another_protocol_can_take_over() throws IOException {
        Transport transport = connect();
        Noting second = new Noting("second");
        assertThat(transport.getProtocol()).isSameAs(client);

        transport.setProtocol(second);
        server.transport.write("x".getBytes(UTF_8));
        run(second.received(1));
        server.transport.close();
        run(second.lost);

        assertThat(trace).containsSubsequence("second x", "second eof", "second lost null");
        assertThat(client.lost.isDone()).isFalse();
    }

    /** Has room for three bytes at a time. */
    private class Buffered extends Noting implements BufferedProtocol {

        final ByteBuffer buffer = ByteBuffer.allocate(3);
        int room = 3;

        Buffered() {
            super("buffered");
        }

        @Override
        public ByteBuffer getBuffer(int sizeHint) {
            return buffer.clear().limit(room);
        }

        @Override
        public void bufferUpdated(int count) {
            byte[] data = new byte[count];
            buffer.flip().get(data);
            super.dataReceived(data);
        }

        @Override
        public void dataReceived(byte[] data) {
            BufferedProtocol.super.dataReceived(data);
        }
    }

    @Test
    void a_buffered_protocol_says_where_to_put_what_comes() throws IOException {
        Buffered buffered = new Buffered();
        connect(buffered, server);
        trace.clear();
        server.transport.write("abcdefg".getBytes(UTF_8));
        server.transport.writeEof();

        run(buffered.lost);

        assertThat(trace)
                .containsSubsequence(
                        "buffered abc", "buffered def", "buffered g", "buffered eof", "buffered lost null");
    }

    @Test
    void a_transport_goes_over_to_a_protocol_of_the_other_kind() throws IOException {
        Transport transport = connect();
        server.transport.write("bytes".getBytes(UTF_8));
        run(client.received(5));
        Buffered buffered = new Buffered();
        transport.setProtocol(buffered);
        server.transport.write("abcd".getBytes(UTF_8));
        run(buffered.received(4));
        transport.setProtocol(client);
        server.transport.write("again".getBytes(UTF_8));
        run(client.received(10));

        assertThat(trace).containsExactly("client bytes", "buffered abc", "buffered d", "client again");
    }

    @Test
    void a_buffered_protocol_takes_bytes_too() {
        Buffered buffered = new Buffered();

        buffered.dataReceived("abcd".getBytes(UTF_8));

        assertThat(trace).containsExactly("buffered abc", "buffered d");
        buffered.room = 0;
        assertThatThrownBy(() -> buffered.dataReceived(new byte[1])).isInstanceOf(IllegalStateException.class);
    }

    // ------------------------------------------------------------------------------------------------ failures of
    // protocols

    @Test
    void a_failure_of_data_received_closes_the_connection_and_is_reported() throws IOException {
        Noting failing = new Noting("failing") {
            @Override
            public void dataReceived(byte[] data) {
                throw new Boom("data");
            }
        };
        connect(failing, server);
        server.transport.write("x".getBytes(UTF_8));

        assertThat(run(failing.lost)).hasMessage("data");
        run(server.lost);

        assertThat(reports).containsExactly("Fatal error: protocol.dataReceived() call failed. Boom: data");
        reports.clear();
    }

    @Test
    void the_report_names_transport_and_protocol() throws IOException {
        Noting failing = new Noting("failing") {
            @Override
            public boolean eofReceived() {
                throw new Boom("eof");
            }
        };
        Transport transport = connect(failing, server);
        loop.setExceptionHandler((lp, context) -> {
            assertThat(context.keySet()).containsExactly("message", "exception", "transport", "protocol");
            assertThat(context.get("transport")).isSameAs(transport);
            assertThat(context.get("protocol")).isSameAs(failing);
            trace.add(context.get("message").toString());
        });
        server.transport.writeEof();

        run(failing.lost);

        assertThat(trace).contains("Fatal error: protocol.eofReceived() call failed.");
    }

    @Test
    void a_failure_of_a_buffered_protocol_closes_the_connection() throws IOException {
        Buffered failing = new Buffered();
        failing.room = 0;
        connect(failing, server);
        server.transport.write("x".getBytes(UTF_8));

        assertThat(run(failing.lost)).hasMessageStartingWith("getBuffer() gave a buffer without room: ");

        assertThat(reports)
                .singleElement()
                .asString()
                .startsWith("Fatal error: protocol.getBuffer() call failed. java.lang.IllegalStateException");
        reports.clear();
    }

    @Test
    void a_failure_of_connection_made_is_reported_and_nothing_else() throws IOException {
        Noting failing = new Noting("failing") {
            @Override
            public void connectionMade(Transport transport) {
                super.connectionMade(transport);
                throw new Boom("made");
            }
        };
        Transport transport = connect(failing, server);
        server.transport.write("x".getBytes(UTF_8));
        run(failing.received(1));

        assertThat(reports)
                .singleElement()
                .asString()
                .startsWith("Exception in callback connectionMade of <SocketTransport peer=")
                .endsWith("Boom: made");
        reports.clear();
        transport.close();
    }

    @Test
    void a_failure_of_connection_lost_does_not_keep_the_socket_open() throws IOException {
        Noting failing = new Noting("failing") {
            @Override
            public void connectionLost(Throwable failure) {
                throw new Boom("lost");
            }
        };
        Transport transport = connect(failing, server);
        transport.close();
        run(server.lost);

        assertThat(((SocketChannel) transport.getExtraInfo("socket")).isOpen()).isFalse();
        assertThat(reports).singleElement().asString().endsWith("Boom: lost");
        reports.clear();
    }

    @Test
    void a_failure_of_pause_and_resume_writing_is_reported_and_nothing_else() throws IOException {
        Noting failing = new Noting("failing") {
            @Override
            public void pauseWriting() {
                throw new Boom("pause");
            }

            @Override
            public void resumeWriting() {
                throw new Boom("resume");
            }
        };
        Transport transport = connect(failing, server);
        server.transport.pauseReading();
        transport.write(new byte[MUCH]);
        server.transport.resumeReading();
        run(server.received(MUCH));

        assertThat(reports)
                .containsExactly(
                        "protocol.pauseWriting() failed Boom: pause", "protocol.resumeWriting() failed Boom: resume");
        reports.clear();
    }

    // ------------------------------------------------------------------------------------------------ the socket
    // beneath

    @Test
    void a_transport_s_socket_is_its_own_business() throws IOException {
        Transport transport = connect();
        SocketChannel channel = (SocketChannel) transport.getExtraInfo("socket");

        assertThatThrownBy(() -> loop.addReader(channel, () -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("addReader: the channel is used by " + transport);
        assertThatThrownBy(() -> loop.removeReader(channel))
                .hasMessageStartingWith("removeReader: the channel is used");
        assertThatThrownBy(() -> loop.addWriter(channel, () -> {})).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> loop.removeWriter(channel)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> run(sockRecv(channel, 1))).hasMessageStartingWith("sockRecv: the channel is used by");
        assertThatThrownBy(() -> run(connectAcceptedSocket(() -> client, channel)))
                .hasMessage("connectAcceptedSocket: the channel is used by " + transport);
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void a_loop_that_is_closed_closes_what_was_left_open() throws IOException {
        Transport transport = connect();

        loop.close();

        assertThat(((SocketChannel) transport.getExtraInfo("socket")).isOpen()).isFalse();
    }

    @Test
    void a_file_is_sent_behind_what_is_in_the_buffer(@TempDir Path directory) throws IOException {
        Path path = Files.write(directory.resolve("file"), "0123456789".getBytes(UTF_8));
        Transport transport = connect();
        server.transport.pauseReading();
        transport.write(new byte[MUCH]);
        server.transport.write("unread".getBytes(UTF_8));

        try (FileChannel file = FileChannel.open(path)) {
            Task<Long> sending = loop.createTask(sendFile(transport, file, 2, 5));
            turns(3);
            assertThat(transport.isReading()).isFalse();
            assertThatThrownBy(() -> transport.write(new byte[1]))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("write while sendFile is in progress: " + transport);
            assertThatThrownBy(() -> run(sendFile(transport, file, 0, 1)))
                    .hasMessage("sendFile is in progress already: " + transport);
            assertThat(trace).containsExactly("client paused");
            server.transport.resumeReading();

            assertThat(run(sending)).isEqualTo(5);
            assertThat(file.position()).isEqualTo(7);
        }
        transport.write("!".getBytes(UTF_8));
        run(server.received(MUCH + 6));
        assertThat(server.received.toString(UTF_8)).endsWith("\00023456!");
        run(client.received(6));
        assertThat(client.received).hasToString("unread");
    }

    @Test
    void sending_a_file_fails_when_the_other_side_resets_and_the_protocol_hears_of_it(@TempDir Path directory)
            throws IOException {
        Path path = Files.write(directory.resolve("file"), new byte[MUCH]);
        Transport transport = connect();
        server.transport.pauseReading();

        try (FileChannel file = FileChannel.open(path)) {
            Task<Long> sending = loop.createTask(sendFile(transport, file, 0, MUCH));
            turns(2);
            reset(server.transport);

            assertThatThrownBy(() -> run(sending)).isInstanceOf(IOException.class);
            assertThat(file.position()).isBetween(1L, MUCH - 1L);
        }
        run(client.lost);
    }

    @Test
    void a_cancelled_sending_of_a_file_leaves_the_transport_usable(@TempDir Path directory) throws IOException {
        Path path = Files.write(directory.resolve("file"), new byte[MUCH]);
        Transport transport = connect();
        server.transport.pauseReading();

        try (FileChannel file = FileChannel.open(path)) {
            Task<Long> sending = loop.createTask(sendFile(transport, file, 0, MUCH));
            turns(2);
            sending.cancel();
            turns(2);

            assertThat(sending.isCancelled()).isTrue();
            SocketChannel channel = (SocketChannel) transport.getExtraInfo("socket");
            assertThatThrownBy(() -> loop.addReader(channel, () -> {})).isInstanceOf(IllegalStateException.class);
            transport.write("end".getBytes(UTF_8));
            server.transport.resumeReading();
            run(server.received((int) file.position() + 3));
        }
        assertThat(transport.isReading()).isTrue();
        assertThat(server.received.toString(UTF_8)).endsWith("\000end");
    }

    @Test
    void sending_a_file_fails_when_the_connection_is_lost(@TempDir Path directory) throws IOException {
        Path path = Files.write(directory.resolve("file"), new byte[10]);
        Transport transport = connect();
        server.transport.pauseReading();
        transport.write(new byte[MUCH]);

        try (FileChannel file = FileChannel.open(path)) {
            Task<Long> sending = loop.createTask(sendFile(transport, file, 0, 10));
            turns(2);
            transport.abort();

            assertThatThrownBy(() -> run(sending))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("connection closed: <SocketTransport closed");
            assertThatThrownBy(() -> run(sendFile(transport, file, 0, 10)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("sendFile: the transport is closing: ");
        }
    }
}
