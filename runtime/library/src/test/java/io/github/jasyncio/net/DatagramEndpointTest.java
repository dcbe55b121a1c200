package io.github.jasyncio.net;

import static io.github.jasyncio.net.Net.createDatagramEndpoint;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.Future;
import io.github.jasyncio.cpython.OnVirtualTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Semantics: {@code loop.create_datagram_endpoint} and {@code selector_events._SelectorDatagramTransport}. */
@NullUnmarked // null is tested as well
class DatagramEndpointTest extends OnVirtualTime {

    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final List<DatagramTransport> opened = new ArrayList<>();

    @AfterEach
    void close_transports() {
        opened.forEach(DatagramTransport::abort);
        turns(2);
    }

    /** Writes down what it is told. */
    private class Noting implements DatagramProtocol {

        final String name;
        final Future<Void> lost = loop.createFuture();
        final Queue<Future<Void>> expected = new ArrayDeque<>();

        Noting(String name) {
            this.name = name;
        }

        private void note(String what) {
            trace.add(name + " " + what);
        }

        /** Done when the next datagram or error has come. */
        Future<Void> next() {
            Future<Void> future = loop.createFuture();
            expected.add(future);
            return future;
        }

        private void came() {
            if (!expected.isEmpty()) {
                expected.remove().setResult(null);
            }
        }

        @Override
        public void connectionMade(DatagramTransport transport) {
            note("made");
            opened.add(transport);
        }

        @Override
        public void datagramReceived(byte[] data, SocketAddress address) {
            note("got '" + new String(data, UTF_8) + "'");
            came();
        }

        @Override
        public void errorReceived(IOException failure) {
            note("error " + failure.getClass().getSimpleName());
            came();
        }

