package io.github.jasyncio.cpython;

import static io.github.jasyncio.Asyncio.async;
import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.setEventLoop;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.AsyncCallable;
import io.github.jasyncio.AsyncGenerator;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.StopAsyncIteration;
import io.github.jasyncio.Task;
import io.github.jasyncio.net.IncompleteReadException;
import io.github.jasyncio.net.LimitOverrunException;
import io.github.jasyncio.net.StreamReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The readers of {@code test_streams}: what they are fed with and what they give. */
@NullUnmarked // null is tested as well
class StreamReadersTest extends OnVirtualTime {

    private StreamReader reader;

    @BeforeEach
    void make_a_reader() {
        setEventLoop(loop);
        reader = new StreamReader();
    }

    @AfterEach
    void let_no_loop_be_current() {
        setEventLoop(null);
    }

    private void feed(String... pieces) {
        Stream.of(pieces).forEach(piece -> reader.feedData(bytes(piece)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private String run(AsyncCallable<byte[]> reading) {
        return new String(loop.runUntilComplete(async(reading)), UTF_8);
    }

    /** What the reader still has, read as {@code _buffer} is. */
    private String left() {
        String text = reader.toString();
        if (!text.contains(" bytes")) {
            return "";
        }
        int count = Integer.parseInt(text.replaceFirst(".* (\\d+) bytes.*", "$1"));
        String left = run(() -> reader.readexactly(count));
        feed(left);
        return left;
    }

    // ------------------------------------------------------------------------------------------------ read

    @Test
    void nothing_that_is_fed_is_nothing() {
        feed("");

        assertThat(reader).hasToString("<StreamReader>");
    }

    @Test
    void read_of_zero_bytes_does_not_wait() {
        feed("data");

        assertThat(run(() -> reader.read(0))).isEmpty();
        assertThat(left()).isEqualTo("data");
    }

    @Test
    void read_waits_for_some_bytes() {
        loop.callSoon(() -> feed("line1\n"));

        assertThat(run(() -> reader.read(30))).isEqualTo("line1\n");
        assertThat(left()).isEmpty();
    }

    @Test
    void read_gives_no_more_than_was_asked_for_and_knows_no_lines() {
        feed("line1", "line2");

        assertThat(run(() -> reader.read(5))).isEqualTo("line1");
        assertThat(left()).isEqualTo("line2");
    }

    @Test
    void read_gives_nothing_at_the_end() {
        loop.callSoon(reader::feedEof);

        assertThat(run(() -> reader.read(1024))).isEmpty();
        assertThat(run(() -> reader.read(1024))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, -7})
    void read_of_all_waits_for_the_end(int count) {
        loop.callSoon(() -> {
            feed("chunk1\n", "chunk2");
            reader.feedEof();
        });

        assertThat(run(() -> reader.read(count))).isEqualTo("chunk1\nchunk2");
    }

    @Test
    void read_of_all_gives_more_than_the_limit() {
        reader = new StreamReader(3);
        feed("a piece longer than three");
        reader.feedEof();

        assertThat(run(() -> reader.read())).isEqualTo("a piece longer than three");
    }

    @Test
    void read_is_not_limited() {
        reader = new StreamReader(3);
        feed("chunk");

        assertThat(run(() -> reader.read(5))).isEqualTo("chunk");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void a_limit_is_positive(int limit) {
        assertThatThrownBy(() -> new StreamReader(limit))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the limit must be positive: " + limit);
    }

    // ------------------------------------------------------------------------------------------------ readInto

    @Test
    void read_into_fills_what_room_there_is() {
        feed("abcdef");
        ByteBuffer buffer = ByteBuffer.allocate(4);

        assertThat(loop.runUntilComplete(async(() -> reader.readInto(buffer)))).isEqualTo(4);
        assertThat(buffer.array()).isEqualTo(bytes("abcd"));
        assertThat(loop.runUntilComplete(async(() -> reader.readInto(buffer)))).isZero();
        assertThat(loop.runUntilComplete(async(() -> reader.readInto(buffer.clear()))))
                .isEqualTo(2);
    }

    @Test
    void read_into_waits_and_tells_the_end() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(4);
        loop.callSoon(() -> feed("x"));

        assertThat(loop.runUntilComplete(async(() -> reader.readInto(buffer)))).isEqualTo(1);
        loop.callSoon(reader::feedEof);
        assertThat(loop.runUntilComplete(async(() -> reader.readInto(buffer)))).isEqualTo(-1);
        assertThat(loop.runUntilComplete(async(() -> reader.readInto(buffer)))).isEqualTo(-1);
    }

    @Test
    void read_into_no_room_at_all_gives_zero_without_waiting() {
        assertThat(loop.runUntilComplete(async(() -> reader.readInto(ByteBuffer.allocate(0)))))
                .isZero();
    }

    // ------------------------------------------------------------------------------------------------ readline

    @Test
    void readline_waits_for_the_line_feed() {
        feed("chunk1 ");
        loop.callSoon(() -> feed("chunk2 ", "chunk3 ", "\n chunk4"));

        assertThat(run(() -> reader.readline())).isEqualTo("chunk1 chunk2 chunk3 \n");
        assertThat(left()).isEqualTo(" chunk4");
    }

    @Test
    void readline_takes_one_line_of_many() {
        feed("line1\n", "line2\nline3\n");

        assertThat(run(() -> reader.readline())).isEqualTo("line1\n");
        assertThat(run(() -> reader.read(7))).isEqualTo("line2\nl");
        assertThat(left()).isEqualTo("ine3\n");
    }

    @Test
    void readline_gives_what_there_is_at_the_end_and_then_nothing() {
        feed("some data");
        reader.feedEof();

        assertThat(run(() -> reader.readline())).isEqualTo("some data");
        assertThat(run(() -> reader.readline())).isEmpty();
    }

    @Test
    void a_line_that_is_too_long_is_taken_and_the_next_stays() {
        reader = new StreamReader(3);
        feed("li", "ne1\nline2\n");

        assertThatThrownBy(() -> run(() -> reader.readline()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("readline: separator is found, but 5 bytes before it exceed the limit of 3");
        assertThat(left()).isEqualTo("line2\n");
    }

    @Test
    void a_line_that_is_too_long_and_has_no_end_takes_everything_with_it() {
        reader = new StreamReader(3);
        feed("li", "ne1", "li");

        assertThatThrownBy(() -> run(() -> reader.readline()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("readline: separator is not found, and 7 bytes exceed the limit of 3");
        assertThat(left()).isEmpty();
    }

    @Test
    void a_line_that_becomes_too_long_while_it_is_awaited_fails_too() {
        reader = new StreamReader(7);
        loop.callSoon(() -> {
            feed("chunk1", "chunk2\n", "chunk3\n");
            reader.feedEof();
        });

        assertThatThrownBy(() -> run(() -> reader.readline())).isInstanceOf(IllegalArgumentException.class);
        assertThat(run(() -> reader.readline())).isEqualTo("chunk3\n");
    }

    @Test
    void the_limit_is_exact_and_does_not_count_the_line_feed() {
        reader = new StreamReader(7);
        feed("1234567\n");

        assertThat(run(() -> reader.readline())).isEqualTo("1234567\n");
        feed("12345678\n");
        assertThatThrownBy(() -> run(() -> reader.readline())).isInstanceOf(IllegalArgumentException.class);
        assertThat(left()).isEmpty();
        feed("12345678");
        assertThatThrownBy(() -> run(() -> reader.readline())).isInstanceOf(IllegalArgumentException.class);
        assertThat(left()).isEmpty();
    }

    // ------------------------------------------------------------------------------------------------ lines

    @Test
    void lines_come_one_by_one_until_the_end() {
        feed("one\ntw", "o\r\n\n\r\n", "three\r");
        loop.callLater(ms(10), () -> feed("and\n\u00e4 rest"));
        loop.callLater(ms(20), reader::feedEof);

        List<String> lines =
                loop.runUntilComplete(async(() -> reader.lines(UTF_8).toList()));

        assertThat(lines).containsExactly("one", "two", "", "", "three\rand", "\u00e4 rest");
    }

    @Test
    void who_stops_in_the_middle_of_the_lines_reads_on_behind_them() {
        feed("one\ntwo\nthree\n");

        String first = loop.runUntilComplete(
                async(() -> Coroutine.of(await(reader.lines(UTF_8).next()))));

        assertThat(first).isEqualTo("one");
        assertThat(run(() -> reader.readline())).isEqualTo("two\n");
        assertThat(left()).isEqualTo("three\n");
    }

    @Test
    void lines_fail_as_readline_does() {
        reader = new StreamReader(5);
        feed("short\nmuch too long\n");
        reader.feedEof();

        AsyncGenerator<String> lines = loop.runUntilComplete(async(() -> Coroutine.of(reader.lines(UTF_8))));

        assertThat(loop.<String>runUntilComplete(lines.next())).isEqualTo("short");
        assertThat(failureOf(lines.next())).isInstanceOf(IllegalArgumentException.class);
        assertThat(failureOf(lines.next())).isInstanceOf(StopAsyncIteration.class);
    }

    @Test
    void lines_need_a_charset_in_which_the_line_feed_is_a_byte() {
        assertThatThrownBy(() -> loop.runUntilComplete(
                        async(() -> reader.lines(StandardCharsets.UTF_16).toList())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("lines: a line ends with the byte 10, which is no line feed in UTF-16");
    }

    // ------------------------------------------------------------------------------------------------ readuntil

    @Test
    void a_separator_is_needed_and_has_a_byte() {
        assertThatThrownBy(() -> run(() -> reader.readuntil(new byte[0])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("readuntil: a separator must have at least one byte");
        assertThatThrownBy(() -> run(() -> reader.readuntil(List.of(new byte[0]))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("readuntil: a separator must have at least one byte");
        assertThatThrownBy(() -> run(() -> reader.readuntil(List.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("readuntil: at least one separator is needed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"QWEaa|XYaa|a", "QWEaa|XYa|aa", "aaa", "Xaaa", "XXX|a|a|a", "aa|Xaaa", "aXaa|a"})
    void a_separator_is_found_however_it_comes(String pieces) {
        feed(pieces.split("\\|"));
        feed("rest");

        assertThat(run(() -> reader.readuntil(bytes("aaa")))).isEqualTo(pieces.replace("|", ""));
        assertThat(left()).isEqualTo("rest");
    }

    @Test
    void the_end_before_a_separator_gives_what_came() {
        feed("some dataAA");
        reader.feedEof();

        assertThatThrownBy(() -> run(() -> reader.readuntil(bytes("AAA"))))
                .isInstanceOfSatisfying(IncompleteReadException.class, e -> {
                    assertThat(e.partial()).isEqualTo(bytes("some dataAA"));
                    assertThat(e.expected()).isEqualTo(-1);
                })
                .hasMessage("11 bytes read on a total of undefined expected bytes");
        assertThat(reader.atEof()).isTrue();
    }

    @Test
    void what_exceeds_the_limit_stays() {
        reader = new StreamReader(3);
        feed("some dataAA");

        assertThatThrownBy(() -> run(() -> reader.readuntil(bytes("AAA"))))
                .isInstanceOfSatisfying(
                        LimitOverrunException.class,
                        e -> assertThat(e.consumed()).isEqualTo(9))
                .hasMessage("separator is not found, and 9 bytes exceed the limit of 3");
        feed("A");
        assertThatThrownBy(() -> run(() -> reader.readuntil(bytes("AAA"))))
                .isInstanceOfSatisfying(
                        LimitOverrunException.class,
                        e -> assertThat(e.consumed()).isEqualTo(9))
                .hasMessage("separator is found, but 9 bytes before it exceed the limit of 3");
        assertThat(run(() -> reader.readexactly(9))).isEqualTo("some data");
        assertThat(run(() -> reader.readuntil(bytes("AAA")))).isEqualTo("AAA");
    }

    @Test
    void of_several_separators_the_one_that_ends_first_counts() {
        feed("line 1\nline 2\r");

        assertThat(run(() -> reader.readuntil(List.of(bytes("\r"), bytes("\n")))))
                .isEqualTo("line 1\n");
        assertThat(run(() -> reader.readuntil(List.of(bytes("\r"), bytes("\n")))))
                .isEqualTo("line 2\r");
        feed("ABCDEFG");
        assertThat(run(() -> reader.readuntil(List.of(bytes("DEF"), bytes("BCDE")))))
                .isEqualTo("ABCDE");
        assertThat(left()).isEqualTo("FG");
    }

    @Test
    void of_several_separators_with_one_end_the_shortest_counts_for_the_limit() {
        reader = new StreamReader(3);
        feed("some dataA");

        assertThatThrownBy(() -> run(() -> reader.readuntil(List.of(bytes("A"), bytes("ome dataA")))))
                .isInstanceOf(LimitOverrunException.class)
                .hasMessageContaining("is found");
        assertThat(left()).isEqualTo("some dataA");
    }

    @Test
    void a_separator_longer_than_what_came_is_looked_for_again() {
        feed("data");
        loop.callSoon(() -> feed("Z"));
        loop.callSoon(() -> feed("Aaaa"));

        assertThat(run(() -> reader.readuntil(List.of(bytes("A"), bytes("long sep")))))
                .isEqualTo("dataZA");
        assertThat(left()).isEqualTo("aaa");
    }

    // ------------------------------------------------------------------------------------------------ readexactly

    @Test
    void readexactly_of_nothing_does_not_wait_and_less_is_refused() {
        feed("data");

        assertThat(run(() -> reader.readexactly(0))).isEmpty();
        assertThatThrownBy(() -> run(() -> reader.readexactly(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("readexactly: the number of bytes must not be negative: -1");
        assertThat(left()).isEqualTo("data");
    }

    @Test
    void readexactly_waits_for_all() {
        loop.callSoon(() -> feed("0123456789", "0123456789", "0123456789"));

        assertThat(run(() -> reader.readexactly(20))).isEqualTo("01234567890123456789");
        assertThat(left()).isEqualTo("0123456789");
    }

    @Test
    void readexactly_is_not_limited() {
        reader = new StreamReader(3);
        feed("chunk");

        assertThat(run(() -> reader.readexactly(5))).isEqualTo("chunk");
    }

    @Test
    void the_end_before_all_came_gives_what_came() {
        loop.callSoon(() -> {
            feed("line1\nline2\nline3\n");
            reader.feedEof();
        });

        assertThatThrownBy(() -> run(() -> reader.readexactly(36)))
                .isInstanceOfSatisfying(IncompleteReadException.class, e -> {
                    assertThat(e.partial()).isEqualTo(bytes("line1\nline2\nline3\n"));
                    assertThat(e.expected()).isEqualTo(36);
                })
                .hasMessage("18 bytes read on a total of 36 expected bytes");
        assertThat(left()).isEmpty();
    }

    // ------------------------------------------------------------------------------------------------ the end,
    // failures

    @Test
    void it_is_at_its_end_when_everything_is_read() {
        assertThat(reader.atEof()).isFalse();
        feed("some data\n");
        assertThat(reader.atEof()).isFalse();
        run(() -> reader.readline());
        assertThat(reader.atEof()).isFalse();
        feed("some data\n");
        reader.feedEof();
        assertThat(reader.atEof()).isFalse();
        run(() -> reader.readline());
        assertThat(reader.atEof()).isTrue();
    }

    @Test
    void nothing_comes_behind_the_end() {
        reader.feedEof();

        assertThatThrownBy(() -> feed("late"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("feedData after feedEof: <StreamReader eof>");
    }

    @Test
    void a_failure_is_what_every_read_fails_with() {
        feed("line\n");
        assertThat(reader.exception()).isNull();
        IOException failure = new IOException("reset");

        reader.setException(failure);

        assertThat(reader.exception()).isSameAs(failure);
        assertThatThrownBy(() -> run(() -> reader.read(2))).isSameAs(failure);
        assertThatThrownBy(() -> run(() -> reader.read())).isSameAs(failure);
        assertThatThrownBy(() -> run(() -> reader.readline())).isSameAs(failure);
        assertThatThrownBy(() -> run(() -> reader.readexactly(2))).isSameAs(failure);
        assertThatThrownBy(() -> run(() -> reader.readuntil(bytes("\n")))).isSameAs(failure);
        assertThatThrownBy(() -> loop.runUntilComplete(async(() -> reader.readInto(ByteBuffer.allocate(2)))))
                .isSameAs(failure);
    }

    @Test
    void a_failure_wakes_who_waits() {
        Task<byte[]> reading = loop.createTask(async(() -> reader.readline()));
        turns(1);

        reader.setException(new Boom("lost"));
        turns(2);

        assertThat(reading.exception()).isInstanceOf(Boom.class);
    }

    @Test
    void a_failure_that_comes_after_a_cancellation_does_no_harm() {
        Task<byte[]> reading = loop.createTask(async(() -> reader.readline()));
        turns(1);
        reading.cancel();
        turns(1);

        reader.setException(new IllegalStateException("message"));
        turns(2);

        assertThat(reading.isCancelled()).isTrue();
    }

    @Test
    void one_that_is_cancelled_has_taken_nothing() {
        feed("part");
        Task<byte[]> reading = loop.createTask(async(() -> reader.readexactly(10)));
        turns(1);
        reading.cancel();
        turns(2);
        assertThatThrownBy(reading::result).isInstanceOf(CancelledError.class);

        feed("ial\n");

        assertThat(run(() -> reader.readline())).isEqualTo("partial\n");
    }

    @Test
    void two_tasks_cannot_wait_at_once() {
        Task<byte[]> first = loop.createTask(async(() -> reader.readline()));
        turns(1);

        assertThatThrownBy(() -> run(() -> reader.read(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageMatching(
                        "read: another task waits for this stream's bytes already: <StreamReader waiter=<Future pending.*>>;"
                                + " read from one task at a time");
        feed("line\n");
        assertThat(loop.runUntilComplete(first)).isEqualTo(bytes("line\n"));
    }

    @Test
    void what_was_fed_can_be_changed_afterwards() {
        byte[] data = bytes("data");
        reader.feedData(data);
        data[0] = 'X';

        assertThat(run(() -> reader.read(4))).isEqualTo("data");
    }

    // ------------------------------------------------------------------------------------------------ the rest

    @Test
    void it_belongs_to_the_running_loop() {
        setEventLoop(null);

        Coroutine<StreamReader> making = async(() -> Coroutine.of(new StreamReader()));

        assertThat(loop.runUntilComplete(making)).isNotNull();
    }

    @Test
    void it_belongs_to_the_current_loop_where_none_runs_and_to_none_where_there_is_none() {
        assertThat(reader).isNotNull();

        setEventLoop(null);

        assertThatThrownBy(StreamReader::new).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void it_says_what_it_is() {
        assertThat(reader).hasToString("<StreamReader>");
        assertThat(new StreamReader(123)).hasToString("<StreamReader limit=123>");
        feed("data");
        assertThat(reader).hasToString("<StreamReader 4 bytes>");
        reader.feedEof();
        assertThat(reader).hasToString("<StreamReader 4 bytes eof>");
        reader.setException(new IOException("x"));
        assertThat(reader).hasToString("<StreamReader 4 bytes eof exception=java.io.IOException: x>");
    }

    @Test
    void its_exceptions_survive_being_written_and_read() throws Exception {
        IncompleteReadException incomplete = copy(new IncompleteReadException(bytes("abc"), 10));
        LimitOverrunException overrun = copy(new LimitOverrunException("message", 10));

        assertThat(incomplete).hasMessage("3 bytes read on a total of 10 expected bytes");
        assertThat(incomplete.partial()).isEqualTo(bytes("abc"));
        assertThat(incomplete.expected()).isEqualTo(10);
        assertThat(overrun).hasMessage("message");
        assertThat(overrun.consumed()).isEqualTo(10);
    }

    @SuppressWarnings({"unchecked", "BanSerializableRead"}) // of what was just written
    private static <T> T copy(T original) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(original);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (T) in.readObject();
        }
    }

    @Test
    void reads_of_what_is_there_do_not_suspend() {
        feed("one\ntwo\nthree");
        loop.callSoon(() -> log("another turn"));

        run(() -> {
            for (String line : List.of("one\n", "two\n", "three")) {
                byte[] bytes = line.equals("three") ? await(reader.readexactly(5)) : await(reader.readline());
                assertThat(bytes).isEqualTo(bytes(line));
                log(line.strip());
            }
            return Coroutine.of(new byte[0]);
        });

        assertThat(trace).containsExactly("0 another turn", "0 one", "0 two", "0 three");
    }
}
