package io.github.jasyncio.net;

import static io.github.jasyncio.Asyncio.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Future;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Transports on the ends of a JDK's pipe: {@code UnixReadPipeTransportTests} and {@code UnixWritePipeTransportTests} of {@code test_unix_events}. */
@NullUnmarked // as free as a test
class PipeEndsTest extends NetworkTest {

    /** More than a pipe holds. */
    private static final int MUCH = 1 << 20;

    /** Writes down what it is told. */
    private final class Noting implements Protocol {

        final List<String> told = new ArrayList<>();
        final ByteArrayOutputStream received = new ByteArrayOutputStream();
        final Future<Throwable> lost = loop.createFuture();

        @Override
        public void connectionMade(Transport transport) {
            told.add("made");
        }

        @Override
        public void dataReceived(byte[] data) {
            received.writeBytes(data);
        }

        @Override
        public boolean eofReceived() {
            told.add("eof");
            return true; // in vain
        }

        @Override
        public void pauseWriting() {
            told.add("paused");
        }

        @Override
        public void resumeWriting() {
            told.add("resumed");
        }

        @Override
        public void connectionLost(Throwable failure) {
            told.add("lost");
            lost.setResult(failure);
        }
    }

    @Test
    void bytes_go_through_and_the_end_is_the_end_of_both() {
        run(() -> {
            Pipe pipe = Pipe.open();
            Noting reading = new Noting();
            Noting writing = new Noting();
            Transport source =
                    await(Net.connectReadPipe(() -> reading, pipe.source())).transport();
            Transport sink =
                    await(Net.connectWritePipe(() -> writing, pipe.sink())).transport();
            assertThat(source.getExtraInfo("pipe")).isSameAs(pipe.source());
            assertThat(source.getExtraInfo("socket")).isNull();

            sink.write("hello ".getBytes(UTF_8));
            sink.write("world".getBytes(UTF_8));
            assertThat(sink.canWriteEof()).isTrue();
            sink.writeEof();

            assertThat(await(writing.lost)).isNull();
            assertThat(await(reading.lost)).isNull();
            assertThat(reading.received).hasToString("hello world");
            assertThat(reading.told).containsExactly("made", "eof", "lost");
            assertThat(writing.told).containsExactly("made", "lost");
            assertThat(pipe.source().isOpen() || pipe.sink().isOpen()).isFalse();
            return Coroutine.done();
        });
    }

    @Test
    void who_writes_more_than_is_read_is_told_to_pause() {
        run(() -> {
            Pipe pipe = Pipe.open();
            Noting reading = new Noting();
            Noting writing = new Noting();
            Transport source =
                    await(Net.connectReadPipe(() -> reading, pipe.source())).transport();
            Transport sink =
                    await(Net.connectWritePipe(() -> writing, pipe.sink())).transport();
            source.pauseReading();
            sink.write(new byte[MUCH]);
            assertThat(writing.told).containsExactly("made", "paused");
            assertThat(sink.getWriteBufferSize()).isPositive();
            sink.close();
            assertThat(sink.isClosing()).isTrue();
            sink.write("too late".getBytes(UTF_8));

            source.resumeReading();

            assertThat(await(writing.lost)).isNull();
            await(reading.lost);
            assertThat(reading.received.size()).isEqualTo(MUCH);
            assertThat(writing.told).containsExactly("made", "paused", "resumed", "lost");
            return Coroutine.done();
        });
    }

    @Test
    void a_write_that_nobody_reads_is_a_failure() {
        run(() -> {
            Pipe pipe = Pipe.open();
            Noting writing = new Noting();
            Transport sink =
                    await(Net.connectWritePipe(() -> writing, pipe.sink())).transport();
            pipe.source().close();

            sink.write("in vain".getBytes(UTF_8));

            assertThat(await(writing.lost)).isInstanceOf(IOException.class);
            ByteBuffer late = ByteBuffer.wrap(new byte[1]);
            sink.write(late);
            assertThat(late.hasRemaining()).isFalse();
            return Coroutine.done();
        });
    }

    @Test
    void an_end_does_only_what_it_can() {
        run(() -> {
            Pipe pipe = Pipe.open();
            Noting reading = new Noting();
            Noting writing = new Noting();
            Transport source =
                    await(Net.connectReadPipe(() -> reading, pipe.source())).transport();
            Transport sink =
                    await(Net.connectWritePipe(() -> writing, pipe.sink())).transport();

            assertThatThrownBy(() -> source.write(new byte[1]))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessage("write: nothing can be written to the reading end of a pipe: "
                            + "<SourceTransport read=polling write=<idle, bufsize=0>>");
            assertThat(source.canWriteEof()).isFalse();
            assertThat(source.isReading()).isTrue();
            assertThat(sink.isReading()).isFalse();
            sink.pauseReading();
            sink.resumeReading();
            source.abort();
            sink.abort();
            await(reading.lost);
            await(writing.lost);
            return Coroutine.done();
        });
    }
}
