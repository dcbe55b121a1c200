package io.github.jasyncio.net;

import static io.github.jasyncio.net.Net.createDatagramEndpoint;
import static io.github.jasyncio.net.Net.sockRecv;
import static io.github.jasyncio.net.Net.sockRecvFrom;
import static io.github.jasyncio.net.Net.sockRecvFromInto;
import static io.github.jasyncio.net.Net.sockRecvInto;
import static io.github.jasyncio.net.Net.sockSendAll;
import static io.github.jasyncio.net.Net.sockSendTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.Future;
import io.github.jasyncio.Task;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.util.Random;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Buffers of any size take little memory outside of the heap, where the JDK copies what it reads and writes. */
@NullUnmarked // as free as a test
class BigBuffersTest extends ConnectionTest {

    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final Noting client = new Noting("client");
    private final Noting serving = new Noting("serving");
    private long usedBefore;

    @BeforeEach
    void look() {
        usedBefore = usedOutsideOfTheHeap();
    }

    @AfterEach
    void little_was_used() {
        // The loop's own read buffer, and a slice in the JDK's.
        assertThat(usedOutsideOfTheHeap() - usedBefore).isLessThan(2 << 20);
    }

    private static long usedOutsideOfTheHeap() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    private static byte[] random() {
        byte[] data = new byte[MUCH];
        new Random(11).nextBytes(data);
        return data;
    }

    @Test
    void a_transport_writes_and_a_protocol_with_a_buffer_reads() throws IOException {
        byte[] data = random();
        ByteBuffer all = ByteBuffer.allocate(2 * MUCH);
        Future<Void> full = loop.createFuture();
        class Whole extends Noting implements BufferedProtocol {
            Whole() {
                super("whole");
            }

            @Override
            public ByteBuffer getBuffer(int sizeHint) {
                return all;
            }

            @Override
            public void bufferUpdated(int count) {
                if (all.position() == MUCH + 3) {
                    full.setResult(null);
                }
            }

            @Override
            public void dataReceived(byte[] received) {
                throw new AssertionError();
            }
        }
        Transport transport = connect(client, new Whole());

        transport.write(new byte[] {1, 2, 3});
        transport.write(data);
        run(full);

        assertThat(all.flip().slice(3, MUCH)).isEqualTo(ByteBuffer.wrap(data));
    }

    @Test
    void a_peer_that_does_not_read_makes_a_transport_keep_much_in_the_heap_only() throws IOException {
        Transport transport = connect(client, serving);
        serving.transport.pauseReading();

        for (int i = 0; i < 3; i++) {
            transport.write(new byte[MUCH]);
            turns(2);
        }
        serving.transport.resumeReading();
        run(serving.received(3 * MUCH));

        assertThat(transport.getWriteBufferSize()).isZero();
    }

    @Test
    void sockets_send_and_receive() throws IOException {
        byte[] data = random();
        try (java.nio.channels.ServerSocketChannel listening =
                        java.nio.channels.ServerSocketChannel.open().bind(ANY_PORT);
                SocketChannel here = SocketChannel.open(listening.getLocalAddress());
                SocketChannel there = listening.accept()) {
            here.configureBlocking(false);
            there.configureBlocking(false);
            Task<Void> sending = loop.createTask(sockSendAll(here, ByteBuffer.wrap(data)));
            ByteBuffer received = ByteBuffer.allocate(MUCH);
            while (received.hasRemaining()) {
                run(sockRecvInto(there, received));
            }
            run(sending);
            assertThat(received.array()).isEqualTo(data);

            run(sockSendAll(there, ByteBuffer.wrap(new byte[] {4})));
            assertThat(run(sockRecv(here, Integer.MAX_VALUE))).containsExactly(4);
        }
    }

    @Test
    void datagrams_are_received_into_big_buffers_and_too_long_ones_refused() throws IOException {
        InetSocketAddress any4 = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
        try (DatagramChannel here =
                        DatagramChannel.open(StandardProtocolFamily.INET).bind(any4);
                DatagramChannel there =
                        DatagramChannel.open(StandardProtocolFamily.INET).bind(any4)) {
            here.configureBlocking(false);
            there.configureBlocking(false);
            SocketAddress address = there.getLocalAddress();

            run(sockSendTo(here, ByteBuffer.wrap(new byte[60_000]), address));
            run(sockSendTo(here, ByteBuffer.wrap(new byte[50_000]), address));

            assertThat(run(sockRecvFrom(there, Integer.MAX_VALUE)).data()).hasSize(60_000);
            ByteBuffer big = ByteBuffer.allocate(MUCH);
            run(sockRecvFromInto(there, big));
            assertThat(big.position()).isEqualTo(50_000);
            assertThat(big.limit()).isEqualTo(MUCH);
            assertThatThrownBy(() -> run(sockSendTo(here, ByteBuffer.allocate(MUCH), address)))
                    .isInstanceOf(SocketException.class)
                    .hasMessage("a datagram of " + MUCH + " bytes is too long");
        }
    }

    @Test
    void an_endpoint_tells_of_a_datagram_that_is_too_long_and_goes_on() throws IOException {
        Future<IOException> told = loop.createFuture();
        DatagramTransport endpoint = run(createDatagramEndpoint(
                        () -> new DatagramProtocol() {
                            @Override
                            public void errorReceived(IOException failure) {
                                told.setResult(failure);
                            }
                        },
                        null,
                        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 9)))
                .transport();

        endpoint.sendTo(new byte[MUCH]);

        assertThat(run(told)).hasMessage("a datagram of " + MUCH + " bytes is too long");
        assertThat(endpoint.isClosing()).isFalse();
        endpoint.abort();
        turns(2);
    }
}
