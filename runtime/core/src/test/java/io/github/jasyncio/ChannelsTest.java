package io.github.jasyncio;

import static io.github.jasyncio.Asyncio.sleep;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.OverExecutorTest.Host;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Semantics: {@code asyncio.selector_events.BaseSelectorEventLoop}. */
@NullUnmarked // null is tested as well
class ChannelsTest extends LoopTest {

    private Pipe pipe;
    private ServerSocketChannel server;

    @BeforeEach
    void open() throws IOException {
        pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        pipe.sink().configureBlocking(false);
        server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        server.configureBlocking(false);
    }

    @AfterEach
    void close() throws IOException {
        pipe.source().close();
        pipe.sink().close();
        server.close();
    }

    private void write(String text) {
        try {
            pipe.sink().write(UTF_8.encode(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String read() {
        try {
            ByteBuffer buffer = ByteBuffer.allocate(100);
            pipe.source().read(buffer);
            return UTF_8.decode(buffer.flip()).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SocketChannel client() {
        try {
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            return channel;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ------------------------------------------------------------------------------------------------ readers, writers

    @Test
    void in_a_turn_channels_come_behind_what_is_ready_and_before_timers() {
        write("x");
        loop.callLater(ms(0), () -> log("timer"));
        loop.addWriter(pipe.sink(), () -> log("writable"));
        loop.addReader(pipe.source(), () -> log("readable"));
        loop.callSoon(() -> log("soon"));
        loop.callSoonThreadsafe(() -> log("thread"));

        turns(1);

        // Which of two channels is first is the system's business, as it is in asyncio.
        assertThat(trace.subList(2, 4)).containsExactlyInAnyOrder("0 readable", "0 writable");
        trace.subList(2, 4).clear();
        assertThat(trace).containsExactly("0 soon", "0 thread", "0 timer");
    }

    @Test
    void a_reader_is_called_in_every_turn_until_all_is_read() {
        write("x");
        loop.addReader(pipe.source(), () -> log("readable"));

        turns(2);
        log(read());
        turns(1);

        assertThat(trace).containsExactly("0 readable", "0 readable", "0 x");
    }

    @Test
    void a_new_reader_replaces_the_old_one_even_in_the_turn_that_runs() {
        write("x");
        loop.callSoon(() -> loop.addReader(pipe.source(), () -> log("new")));
        loop.addReader(pipe.source(), () -> log("old"));

        turns(2);

        assertThat(trace).containsExactly("0 new");
        assertThat(loop.removeReader(pipe.source())).isTrue();
        assertThat(loop.removeReader(pipe.source())).isFalse();
        turns(1);
        assertThat(trace).hasSize(1);
    }

    @Test
    void the_reader_of_a_socket_comes_before_its_writer() throws IOException {
        try (SocketChannel client = client();
                SocketChannel accepted = connected(client)) {
            accepted.write(UTF_8.encode("x"));
            awaitReadable(client);
            loop.addWriter(client, () -> log("writable"));
            loop.addReader(client, () -> log("readable"));

            turns(1);

            assertThat(trace).containsExactly("0 readable", "0 writable");
        }
    }

    /** Connects to the server, and gives its side. */
    private SocketChannel connected(SocketChannel client) throws IOException {
        client.configureBlocking(true);
        client.connect(server.getLocalAddress());
        client.configureBlocking(false);
        SocketChannel accepted = server.accept();
        accepted.configureBlocking(false);
        return accepted;
    }

    private void awaitReadable(SocketChannel channel) {
        Future<Void> readable = loop.createFuture();
        loop.addReader(channel, () -> {
            loop.removeReader(channel);
            readable.setResult(null);
        });
        run(readable);
    }

    @Test
    void a_callback_runs_in_the_context_of_its_registration() {
        ContextVar<String> var = new ContextVar<>("var", "default");
        loop.callSoon(() -> {
            var.set("registration");
            loop.addReader(pipe.source(), () -> log(var.get()));
        });
        turns(1);
        write("x");

        turns(1);

        assertThat(trace).containsExactly("0 registration");
    }

    @Test
    void there_is_no_selector_before_the_first_channel() {
        assertThat(loop.removeReader(pipe.source())).isFalse();
        turns(2);
        assertThat(loop.isWatching()).isFalse();

        loop.addReader(pipe.source(), () -> {});

        assertThat(loop.isWatching()).isTrue();
    }

    @Test
    void a_channel_that_is_watched_no_more_can_be_made_blocking_when_the_loop_has_waited() throws IOException {
        loop.addReader(pipe.source(), () -> {});
        assertThatThrownBy(() -> pipe.source().configureBlocking(true)).isNotNull();
        loop.removeReader(pipe.source());

        // As the loop does when it has nothing to do.
        loop.channels().poll(1);

        pipe.source().configureBlocking(true);
        pipe.source().configureBlocking(false);

        loop.addReader(pipe.source(), () -> log("again"));
        write("x");
        turns(1);
        assertThat(trace).containsExactly("0 again");
    }

    @Test
    void what_cannot_be_watched_is_refused() throws IOException {
        Pipe blocking = Pipe.open();

        assertThatThrownBy(() -> loop.addReader(blocking.source(), () -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("addReader: the channel must be non-blocking (channel.configureBlocking(false) before): "
                        + blocking.source());
        assertThatThrownBy(() -> loop.addReader(pipe.sink(), () -> {}))
                .hasMessage("addReader: this kind of channel can only be written to: " + pipe.sink());
        assertThatThrownBy(() -> loop.addWriter(server, () -> {}))
                .hasMessage("addWriter: this kind of channel can only be read from: " + server);
        assertThatThrownBy(() -> loop.addWriter(pipe.sink(), null))
                .hasMessage("addWriter: a callback was expected, got null");
        blocking.source().close();
        assertThatThrownBy(() -> loop.addReader(blocking.source(), () -> {}))
                .hasMessage("addReader: the channel is closed: " + blocking.source());
        blocking.sink().close();
        loop.close();
        assertThatThrownBy(() -> loop.addReader(pipe.source(), () -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("addReader: event loop is closed");
        assertThat(loop.removeReader(pipe.source())).isFalse();
    }

    // ------------------------------------------------------------------------------------------------ waiting

    @Test
    void a_thread_wakes_a_loop_that_waits_for_channels() throws Exception {
        EventLoop real = EventLoop.builder().build();
        real.addReader(pipe.source(), () -> log("never"));
        Future<String> future = real.createFuture();
        Thread thread = new Thread(() -> real.callSoonThreadsafe(() -> future.setResult("woken")));
        real.callSoon(thread::start);
        TimerHandle far = real.callLater(java.time.Duration.ofDays(1), () -> log("never"));

        assertThat(real.runUntilComplete(future)).isEqualTo("woken");

        assertThat(far.isCancelled()).isFalse();
        thread.join();
        real.close();
    }

    @Test
    void a_channel_wakes_a_loop_that_sleeps() throws Exception {
        EventLoop real = EventLoop.builder().build();
        Future<String> future = real.createFuture();
        real.addReader(pipe.source(), () -> {
            real.removeReader(pipe.source());
            future.setResult(read());
        });
        Thread thread = new Thread(() -> write("from a thread"));
        real.callSoon(thread::start);
        real.callLater(java.time.Duration.ofDays(1), () -> log("never"));

        assertThat(real.runUntilComplete(future)).isEqualTo("from a thread");

        thread.join();
        real.close();
    }

    @Test
    void timers_run_while_channels_are_watched() {
        EventLoop real = EventLoop.builder().build();
        real.addReader(pipe.source(), () -> log("never"));

        assertThat(real.runUntilComplete(sleep(java.time.Duration.ofNanos(1_500_000), "slept")))
                .isEqualTo("slept");

        assertThat(real.time()).isGreaterThanOrEqualTo(1_500_000);
        assertThat(trace).isEmpty();
        real.close();
    }

    @Test
    void an_interrupt_of_a_loop_that_waits_for_channels_leaves_the_loop() {
        loop.addReader(pipe.source(), () -> log("never"));
        loop.callSoon(() -> Thread.currentThread().interrupt());

        assertThatThrownBy(loop::runForever)
                .isInstanceOf(KeyboardInterrupt.class)
                .hasMessageStartingWith("the thread of the event loop was interrupted");
    }

    @Test
    void in_virtual_time_what_is_ready_comes_before_a_jump_and_a_timer_before_what_is_not() {
        loop.addReader(pipe.source(), () -> log(read()));
        loop.callLater(ms(10), () -> write("x"));
        loop.callLater(ms(20), () -> log("timer"));

        run(sleep(ms(30)));

        assertThat(trace).containsExactly("10 x", "20 timer");
    }

    @Test
    void nothing_that_eight_threads_hand_in_is_lost_while_channels_are_watched() throws Exception {
        loop.addReader(pipe.source(), () -> read());
        int calls = 2000;
        int[] left = {8 * calls};
        Future<Void> all = loop.createFuture();
        Thread[] threads = new Thread[8];
        for (int t = 0; t < threads.length; t++) {
            threads[t] = new Thread(() -> {
                for (int i = 0; i < calls; i++) {
                    loop.callSoonThreadsafe(() -> {
                        if (--left[0] == 0) {
                            all.setResult(null);
                        }
                    });
                }
            });
            threads[t].start();
        }

        run(all);

        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(left[0]).isZero();
    }

    @Test
    void on_other_people_s_threads_a_callback_is_not_called_again_before_it_has_read() throws Exception {
        Executor executor = Host.PLAIN.open();
        EventLoop over = EventLoop.over(executor);
        CountDownLatch read = new CountDownLatch(3);
        CompletableFuture.runAsync(
                        () -> over.addReader(pipe.source(), () -> {
                            String text = read();
                            assertThat(text).isNotEmpty();
                            text.chars().forEach(c -> read.countDown());
                        }),
                        executor)
                .join();
        over.setExceptionHandler((lp, context) -> reports.add(context.toString()));

        write("a");
        write("b");
        write("c");
        read.await();

        CompletableFuture.runAsync(over::close, executor).join();
        Host.close(executor);
    }
}
