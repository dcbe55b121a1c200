package io.github.jasyncio.net;

import static io.github.jasyncio.net.Net.createConnection;
import static io.github.jasyncio.net.Net.createServer;
import static io.github.jasyncio.net.Net.getaddrinfo;
import static io.github.jasyncio.net.Net.getnameinfo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.jasyncio.Awaitable;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Network;
import io.github.jasyncio.internal.channels.OwnedChannels;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names with several addresses, of both versions of IP. Semantics: {@code happy_eyeballs_delay}, {@code interleave}, {@code family}. */
@NullUnmarked // as free as a test
class HappyEyeballsTest {

    /** Knows names of our own, and asks the system for everything else. */
    private final class Hosts implements Network {

        @Override
        public SelectorProvider provider() {
            return Network.ofSystem().provider();
        }

        @Override
        public Awaitable<List<InetAddress>> lookUp(String host) {
            List<InetAddress> found = host.equals("both") ? both : List.of();
            var answer = EventLoop.running().<List<InetAddress>>createFuture();
            if (found.isEmpty()) {
                answer.setException(new UnknownHostException(host));
            } else {
                answer.setResult(found);
            }
            return answer;
        }

        @Override
        public Awaitable<String> nameOf(InetAddress address) {
            var answer = EventLoop.running().<String>createFuture();
            answer.setResult("name of " + address.getHostAddress());
            return answer;
        }
    }

