package io.github.jasyncio.testing.network;

import static io.github.jasyncio.Asyncio.*;
import static io.github.jasyncio.net.Net.*;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import io.github.jasyncio.net.Connected;
import io.github.jasyncio.net.DatagramProtocol;
import io.github.jasyncio.net.DatagramTransport;
import io.github.jasyncio.net.Protocol;
import io.github.jasyncio.net.Server;
import io.github.jasyncio.net.StreamConnection;
import io.github.jasyncio.net.Transport;
import io.github.jasyncio.testing.SimulatedNetwork;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What gets through, when, and what does not. */
class SimulatedNetworkTest {

    private final SimulatedNetwork network = new SimulatedNetwork(1);

    /** {@code <ms> <event>}. */
    private final List<String> trace = new ArrayList<>();

    private void note(String event) {
        trace.add(getRunningLoop().time() / 1_000_000 + " " + event);
    }

    /** Sends back what it gets, and notes what happens to it. */
    private static final class Echo implements Protocol {

        private @Nullable Transport transport;

        @Override
        public void connectionMade(Transport made) {
            transport = made;
        }

        @Override
        public void dataReceived(byte[] data) {
            if (transport != null) {
                transport.write(data);
            }
        }
    }

    /** Notes what arrives. */
    private final class Client implements Protocol {

        private final Future<Void> end = getRunningLoop().createFuture();
        private int bytes;

        @Override
        public void dataReceived(byte[] data) {
            bytes += data.length;
            note("got " + (data.length > 20 ? data.length + " bytes" : new String(data, US_ASCII)));
        }

        @Override
        public void connectionLost(@Nullable Throwable failure) {
            note("lost " + (failure == null ? "" : failure.getMessage()));
            end.setResult(null);
        }
    }

    @Async
    private Coroutine<Connected<Transport, Client>> connect() throws IOException {
        return Coroutine.of(await(createConnection(Client::new, "server", 80)));
    }

    @Async
    private Coroutine<Server> serve() throws IOException {
        return Coroutine.of(await(createServer(Echo::new, "server", 80)));
    }

    @Test
    void a_round_trip_takes_the_latency_twice_and_so_does_connecting() {
        network.links().latency(Duration.ofMillis(50));

        network.run(() -> {
            Server server = await(network.host("server").run(() -> serve()));
            Connected<Transport, Client> connected =
                    await(network.host("client").run(() -> connect()));
            note("connected");
            connected.transport().write(US_ASCII.encode("hello"));
            await(sleep(Duration.ofSeconds(1)));
            connected.transport().close();
            server.close();
            return Coroutine.of(await(server.waitClosed()));
        });

        assertThat(trace).containsExactly("100 connected", "200 got hello", "1100 lost ");
    }

    @Test
    void nobody_listening_is_refused_and_an_unknown_name_is_unknown() {
        network.run(() -> {
            network.host("server");
            try {
                await(network.host("client").run(() -> connect()));
            } catch (Exception e) {
                assertThat(e).isInstanceOf(ConnectException.class);
                note(String.valueOf(e.getMessage()));
            }
            try {
                await(createConnection(Client::new, "nowhere", 80));
            } catch (Exception e) {
                assertThat(e).isInstanceOf(UnknownHostException.class);
                note(String.valueOf(e.getMessage()));
            }
            return Coroutine.done();
        });

        assertThat(trace.get(0)).isEqualTo("2 cannot connect to server/10.0.0.1:80: Connection refused");
        assertThat(trace.get(1))
                .isEqualTo(
                        "2 nowhere: there is no such host in the simulated network; network.host(\"nowhere\") makes one");
    }

    @Test
    void what_is_sent_during_a_partition_arrives_when_it_has_healed() {
        network.run(() -> {
            Server server = await(network.host("server").run(() -> serve()));
            Connected<Transport, Client> connected =
                    await(network.host("client").run(() -> connect()));
            network.partition("server");
            connected.transport().write(US_ASCII.encode("late"));
            await(sleep(Duration.ofMinutes(1)));
            assertThat(trace).isEmpty();
            network.heal();
            await(sleep(Duration.ofMinutes(2)));
            assertThat(trace).hasSize(1).allMatch(line -> line.endsWith("got late"));
            connected.transport().close();
            server.close();
            return Coroutine.of(await(server.waitClosed()));
        });
    }

    @Test
    void a_connection_that_is_cut_for_long_fails_when_something_is_sent() {
        network.run(() -> {
            Server server = await(network.host("server").run(() -> serve()));
            Connected<Transport, Client> connected =
                    await(network.host("client").run(() -> connect()));
            network.host("server").vanish();
            connected.transport().write(US_ASCII.encode("anybody there?"));
            await(connected.protocol().end);
            server.abortClients(); // close() waits for them
            server.close();
            return Coroutine.of(await(server.waitClosed()));
        });

        assertThat(trace).hasSize(1);
        assertThat(trace.get(0)).contains("lost Connection timed out");
    }