        @Override
        public void connectionLost(Throwable failure) {
            note("lost " + failure);
            lost.setResult(null);
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

    private DatagramTransport open(Noting protocol, SocketAddress local, SocketAddress remote) throws IOException {
        return run(createDatagramEndpoint(() -> protocol, local, remote)).transport();
    }

    private static InetSocketAddress ip4(int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    }

    private static InetSocketAddress ip6(int port) throws IOException {
        byte[] loopback = new byte[16];
        loopback[15] = 1;
        return new InetSocketAddress(InetAddress.getByAddress(loopback), port);
    }

    private static SocketAddress addressOf(DatagramTransport transport) {
        return (SocketAddress) transport.getExtraInfo("sockname");
    }

    @Test
    void datagrams_are_sent_and_received_one_by_one() throws IOException {
        Noting here = new Noting("here");
        Noting there = new Noting("there");
        DatagramTransport receiver = open(there, ANY_PORT, null);
        DatagramTransport sender = open(here, null, addressOf(receiver));
        List<Future<Void>> two = List.of(there.next(), there.next());

        sender.sendTo("first".getBytes(UTF_8));
        sender.sendTo("second".getBytes(UTF_8), addressOf(receiver));
        two.forEach(this::run);
        Future<Void> answer = here.next();
        receiver.sendTo("answer".getBytes(UTF_8), addressOf(sender));
        run(answer);
        sender.close();
        sender.close();
        run(here.lost);

        assertThat(trace)
                .containsExactly(
                        "there made",
                        "here made",
                        "there got 'first'",
                        "there got 'second'",
                        "here got 'answer'",
                        "here lost null");
        assertThat(sender.isClosing()).isTrue();
        assertThat(sender.getExtraInfo("peername")).isEqualTo(addressOf(receiver));
        assertThat(receiver.getExtraInfo("peername")).isNull();
        assertThat(receiver.getProtocol()).isSameAs(there);
        assertThat(receiver).hasToString("<DatagramSocketTransport read=polling write=<idle, bufsize=0>>");
    }

    @Test
    void names_are_looked_up_and_families_paired() throws IOException {
        Noting protocol = new Noting("protocol");
        DatagramTransport receiver = open(new Noting("there"), ip4(0), null);

        DatagramTransport sender = open(
                protocol,
                InetSocketAddress.createUnresolved("127.0.0.1", 0),
                InetSocketAddress.createUnresolved("127.0.0.1", ((InetSocketAddress) addressOf(receiver)).getPort()));

        assertThat(sender.getExtraInfo("peername")).isEqualTo(addressOf(receiver));
        assertThatThrownBy(() -> open(protocol, ip4(0), ip6(1)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("createDatagramEndpoint: no addresses of the same family: ");
        assertThatThrownBy(() -> open(protocol, addressOf(receiver), null)).isInstanceOf(java.net.BindException.class);
    }

    @Test
    void that_nobody_listens_is_told_as_an_error_and_the_transport_goes_on() throws IOException {
        SocketAddress deserted;
        try (DatagramChannel gone = DatagramChannel.open().bind(ANY_PORT)) {
            deserted = gone.getLocalAddress();
        }
        Noting protocol = new Noting("protocol");
        DatagramTransport transport = open(protocol, null, deserted);
        Future<Void> error = protocol.next();

        transport.sendTo("x".getBytes(UTF_8));
        run(error);

        assertThat(trace)
                .containsExactly("protocol made", "protocol error " + PortUnreachableException.class.getSimpleName());
        assertThat(transport.isClosing()).isFalse();
    }

    @Test
    void wrong_addresses_are_refused() throws IOException {
        Noting protocol = new Noting("protocol");
        DatagramTransport free = open(protocol, ANY_PORT, null);
        DatagramTransport bound = open(new Noting("bound"), null, addressOf(free));

        assertThatThrownBy(() -> free.sendTo(new byte[1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sendTo: an address is needed, " + free + " was made for none");
        assertThatThrownBy(() -> bound.sendTo(new byte[1], addressOf(bound)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sendTo: invalid address: must be null or " + addressOf(free) + ": " + addressOf(bound));
        assertThatThrownBy(() -> createDatagramEndpoint(() -> protocol, null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("createDatagramEndpoint: a local or a remote address is needed");
    }

    @Test
    void a_failure_of_datagram_received_is_reported_and_the_transport_goes_on() throws IOException {
        Noting failing = new Noting("failing") {
            @Override
            public void datagramReceived(byte[] data, SocketAddress address) {
                super.datagramReceived(data, address);
                if (data.length == 0) {
                    throw new Boom("data");
                }
            }
        };
        DatagramTransport receiver = open(failing, ANY_PORT, null);
        DatagramTransport sender = open(new Noting("sender"), ANY_PORT, null);
        List<Future<Void>> two = List.of(failing.next(), failing.next());

        sender.sendTo(new byte[0], addressOf(receiver));
        sender.sendTo("next".getBytes(UTF_8), addressOf(receiver));
        two.forEach(this::run);

        assertThat(trace).endsWith("failing got ''", "failing got 'next'");
        assertThat(reports).singleElement().asString().endsWith("Boom: data");
        reports.clear();
    }

    @Test
    void an_empty_datagram_goes_out_of_a_connected_endpoint_too_and_none_is_lost_meanwhile() throws IOException {
        for (SocketAddress local : new SocketAddress[] {null, ip4(0)}) {
            Noting here = new Noting("here");
            Noting there = new Noting("there");
            DatagramTransport receiver = open(there, ip4(0), null);
            DatagramTransport sender = open(here, local, addressOf(receiver));
            List<Future<Void>> three = List.of(there.next(), there.next(), there.next());
            Future<Void> answer = here.next();
            trace.clear();

            receiver.sendTo("early".getBytes(UTF_8), addressOf(sender));
            sender.sendTo("first".getBytes(UTF_8));
            sender.sendTo(new byte[0]);
            sender.sendTo("third".getBytes(UTF_8));
            three.forEach(this::run);
            run(answer);

            assertThat(trace)
                    .containsExactlyInAnyOrder(
                            "here got 'early'", "there got 'first'", "there got ''", "there got 'third'");
            assertThatThrownBy(() -> open(new Noting("other"), addressOf(sender), null))
                    .isInstanceOf(java.net.BindException.class);
        }
    }

    /** A transport whose system has no room at first, and sends what {@link #sent} says. */
    private final class Congested {

        final List<String> sent = new ArrayList<>();
        final DatagramSocketTransport transport;
        boolean hasRoom;
        IOException failure;

        Congested(Noting protocol) throws IOException {
            DatagramChannel channel = DatagramChannel.open().bind(ANY_PORT);
            channel.configureBlocking(false);
            transport = new DatagramSocketTransport(loop, channel, (data, target) -> send(data), protocol, ANY_PORT);
            Future<Void> ready = loop.createFuture();
            transport.begin(new Transports.Beginning("test"), ready);
            run(ready);
        }

        private int send(java.nio.ByteBuffer data) throws IOException {
            if (failure != null) {
                throw failure;
            }
            int size = data.remaining();
            if (!hasRoom) {
                return 0;
            }
            sent.add(UTF_8.decode(data).toString());
            return size;
        }
    }

    @Test
    void what_finds_no_room_waits_in_the_buffer() throws IOException {
        Noting protocol = new Noting("protocol");
        Congested congested = new Congested(protocol);
        congested.transport.setWriteBufferLimits(20, 10);
        byte[] data = "a".getBytes(UTF_8);

        congested.transport.sendTo(data);
        data[0] = 'x';
        congested.transport.sendTo("b".getBytes(UTF_8));
        assertThat(congested.transport.getWriteBufferSize()).isEqualTo(18);
        congested.transport.sendTo("c".getBytes(UTF_8));
        turns(2);
        assertThat(congested.sent).isEmpty();
        congested.hasRoom = true;
        while (congested.transport.getWriteBufferSize() > 0) {
            turns(1);
        }
        congested.transport.sendTo("d".getBytes(UTF_8));

        assertThat(congested.sent).containsExactly("a", "b", "c", "d");
        assertThat(trace).containsExactly("protocol made", "protocol paused", "protocol resumed");
    }

    @Test
    void closing_sends_what_waits_and_aborting_drops_it() throws IOException {
        Noting protocol = new Noting("protocol");
        Congested congested = new Congested(protocol);
        congested.transport.sendTo("a".getBytes(UTF_8));
        congested.transport.close();
        turns(2);
        assertThat(protocol.lost.isDone()).isFalse();
        congested.hasRoom = true;
        run(protocol.lost);
        assertThat(congested.sent).containsExactly("a");

        Noting second = new Noting("second");
        Congested aborted = new Congested(second);
        aborted.transport.sendTo("a".getBytes(UTF_8));
        aborted.transport.abort();
        run(second.lost);
        assertThat(aborted.transport.getWriteBufferSize()).isZero();
        aborted.transport.sendTo("b".getBytes(UTF_8));
        assertThat(aborted.sent).isEmpty();
    }

    @Test
    void a_datagram_that_cannot_be_sent_later_is_told_and_dropped() throws IOException {
        Noting protocol = new Noting("protocol");
        Congested congested = new Congested(protocol);
        congested.transport.sendTo("a".getBytes(UTF_8));
        congested.failure = new IOException("no route");

        Future<Void> error = protocol.next();
        run(error);
        congested.transport.sendTo("b".getBytes(UTF_8));
        congested.failure = null;
        congested.hasRoom = true;
        congested.transport.sendTo("c".getBytes(UTF_8));

        assertThat(congested.sent).containsExactly("c");
        assertThat(trace).containsExactly("protocol made", "protocol error IOException", "protocol error IOException");
        assertThat(congested.transport.getWriteBufferSize()).isZero();
    }
}
