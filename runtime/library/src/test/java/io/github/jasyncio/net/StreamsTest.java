package io.github.jasyncio.net;

import static io.github.jasyncio.Asyncio.async;
import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.gather;
import static io.github.jasyncio.Asyncio.waitFor;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncTimeoutException;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Future;
import io.github.jasyncio.Task;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code test_streams}, where connections are: streams of this loop at both ends. */
@NullUnmarked // as free as a test
class StreamsTest extends NetworkTest {

    /** More than the buffers of a connection hold. */
    private static final int MUCH = 16 << 20;

    private static final Duration SHORT = Duration.ofMillis(50);

    // ------------------------------------------------------------------------------------------------ both ways

    @Test
    void a_line_goes_there_and_back() {
        run(() -> {
            SocketAddress address = await(serve(NetworkTest::echo));
            StreamConnection connection = await(connect(address));

            connection.writer().write("hello world!\n", UTF_8);
            await(connection.writer().drain());

            assertThat(new String(await(connection.reader().readline()), UTF_8)).isEqualTo("hello world!\n");
            await(connection.closeAsync());
            return Coroutine.done();
        });
    }

    @Test
    void a_line_goes_there_and_back_on_a_unix_socket(@TempDir Path folder) {
        run(() -> {
            SocketAddress address = await(serve(
                    NetworkTest::echo, UnixDomainSocketAddress.of(folder.resolve("socket")), ServeOptions.DEFAULTS));
            StreamConnection connection = await(connect(address));

            connection.writer().write("hello world!\n", UTF_8);

            assertThat(new String(await(connection.reader().readline()), UTF_8)).isEqualTo("hello world!\n");
            await(connection.closeAsync());
            return Coroutine.done();
        });
    }

    @Test
    void all_ways_to_write_send_what_they_are_given() {
        run(() -> {
            SocketAddress address = await(serve(NetworkTest::echo));
            StreamConnection connection = await(connect(address));
            StreamWriter writer = connection.writer();

            writer.write("a".getBytes(UTF_8));
            writer.write(ByteBuffer.wrap("xbx".getBytes(UTF_8), 1, 1));
            writer.write("\u00e4", UTF_8);
            writer.writelines(List.of("c".getBytes(UTF_8), "d".getBytes(UTF_8)));
            assertThat(writer.canWriteEof()).isTrue();
            writer.writeEof();

            assertThat(new String(await(connection.reader().read()), UTF_8)).isEqualTo("ab\u00e4cd");
            assertThat(connection.reader().atEof()).isTrue();
            await(connection.closeAsync());
            return Coroutine.done();
        });
    }

    @Test
    void much_goes_there_and_back_while_both_sides_hold_each_other_up() {
        run(() -> {
            SocketAddress address = await(serve(NetworkTest::echo));
            StreamConnection connection = await(connect(address));
            byte[] much = new byte[MUCH];
            for (int i = 0; i < MUCH; i++) {
                much[i] = (byte) (i * 31 + i / 251);
            }

            Task<Void> writing = createTask(async(() -> {
                for (int i = 0; i < MUCH; i += 1 << 20) {
                    connection.writer().write(ByteBuffer.wrap(much, i, 1 << 20));
                    await(connection.writer().drain());
                }
                connection.writer().writeEof();
                return Coroutine.done();
            }));
            byte[] back = await(connection.reader().readexactly(MUCH));
            await(writing);

            assertThat(back).isEqualTo(much);
            assertThat(await(connection.reader().read(1))).isEmpty();
            await(connection.closeAsync());
            return Coroutine.done();
        });
    }

    // ------------------------------------------------------------------------------------------------ holding up

