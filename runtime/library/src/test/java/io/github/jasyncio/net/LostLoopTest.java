package io.github.jasyncio.net;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.net.Net.createServer;
import static io.github.jasyncio.net.Net.openConnection;
import static io.github.jasyncio.net.Net.startServer;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncCallable;
import io.github.jasyncio.Asyncio;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import io.github.jasyncio.debug.Logged;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.Pipe;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Loops that nobody has any more and nobody has closed give their descriptors back, as those of asyncio do. */
@EnabledOnOs(OS.LINUX) // which tells what is open
@Timeout(60)
class LostLoopTest {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private static final int LOOPS = 20;

    private final Logged log = new Logged();

    @AfterEach
    void close_log() {
        log.close();
    }

    /** Sockets, and what selectors are made of. */
    private static long open() throws IOException {
        try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
            return descriptors.filter(LostLoopTest::isOurs).count();
        }
    }

    private static boolean isOurs(Path descriptor) {
        try {
            String name = Files.readSymbolicLink(descriptor).toString();
            return name.startsWith("socket:") || name.startsWith("anon_inode:");
        } catch (IOException e) {
            return false; // the one that the directory was read with
        }
    }

    /** Loses loops that have done something, and waits until they are found: otherwise this would not end. */
    private void lose(AsyncCallable<?> what) throws Exception {
        Selector.open().close(); // has whatever the system's selectors have in common made before the first count
        long before = open();
        for (int i = 0; i < LOOPS; i++) {
            loseOne(what);
        }

        while (open() > before || log.messages().size() < LOOPS) {
            System.gc();
            Thread.sleep(1);
        }
    }

    private static void loseOne(AsyncCallable<?> what) {
        EventLoop loop = EventLoop.builder().build();
        Asyncio.setEventLoop(loop);
        loop.runUntilComplete(Asyncio.async(what));
        Asyncio.setEventLoop(null);
    }

    @Test
    void its_selector_is_closed_and_what_is_not_its_own_stays_open() throws Exception {
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);

        lose(() -> {
            EventLoop loop = Asyncio.getRunningLoop();
            loop.addReader(pipe.source(), () -> loop.callSoon(loop::stop)); // leads to the loop
            return Coroutine.done();
        });

        assertThat(pipe.source().isOpen()).isTrue();
        assertThat(log.messages())
                .allMatch(
                        message -> message.startsWith(
                                "WARNING an event loop was never closed, and nobody has it any more; its selector is closed now\n"));
        pipe.source().close();
        pipe.sink().close();
    }

    private static SocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static InetSocketAddress address(Server server) throws IOException {
        return (InetSocketAddress) server.sockets().get(0).getLocalAddress();
    }

    @Test
    void its_servers_and_connections_are_closed() throws Exception {
        lose(() -> {
            Server server = await(createServer(() -> new Protocol() {}, anyPort()));
            await(Net.createConnection(() -> new Protocol() {}, address(server)));
            return Coroutine.done();
        });

        assertThat(log.messages())
                .allSatisfy(message -> assertThat(message)
                        .contains(
                                "its selector is closed now, and so are [",
                                "ServerSocketChannel",
                                "SocketChannel[connected"));
    }

    /** Who holds them is held by the loop alone. */
    @Test
    void its_streams_are_closed_also_where_its_coroutines_have_them() throws Exception {
        lose(() -> {
            Server server = await(startServer(LostLoopTest::keeps, anyPort(), ServeOptions.DEFAULTS));
            InetSocketAddress address = address(server);
            StreamConnection connection = await(openConnection(address.getHostString(), address.getPort()));
            await(connection.reader().readexactly(1));
            Asyncio.getRunningLoop().createTask(keeps(connection.reader(), connection.writer()));
            await(Asyncio.sleep(Duration.ZERO));
            return Coroutine.done();
        });

        assertThat(log.messages()).allMatch(message -> message.contains("its selector is closed now, and so are ["));
    }

    @Async
    private static Coroutine<Void> keeps(StreamReader reader, StreamWriter writer) {
        writer.write(new byte[] {1});
        Future<Void> never = Asyncio.getRunningLoop().createFuture();
        await(never);
        writer.close();
        return Coroutine.done();
    }
}
