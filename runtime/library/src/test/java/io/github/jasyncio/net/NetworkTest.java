package io.github.jasyncio.net;

import static io.github.jasyncio.Asyncio.allTasks;
import static io.github.jasyncio.Asyncio.async;
import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncCallable;
import io.github.jasyncio.Awaitable;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A loop for each test, which must leave no task, no socket, no thread and no unseen failure behind. */
@NullUnmarked // as free as a test
abstract class NetworkTest {

    final EventLoop loop = EventLoop.builder().build();

    /** What the exception handler was told; a test that expects something takes it out. */
    final List<Map<String, Object>> reports = new ArrayList<>();

    private final List<Server> servers = new ArrayList<>();
    private int socketsBefore;
    private List<Thread> threadsBefore;

    NetworkTest() {
        loop.setExceptionHandler((source, context) -> reports.add(context));
    }

    /** The JDK itself opens a socket with the first one, for all time. */
    @BeforeAll
    static void open_what_the_jdk_keeps() throws IOException {
        SocketChannel.open().close();
    }

    @BeforeEach
    final void count() {
        socketsBefore = sockets();
        threadsBefore = threads();
    }

    /** Runs an async lambda as the loop's main task; what hangs fails after a minute, which no test needs. */
    final <T> T run(AsyncCallable<T> body) {
        return loop.runUntilComplete(waitFor(async(body), Duration.ofMinutes(1)));
    }

    /** A server on the loopback interface, which is closed behind the test. */
    @Async
    final Coroutine<SocketAddress> serve(StreamHandler handler) throws IOException {
        return serve(handler, null);
    }

    @Async
    final Coroutine<SocketAddress> serve(StreamHandler handler, @Nullable Tls tls) throws IOException {
        return serve(handler, loopback(), tls);
    }

    @Async
    final Coroutine<SocketAddress> serve(StreamHandler handler, SocketAddress address, @Nullable Tls tls)
            throws IOException {
        return serve(handler, address, ServeOptions.DEFAULTS.withTls(tls));
    }

    @Async
    final Coroutine<SocketAddress> serve(StreamHandler handler, SocketAddress address, ServeOptions options)
            throws IOException {
        Server server = await(Net.startServer(handler, address, options));
        servers.add(server);
        return Coroutine.of(server.sockets().get(0).getLocalAddress());
    }

    static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    @Async
    static Coroutine<StreamConnection> connect(SocketAddress address) throws IOException {
        return connect(address, null);
    }

    @Async
    static Coroutine<StreamConnection> connect(SocketAddress address, @Nullable Tls tls) throws IOException {
        return connect(address, tls, StreamReader.DEFAULT_LIMIT);
    }

    @Async
    static Coroutine<StreamConnection> connect(SocketAddress address, @Nullable Tls tls, int limit) throws IOException {
        return Net.openConnection(address, ConnectOptions.DEFAULTS.withTls(tls).withLimit(limit));
    }

    /** Gives the others one turn. */
    static Coroutine<Void> turn() {
        return sleep(Duration.ZERO);
    }

    /** What awaiting it throws; null if nothing. */
    @Async
    static Coroutine<@Nullable Throwable> failureOf(Awaitable<?> awaitable) {
        try {
            await(awaitable);
        } catch (Throwable failure) {
            return Coroutine.of(failure);
        }
        return Coroutine.of(null);
    }

    /** Sends back what comes, until the other side ends. */
    @Async
    static Coroutine<Void> echo(StreamReader reader, StreamWriter writer) throws IOException {
        while (true) {
            byte[] data = await(reader.read(64 * 1024));
            if (data.length == 0) {
                break;
            }
            writer.write(data);
            await(writer.drain());
        }
        writer.close();
        await(writer.waitClosed());
        return Coroutine.done();
    }

    @AfterEach
    final void nothing_is_left_behind() {
        run(() -> {
            for (Server server : servers) {
                server.close();
                await(server.waitClosed());
            }
            // What goes on at the other end ends a moment later.
            while (allTasks(loop).size() > 1) {
                await(sleep(Duration.ofMillis(1)));
            }
            // The channels of connections that were lost in this turn are closed in the next.
            await(turn());
            await(turn());
            return Coroutine.done();
        });
        assertThat(allTasks(loop)).isEmpty();
        if (socketsBefore >= 0) {
            // The loop's own are open still.
            int sockets = sockets();
            assertThat(sockets).as("open sockets").isEqualTo(socketsBefore);
        }

        loop.close();

        assertThat(reports).isEmpty();
        await_the_end_of_threads();
    }

    /** A pool's threads end a moment after it was told. */
    private void await_the_end_of_threads() {
        for (Thread thread : threads()) {
            if (!threadsBefore.contains(thread) && !isOfTheJvm(thread)) {
                try {
                    thread.join(10_000);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                assertThat(thread.isAlive()).as("%s has ended", thread).isFalse();
            }
        }
    }

    /** Those that come and go by themselves, once for all. */
    private static boolean isOfTheJvm(Thread thread) {
        return thread.isDaemon()
                && (thread.getName().startsWith("Cleaner-")
                        || thread.getThreadGroup() == null
                        || thread.getName().equals("process reaper")
                        || thread.getName().startsWith("jasyncio-debug")
                        || thread.getName().startsWith("Keep-Alive")
                        || thread.getThreadGroup().getName().equals("InnocuousThreadGroup"));
    }

    private static List<Thread> threads() {
        return List.copyOf(Thread.getAllStackTraces().keySet());
    }

    /** How many sockets the process has; -1 where the system does not tell. */
    private static int sockets() {
        Path descriptors = Path.of("/proc/self/fd");
        if (!Files.isDirectory(descriptors)) {
            return -1;
        }
        int sockets = 0;
        try (var files = Files.list(descriptors)) {
            for (Path file : files.toList()) {
                if (isSocket(file)) {
                    sockets++;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sockets;
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }
}