    @Test
    void who_writes_more_than_is_read_is_held_up_until_it_is_read() {
        run(() -> {
            Future<Void> read = loop.createFuture();
            SocketAddress address = await(serve((reader, writer) -> {
                await(read);
                await(reader.readexactly(MUCH));
                writer.close();
                return Coroutine.done();
            }));
            StreamConnection connection = await(connect(address));
            connection.writer().write(new byte[MUCH]);

            List<Task<Void>> drains = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                drains.add(createTask(connection.writer().drain()));
            }
            assertThat(await(failureOf(waitFor(gather(drains.subList(0, 1)), SHORT))))
                    .isInstanceOf(AsyncTimeoutException.class);
            assertThat(drains.get(9).isDone()).isFalse();
            read.setResult(null);
            await(gather(drains.subList(1, 10)));

            await(connection.closeAsync());
            return Coroutine.done();
        });
    }

    @Test
    void who_does_not_read_holds_no_more_than_a_read_beyond_twice_the_limit() {
        run(() -> {
            Future<StreamReader> serving = loop.createFuture();
            Future<Void> end = loop.createFuture();
            SocketAddress address = await(serve((reader, writer) -> {
                serving.setResult(reader);
                await(end);
                writer.close();
                return Coroutine.done();
            }));
            StreamConnection connection = await(connect(address));
            connection.writer().write(new byte[MUCH]);
            assertThat(await(failureOf(waitFor(connection.writer().drain(), SHORT))))
                    .isInstanceOf(AsyncTimeoutException.class);

            String reader = await(serving).toString();

            assertThat(reader).endsWith("paused>");
            int held = Integer.parseInt(reader.replaceFirst(".* (\\d+) bytes.*", "$1"));
            assertThat(held).isBetween(128 * 1024, 128 * 1024 + 256 * 1024);
            connection.writer().transport().abort();
            end.setResult(null);
            await(failureOf(connection.writer().waitClosed()));
            return Coroutine.done();
        });
    }

    @Test
    void a_reader_that_wants_more_than_makes_the_transport_pause_gets_it() {
        run(() -> {
            SocketAddress address = await(serve((reader, writer) -> {
                writer.write(new byte[1 << 20]);
                writer.close();
                return Coroutine.done();
            }));
            StreamConnection connection = await(connect(address, null, 100));

            assertThat(await(connection.reader().readexactly(1 << 20))).hasSize(1 << 20);

            await(connection.closeAsync());
            return Coroutine.done();
        });
    }

    @Test
    void an_idle_reader_gives_its_array_back() {
        ByteQueue queue = new ByteQueue();
        queue.add(new byte[100_000]);
        queue.take(99_990);

        queue.trim();

        assertThat(queue.view().array()).hasSize(10);
        queue.take(10);
        assertThat(queue.view().array()).isEmpty();
    }

    // ------------------------------------------------------------------------------------------------ ends

    @Test
    void one_direction_may_end_before_the_other() {
        run(() -> {
            SocketAddress address = await(serve((reader, writer) -> {
                byte[] all = await(reader.read());
                writer.write("got " + all.length, UTF_8);
                writer.close();
                return Coroutine.done();
            }));
            StreamConnection connection = await(connect(address));
            connection.writer().write("abc", UTF_8);
            connection.writer().writeEof();

            assertThat(new String(await(connection.reader().read()), UTF_8)).isEqualTo("got 3");

            assertThat(connection.writer().isClosing()).isFalse();
            await(connection.closeAsync());
            assertThat(connection.writer().isClosing()).isTrue();
            return Coroutine.done();
        });
    }

    @Test
    void closing_with_bytes_unread_ends() {
        run(() -> {
            SocketAddress address = await(serve((reader, writer) -> {
                writer.write("line\nmore", UTF_8);
                await(failureOf(reader.read()));
                writer.close();
                return Coroutine.done();
            }));
            StreamConnection connection = await(connect(address));
            await(connection.reader().readline());

            connection.writer().close();
            await(connection.writer().waitClosed());

            return Coroutine.done();
        });
    }

    @Test
    void a_reader_is_at_its_end_when_its_writer_has_been_closed() {
        run(() -> {
            SocketAddress address = await(serve(NetworkTest::echo));
            StreamConnection connection = await(connect(address));

            connection.writer().close();
            await(connection.writer().waitClosed());

            assertThat(connection.reader().atEof()).isTrue();
            assertThat(await(connection.reader().read())).isEmpty();
            await(connection.closeAsync()); // again
            return Coroutine.done();
        });
    }

    @Test
    void who_writes_after_closing_hears_of_it_when_draining() {
        run(() -> {
            SocketAddress address = await(serve(NetworkTest::echo));
            StreamConnection connection = await(connect(address));

            connection.writer().close();
            connection.writer().write("late", UTF_8);

            assertThat(await(failureOf(connection.writer().drain())))
                    .isInstanceOf(SocketException.class)
                    .hasMessageMatching("drain: the connection is lost: <SocketTransport clos.*>");
            return Coroutine.done();
        });
    }

    /** CPython's bug 25441: drain that never gave the loop a turn. */
    @Test
    void who_writes_and_drains_in_a_circle_hears_that_the_other_side_is_gone() {
        run(() -> {
            SocketAddress address = await(serve((reader, writer) -> {
                writer.transport().abort();
                return Coroutine.done();
            }));
            StreamConnection connection = await(connect(address));

            assertThat(await(failureOf(writesForEver(connection.writer())))).isInstanceOf(IOException.class);

            await(failureOf(connection.closeAsync()));
            return Coroutine.done();
        });
    }

    @Async
    private static Coroutine<Void> writesForEver(StreamWriter writer) throws IOException {
        while (true) {
            writer.write("foo\n", UTF_8);
            await(writer.drain());
        }
    }

    @Test
    void a_reset_is_a_failure_of_reading_draining_and_closing() {
        run(() -> {
            SocketAddress address = await(serve((reader, writer) -> {
                await(reader.readline());
                SocketChannel channel = (SocketChannel) writer.getExtraInfo("socket");
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
                writer.transport().abort();
                return Coroutine.done();
            }));
            StreamConnection connection = await(connect(address));
            connection.writer().write("go\n", UTF_8);

            Throwable failure = await(failureOf(connection.reader().read()));

            assertThat(failure).isInstanceOf(IOException.class).hasMessageContaining("reset");
            assertThat(connection.reader().exception()).isSameAs(failure);
            assertThat(await(failureOf(connection.writer().drain()))).isSameAs(failure);
            assertThat(await(failureOf(connection.writer().waitClosed()))).isSameAs(failure);
            return Coroutine.done();
        });
    }

    @Test
    void one_that_is_cancelled_while_it_waits_for_the_end_bothers_no_other() {
        run(() -> {
            SocketAddress address = await(serve(NetworkTest::echo));
            StreamConnection connection = await(connect(address));
            Task<Void> first = createTask(connection.writer().waitClosed());
            Task<Void> second = createTask(connection.writer().waitClosed());
            await(turn());

            first.cancel();
            await(turn());
            connection.writer().close();
            await(second);

            assertThat(await(failureOf(first))).isInstanceOf(CancelledError.class);
            return Coroutine.done();
        });
    }

    // ------------------------------------------------------------------------------------------------ handlers

    @Test
    void a_handler_that_fails_is_reported_and_its_connection_closed() {
        run(() -> {
            SocketAddress address = await(serve((reader, writer) -> {
                await(reader.readline());
                throw new IllegalStateException("broken");
            }));
            StreamConnection connection = await(connect(address));
            connection.writer().write("go\n", UTF_8);

            assertThat(await(connection.reader().read())).isEmpty();

            Map<String, Object> report = reports.remove(0);
            assertThat(report.get("message")).isEqualTo("Unhandled exception in client_connected_cb");
            assertThat(report.get("exception")).isInstanceOf(IllegalStateException.class);
            assertThat(report.get("transport")).isInstanceOf(Transport.class);
            await(connection.closeAsync());
            return Coroutine.done();
        });
    }

    @Test
    void a_handler_that_fails_before_it_has_made_a_coroutine_is_reported_too() {
        run(() -> {
            StreamHandler broken = new StreamHandler() {
                @Override
                public Coroutine<Void> handle(StreamReader reader, StreamWriter writer) {
                    throw new IllegalStateException("broken at once");
                }
            };
            SocketAddress address = await(serve(broken));
            StreamConnection connection = await(connect(address));

            assertThat(await(connection.reader().read())).isEmpty();

            assertThat(reports.remove(0).get("exception"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasFieldOrPropertyWithValue("message", "broken at once");
            await(connection.closeAsync());
            return Coroutine.done();
        });
    }

    @Test
    void a_handler_that_is_cancelled_is_not_reported_and_its_connection_closed() {
        run(() -> {
            SocketAddress address = await(serve((reader, writer) -> {
                await(reader.readline());
                throw new CancelledError();
            }));
            StreamConnection connection = await(connect(address));
            connection.writer().write("go\n", UTF_8);

            assertThat(await(connection.reader().read())).isEmpty();

            await(connection.closeAsync());
            return Coroutine.done();
        });
    }

    @Test
    void a_handler_may_return_and_leave_the_connection_to_others() {
        run(() -> {
            List<StreamWriter> writers = new ArrayList<>();
            SocketAddress address = await(serve((reader, writer) -> {
                writers.add(writer);
                return Coroutine.done();
            }));
            StreamConnection connection = await(connect(address));
            while (writers.isEmpty()) {
                await(turn());
            }
            await(turn());

            writers.get(0).write("from outside\n", UTF_8);

            assertThat(new String(await(connection.reader().readline()), UTF_8)).isEqualTo("from outside\n");
            writers.get(0).close();
            await(connection.closeAsync());
            return Coroutine.done();
        });
    }

    // ------------------------------------------------------------------------------------------------ servers

    @Test
    void a_server_may_be_made_of_a_socket_that_is_bound() {
        run(() -> {
            ServerSocketChannel channel = ServerSocketChannel.open().bind(loopback());
            try (Server server = await(Net.startServer(NetworkTest::echo, channel, ServeOptions.DEFAULTS));
                    StreamConnection connection = await(connect(channel.getLocalAddress()))) {
                assertThat(server.sockets()).containsExactly(channel);
                connection.writer().write("there\n", UTF_8);
                assertThat(new String(await(connection.reader().readline()), UTF_8))
                        .isEqualTo("there\n");
            }
            assertThat(channel.isOpen()).isFalse();
            return Coroutine.done();
        });
    }

    /** {@code server.close(); server.abort_clients(); await server.wait_closed()}, in this order. */
    @Test
    void a_server_that_is_closed_by_hand_does_not_wait_for_its_clients() {
        run(() -> {
            Server server = await(Net.startServer(NetworkTest::echo, loopback(), ServeOptions.DEFAULTS));
            StreamConnection connection = await(connect(server.sockets().get(0).getLocalAddress()));
            connection.writer().write("there\n", UTF_8);
            await(connection.reader().readline());

            server.close();
            server.abortClients();
            await(server.waitClosed());

            assertThat(await(failureOf(connection.reader().read())))
                    .satisfiesAnyOf(
                            f -> assertThat(f).isNull(), f -> assertThat(f).isInstanceOf(IOException.class));
            await(failureOf(connection.closeAsync()));
            return Coroutine.done();
        });
    }

    /** {@code async with server: ...}, which waits. */
    @Test
    void a_server_that_is_a_resource_waits_for_its_clients() {
        run(() -> {
            List<String> order = new ArrayList<>();
            Future<StreamConnection> connected = loop.createFuture();
            Task<Void> serving = createTask(async(() -> {
                try (Server server = await(Net.startServer(NetworkTest::echo, loopback(), ServeOptions.DEFAULTS))) {
                    StreamConnection connection =
                            await(connect(server.sockets().get(0).getLocalAddress()));
                    connection.writer().write("there\n", UTF_8);
                    await(connection.reader().readline());
                    connected.setResult(connection);
                    order.add("block ends");
                }
                order.add("server has closed");
                return Coroutine.done();
            }));
            StreamConnection connection = await(connected);
            await(turn());
            await(turn());
            order.add("connection closes");
            await(connection.closeAsync());
            await(serving);

            assertThat(order).containsExactly("block ends", "connection closes", "server has closed");
            return Coroutine.done();
        });
    }
}