    @Test
    void a_host_that_comes_back_knows_nothing_of_its_connections() {
        network.run(() -> {
            Server server = await(network.host("server").run(() -> serve()));
            Connected<Transport, Client> connected =
                    await(network.host("client").run(() -> connect()));
            network.host("server").vanish();
            network.host("server").comeBack();
            connected.transport().write(US_ASCII.encode("hello"));
            await(connected.protocol().end);
            server.close();
            return Coroutine.of(await(server.waitClosed()));
        });

        assertThat(trace).hasSize(1);
        assertThat(trace.get(0)).contains("lost Connection reset");
    }

    @Test
    void bandwidth_and_loss_make_streams_slower_and_lose_nothing() {
        network.links().bandwidth(1_000_000).loss(0.2);
        int size = 2_000_000;

        network.run(() -> {
            Server server = await(network.host("server").run(() -> serve()));
            Connected<Transport, Client> connected =
                    await(network.host("client").run(() -> connect()));
            long begin = getRunningLoop().time();
            connected.transport().write(ByteBuffer.allocate(size));
            connected.transport().writeEof();
            await(connected.protocol().end);
            assertThat(connected.protocol().bytes).isEqualTo(size);
            assertThat(getRunningLoop().time() - begin)
                    .isGreaterThan(Duration.ofSeconds(2).toNanos());
            server.close();
            return Coroutine.of(await(server.waitClosed()));
        });
    }

    @Test
    void datagrams_overtake_each_other_and_get_lost_the_same_with_the_same_seed() {
        List<String> once = datagrams(7);

        assertThat(datagrams(7)).isEqualTo(once);
        assertThat(datagrams(8)).isNotEqualTo(once);
        assertThat(once)
                .hasSizeBetween(5, 19)
                .isNotEqualTo(once.stream().sorted().toList());
    }

    private static List<String> datagrams(long seed) {
        SimulatedNetwork network = new SimulatedNetwork(seed);
        network.links().latency(Duration.ofMillis(1), Duration.ofMillis(100)).loss(0.3);
        List<String> got = new ArrayList<>();
        network.run(() -> {
            InetSocketAddress address = new InetSocketAddress(network.host("b").address(), 53);
            DatagramTransport receiver = await(network.host("b").run(() -> endpoint(got, address, null)));
            DatagramTransport sender = await(network.host("a").run(() -> endpoint(got, null, address)));
            for (char c = 'a'; c < 'a' + 20; c++) {
                sender.sendTo(US_ASCII.encode("" + c), null);
            }
            await(sleep(Duration.ofSeconds(1)));
            sender.close();
            receiver.close();
            await(sleep(Duration.ofSeconds(1)));
            return Coroutine.done();
        });
        return got;
    }

    @Async
    private static Coroutine<DatagramTransport> endpoint(
            List<String> got, @Nullable InetSocketAddress local, @Nullable InetSocketAddress remote)
            throws IOException {
        DatagramProtocol protocol = new DatagramProtocol() {
            @Override
            public void datagramReceived(byte[] data, java.net.SocketAddress sender) {
                got.add(new String(data, US_ASCII));
            }
        };
        return Coroutine.of(
                await(createDatagramEndpoint(() -> protocol, local, remote)).transport());
    }

    @Test
    void loopback_is_the_own_host() {
        network.run(() -> {
            Server server = await(network.host("server").run(() -> serve()));
            Connected<Transport, Client> connected =
                    await(network.host("server").run(() -> createConnection(Client::new, "localhost", 80)));
            assertThat(EventLoop.running()).isNotNull();
            connected.transport().close();
            server.close();
            return Coroutine.of(await(server.waitClosed()));
        });
    }

    /** Once they came in the order of a set, which is another one each time. */
    @Test
    void what_is_ready_at_the_same_time_comes_in_the_same_order_each_time() {
        List<String> once = atTheSameTime();

        for (int i = 0; i < 10; i++) {
            assertThat(atTheSameTime()).isEqualTo(once);
        }
        assertThat(once).hasSize(8);
    }

    private static List<String> atTheSameTime() {
        SimulatedNetwork network = new SimulatedNetwork(1);
        List<String> order = new ArrayList<>();
        network.run(() -> {
            Server server = await(network.host("server").run(() -> createServer(Echo::new, "server", 80)));
            List<Coroutine<Void>> clients = new ArrayList<>();
            for (String name : List.of("a", "b", "c", "d", "e", "f", "g", "h")) {
                clients.add(network.host(name).run(() -> echoed(name, order)));
            }
            await(gather(clients));
            server.close();
            return Coroutine.of(await(server.waitClosed()));
        });
        return order;
    }

    @Async
    private static Coroutine<Void> echoed(String name, List<String> order) throws IOException {
        try (StreamConnection server = await(openConnection("server", 80))) {
            server.writer().write(name + "\n", US_ASCII);
            await(server.reader().readline());
            order.add(name);
        }
        return Coroutine.done();
    }
}