    private final List<InetAddress> both = new ArrayList<>();
    private final EventLoop loop =
            EventLoop.builder().virtualTime().network(new Hosts()).build();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
        assertThat(OwnedChannels.of(loop).ownedCount()).isZero();
        loop.close();
    }

    private static InetAddress ip4() throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    private static InetAddress ip6() throws UnknownHostException {
        byte[] loopback = new byte[16];
        loopback[15] = 1;
        return InetAddress.getByAddress(loopback);
    }

    private static boolean hasIp6() {
        try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.INET6)) {
            channel.bind(new InetSocketAddress(ip6(), 0));
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private InetSocketAddress listening(InetAddress address) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open().bind(new InetSocketAddress(address, 0));
        opened.add(channel);
        return (InetSocketAddress) channel.getLocalAddress();
    }

    /** Where somebody listens who never answers: too many wait already. */
    private InetSocketAddress dead() throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open().bind(new InetSocketAddress(ip4(), 0), 1);
        opened.add(channel);
        InetSocketAddress address = (InetSocketAddress) channel.getLocalAddress();
        boolean isConnected;
        int tried = 0;
        do {
            SocketChannel filling = SocketChannel.open();
            opened.add(filling);
            filling.configureBlocking(false);
            isConnected = filling.connect(address) || filling.finishConnect();
        } while (isConnected && ++tried < 50);
        assumeThat(isConnected).as("a full backlog lets those who come wait").isFalse();
        return address;
    }

    private void abort(Connected<Transport, ?> connected) {
        connected.transport().abort();
        loop.stop();
        loop.runForever();
        loop.stop();
        loop.runForever();
    }

    private static Protocol protocol() {
        return new Protocol() {};
    }

    // ------------------------------------------------------------------------------------------------ eyeballs

    @Test
    void a_dead_first_address_costs_the_delay_and_no_more() throws IOException {
        SocketAddress alive = listening(ip4());

        Connected<Transport, Protocol> connected = loop.runUntilComplete(Connecting.to(
                List.of(dead(), alive),
                HappyEyeballsTest::protocol,
                ConnectOptions.DEFAULTS.withHappyEyeballsDelay(Duration.ofMillis(250))));

        assertThat(connected.transport().getExtraInfo("peername")).isEqualTo(alive);
        assertThat(Duration.ofNanos(loop.time())).isEqualTo(Duration.ofMillis(250));
        // The dead one is given up.
        assertThat(OwnedChannels.of(loop).ownedCount()).isEqualTo(1);
        abort(connected);
    }

    @Test
    void all_failures_are_told_when_nobody_answers() throws IOException {
        List<InetSocketAddress> deserted = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            try (ServerSocketChannel gone = ServerSocketChannel.open().bind(new InetSocketAddress(ip4(), 0))) {
                deserted.add((InetSocketAddress) gone.getLocalAddress());
            }
        }

        assertThatThrownBy(() -> loop.runUntilComplete(Connecting.to(
                        deserted,
                        HappyEyeballsTest::protocol,
                        ConnectOptions.DEFAULTS.withHappyEyeballsDelay(Duration.ofMillis(250)))))
                .isInstanceOf(ConnectException.class)
                .hasMessage("no address answers: cannot connect to " + deserted.get(0)
                        + ": Connection refused; cannot connect to " + deserted.get(1) + ": Connection refused")
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(2));
        assertThat(loop.time()).isZero();
    }

    /** Four to a letter: {@code a} to {@code f} are of IPv4, {@code A} to {@code F} of IPv6. */
    @ParameterizedTest
    @CsvSource({
        "abcABC, 1, aAbBcC",
        "abcABC, 2, abAcBC",
        "abcABC, 5, abcABC",
        "ABab, 1, AaBb",
        "abcd, 3, abcd",
        "A, 1, A",
        "aABCD, 1, aABCD"
    })
    void addresses_are_interleaved_by_family(String addresses, int firstCount, String expected) throws Exception {
        List<SocketAddress> given = new ArrayList<>();
        for (int i = 0; i < addresses.length(); i++) {
            char letter = addresses.charAt(i);
            given.add(new InetSocketAddress(Character.isUpperCase(letter) ? ip6() : ip4(), letter));
        }

        List<SocketAddress> reordered = Connecting.interleaved(given, firstCount);

        assertThat(reordered.stream()
                        .map(address -> Character.toString(((InetSocketAddress) address).getPort()))
                        .collect(Collectors.joining()))
                .isEqualTo(expected);
    }

    @Test
    void numbers_that_make_no_sense_are_refused() {
        assertThatThrownBy(() -> ConnectOptions.DEFAULTS.withInterleave(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("interleave must not be negative: -1");
        assertThatThrownBy(() -> ConnectOptions.DEFAULTS.withHappyEyeballsDelay(Duration.ofMillis(-1)))
                .hasMessage("happyEyeballsDelay must not be negative: PT-0.001S");
        assertThatThrownBy(() -> ServeOptions.DEFAULTS.withBacklog(0)).hasMessage("backlog must be positive: 0");
    }

    // ------------------------------------------------------------------------------------------------ families

    @Test
    void a_server_of_one_family_is_found_at_the_second_address_of_its_name() throws IOException {
        assumeThat(hasIp6()).as("there is IPv6").isTrue();
        both.addAll(Arrays.asList(ip6(), ip4()));
        int port = listening(ip4()).getPort();

        Connected<Transport, Protocol> connected =
                loop.runUntilComplete(createConnection(HappyEyeballsTest::protocol, "both", port));

        assertThat(((InetSocketAddress) connected.transport().getExtraInfo("peername")).getAddress())
                .isEqualTo(ip4());
        abort(connected);
        assertThatThrownBy(() -> loop.runUntilComplete(createConnection(
                        HappyEyeballsTest::protocol,
                        "both",
                        port,
                        ConnectOptions.DEFAULTS.withFamily(StandardProtocolFamily.INET6))))
                .isInstanceOf(ConnectException.class)
                .hasMessageStartingWith("cannot connect to /[0:0:0:0:0:0:0:1]:" + port);
    }

    @Test
    void a_name_of_one_family_only_has_no_address_of_the_other() throws IOException {
        both.add(ip4());

        assertThatThrownBy(() -> loop.runUntilComplete(createConnection(
                        HappyEyeballsTest::protocol,
                        "both",
                        1,
                        ConnectOptions.DEFAULTS.withFamily(StandardProtocolFamily.INET6))))
                .isInstanceOf(UnknownHostException.class)
                .hasMessage("no addresses of family INET6: [/127.0.0.1:1]");
    }

    @Test
    void a_local_address_of_the_same_family_is_taken() throws IOException {
        assumeThat(hasIp6()).as("there is IPv6").isTrue();
        both.addAll(Arrays.asList(ip6(), ip4()));
        InetSocketAddress server = listening(ip4());

        Connected<Transport, Protocol> connected = loop.runUntilComplete(createConnection(
                HappyEyeballsTest::protocol,
                server,
                ConnectOptions.DEFAULTS.withLocal(InetSocketAddress.createUnresolved("both", 0))));

        assertThat(((InetSocketAddress) connected.transport().getExtraInfo("sockname")).getAddress())
                .isEqualTo(ip4());
        abort(connected);
        assertThatThrownBy(() -> loop.runUntilComplete(createConnection(
                        HappyEyeballsTest::protocol,
                        server,
                        ConnectOptions.DEFAULTS.withLocal(new InetSocketAddress(ip6(), 0)))))
                .hasRootCauseInstanceOf(BindException.class)
                .hasMessageContaining("no local address is of the same family");
    }

    @Test
    void a_server_has_a_socket_for_each_family_of_a_name() throws IOException {
        assumeThat(hasIp6()).as("there is IPv6").isTrue();
        both.addAll(Arrays.asList(ip6(), ip4()));

        Server server = loop.runUntilComplete(createServer(HappyEyeballsTest::protocol, "both", 0));
        assertThat(server.sockets()).hasSize(2);
        InetSocketAddress sixth = (InetSocketAddress) server.sockets().get(0).getLocalAddress();
        assertThat(sixth.getAddress()).isInstanceOf(Inet6Address.class);
        Connected<Transport, Protocol> connected =
                loop.runUntilComplete(createConnection(HappyEyeballsTest::protocol, "::1", sixth.getPort()));
        abort(connected);
        server.close();
        server.abortClients();
        loop.runUntilComplete(server.waitClosed());

        Server one = loop.runUntilComplete(createServer(
                HappyEyeballsTest::protocol, "both", 0, ServeOptions.DEFAULTS.withFamily(StandardProtocolFamily.INET)));
        assertThat(one.sockets()).hasSize(1);
        one.close();
    }

    // ------------------------------------------------------------------------------------------------ names

    @Test
    void a_network_says_names_and_addresses() throws IOException {
        both.addAll(Arrays.asList(ip6(), ip4()));

        assertThat(loop.runUntilComplete(getaddrinfo("both", 80)))
                .containsExactly(new InetSocketAddress(ip6(), 80), new InetSocketAddress(ip4(), 80));
        assertThat(loop.runUntilComplete(getnameinfo(ip4()))).isEqualTo("name of 127.0.0.1");
        // Nobody is asked for the text form of an address.
        assertThat(loop.runUntilComplete(getaddrinfo("127.0.0.1", 1))).containsExactly(new InetSocketAddress(ip4(), 1));
        assertThat(loop.runUntilComplete(getaddrinfo("::1", 1))).containsExactly(new InetSocketAddress(ip6(), 1));
        assertThatThrownBy(() -> loop.runUntilComplete(getaddrinfo("300.0.0.1", 1)))
                .isInstanceOf(UnknownHostException.class)
                .hasMessage("300.0.0.1");
    }
}
