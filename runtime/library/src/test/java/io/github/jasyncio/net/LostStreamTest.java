package io.github.jasyncio.net;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.sleep;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.debug.Logged;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Streams that nobody has any more while they are open. Where nothing is found these run into the limit of {@link #run}. */
@NullUnmarked // as free as a test
class LostStreamTest extends NetworkTest {

    private final Logged log = new Logged();

    @AfterEach
    void close_log() {
        log.close();
    }

    /** What is lost once, so that no frame of the test's has it. */
    @Async
    private static Coroutine<Void> loseOne(SocketAddress address) throws IOException {
        StreamConnection connection = await(connect(address));
        connection.writer().write("x", UTF_8);
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> untilReported() {
        while (!log.has(message -> message.contains("unclosed <StreamWriter"))) {
            System.gc();
            await(sleep(Duration.ofMillis(1)));
        }
        return Coroutine.done();
    }

    private List<String> unclosed() {
        return log.messages().stream()
                .filter(message -> message.contains("unclosed <StreamWriter"))
                .collect(Collectors.toList());
    }

    @Test
    void one_that_is_collected_is_closed_and_reported() {
        run(() -> {
            try (ServerSocket server = new ServerSocket(0, 1, loopback().getAddress())) {
                await(loseOne(server.getLocalSocketAddress()));
                try (Socket accepted = server.accept()) {
                    await(untilReported());
                    await(turn());
                    await(turn());

                    assertThat(accepted.getInputStream().readAllBytes()).isEqualTo(new byte[] {'x'});
                }
            }
            return Coroutine.done();
        });
        assertThat(unclosed())
                .singleElement()
                .asString()
                .matches(
                        "WARNING unclosed <StreamWriter transport=<SocketTransport peer=.* read=polling write=<idle, bufsize=0>>>:"
                                + " nobody has it any more; it is closed now\n"
                                + "    close it: writer.close\\(\\), or try \\(StreamConnection connection = await\\(openConnection\\(...\\)\\)\\)"
                                + " \\{...\\}\n"
                                + "    debug mode tells where it was made: -Djasyncio.debug=true");
    }

    @Test
    void in_debug_mode_the_report_says_where_it_was_made() {
        loop.setDebug(true);
        loop.setSlowCallbackDuration(Duration.ofDays(1));
        run(() -> {
            try (ServerSocket server = new ServerSocket(0, 1, loopback().getAddress())) {
                await(loseOne(server.getLocalSocketAddress()));
                try (Socket accepted = server.accept()) {
                    await(untilReported());
                    assertThat(accepted.isConnected()).isTrue();
                }
            }
            return Coroutine.done();
        });
        assertThat(unclosed())
                .singleElement()
                .asString()
                .contains("\ncreated at:\n    at ")
                .contains("LostStreamTest.loseOne(LostStreamTest.java:");
    }

    @Test
    void one_whose_reader_somebody_has_is_not_lost() {
        run(() -> {
            SocketAddress address = await(serve((reader, writer) -> {
                byte[] line = await(reader.readline());
                for (int i = 0; i < 20; i++) {
                    System.gc();
                    await(sleep(Duration.ofMillis(1)));
                }
                writer.write(line);
                await(writer.drain());
                writer.close();
                return Coroutine.done();
            }));
            await(readToTheEnd(address));
            assertThat(unclosed()).isEmpty();

            await(untilReported());
            await(turn());
            await(turn());
            return Coroutine.done();
        });
    }

    /** Nobody but the reader has the writer here. */
    @Async
    private static Coroutine<Void> readToTheEnd(SocketAddress address) throws IOException {
        StreamReader reader = await(readerOf(address));
        assertThat(new String(await(reader.readline()), UTF_8)).isEqualTo("line\n");
        assertThat(await(reader.read())).isEmpty();
        return Coroutine.done();
    }

    @Async
    private static Coroutine<StreamReader> readerOf(SocketAddress address) throws IOException {
        StreamConnection connection = await(connect(address));
        connection.writer().write("line\n", UTF_8);
        return Coroutine.of(connection.reader());
    }

    @Test
    void one_that_was_closed_is_not_reported() {
        run(() -> {
            SocketAddress address = await(serve(NetworkTest::echo));
            for (int i = 0; i < 10; i++) {
                StreamConnection connection = await(connect(address));
                await(connection.closeAsync());
            }
            for (int i = 0; i < 10; i++) {
                System.gc();
                await(sleep(Duration.ofMillis(1)));
            }
            return Coroutine.done();
        });
        assertThat(unclosed()).isEmpty();
    }

    @Test
    void one_whose_loop_was_closed_is_reported_in_debug_mode() throws Exception {
        loseOneWithItsLoop(false);
        loseOneWithItsLoop(true);

        run(this::untilReported);

        assertThat(unclosed())
                .singleElement()
                .asString()
                .contains(": nobody has it any more, and its loop is closed\n");
    }

    private static void loseOneWithItsLoop(boolean isDebug) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, loopback().getAddress())) {
            EventLoop other = EventLoop.builder().debug(isDebug).build();
            other.setSlowCallbackDuration(Duration.ofDays(1));
            other.runUntilComplete(loseOne(server.getLocalSocketAddress()));
            other.close();
            server.accept().close();
        }
    }
}
