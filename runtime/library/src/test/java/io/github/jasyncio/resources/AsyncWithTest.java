package io.github.jasyncio.resources;

import static io.github.jasyncio.Asyncio.async;
import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.sleep;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncCloseable;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Semantics: {@code async with}. */
class AsyncWithTest extends ResourcesTest {

    @Async
    private Coroutine<Void> body(Door a, Door b) throws IOException {
        log("body");
        assertThat(a).isNotSameAs(b);
        await(sleep(Duration.ofMillis(20)));
        log("body ends");
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> throughTwo(String first, String second) throws IOException {
        try (Door a = await(open(first));
                Door b = await(open(second))) {
            await(body(a, b));
        }
        return Coroutine.done();
    }

    @Test
    void several_in_one_statement_are_closed_one_after_the_other_the_last_one_first() {
        run(() -> throughTwo("a", "b"));

        assertThat(log)
                .containsExactly(
                        "0 opens a",
                        "10 a is open",
                        "10 opens b",
                        "20 b is open",
                        "20 body",
                        "40 body ends",
                        "40 closes b",
                        "45 b is closed",
                        "45 closes a",
                        "50 a is closed");
    }

    @Test
    void a_failed_closing_is_thrown_once_the_others_are_closed() {
        run(() -> {
            Throwable failure = requireNonNull(await(failureOf(async(() -> throughTwo("a", "stuck b")))));

            assertThat(failure).isInstanceOf(IllegalStateException.class).hasMessage("stuck b");
            assertThat(failure.getSuppressed()).isEmpty();
            return Coroutine.done();
        });

        assertThat(log).endsWith("40 closes stuck b", "45 closes a", "50 a is closed");
    }

    @Test
    void failed_closings_are_suppressed_by_the_failure_that_came_before_them() {
        run(() -> {
            Throwable failure = requireNonNull(await(failureOf(async(() -> {
                try (Door a = await(open("stuck a"));
                        Door b = await(open("stuck b"))) {
                    throw new IOException("body between " + a.equals(b));
                }
            }))));

            assertThat(failure).isInstanceOf(IOException.class).hasMessage("body between false");
            assertThat(failure.getSuppressed())
                    .extracting(Throwable::getMessage)
                    .containsExactly("stuck b", "stuck a");
            return Coroutine.done();
        });
    }

    /** What a task that is cancelled after so many milliseconds logs, and what it ends with. */
    private Map<Integer, List<String>> cancelledAfter(int... milliseconds) {
        Map<Integer, List<String>> logs = new TreeMap<>();
        for (int ms : milliseconds) {
            run(() -> {
                log.clear();
                long begin = loop.time();
                Task<Void> task = createTask(async(() -> throughTwo("a", "b")));
                await(sleep(Duration.ofMillis(ms)));
                task.cancel("outside");
                @Nullable Throwable failure = await(failureOf(task));
                assertThat(failure).isInstanceOf(CancelledError.class).hasMessage("outside");
                assertThat(loop.time() - begin).isPositive();
                logs.put(
                        ms,
                        log.stream()
                                .map(line -> line.replaceFirst("^\\d+ ", ""))
                                .toList());
                return Coroutine.done();
            });
        }
        return logs;
    }

    @Test
    void cancelled_in_opening_in_the_body_and_in_closing_what_is_open_is_closed() {
        Map<Integer, List<String>> logs = cancelledAfter(3, 13, 30, 42, 47);

        assertThat(logs.get(3)).containsExactly("opens a");
        assertThat(logs.get(13)).containsExactly("opens a", "a is open", "opens b", "closes a", "a is closed");
        assertThat(logs.get(30)).endsWith("body", "closes b", "b is closed", "closes a", "a is closed");
        assertThat(logs.get(42)).endsWith("body ends", "closes b", "b is left ajar", "closes a", "a is closed");
        assertThat(logs.get(47)).endsWith("closes b", "b is closed", "closes a", "a is left ajar");
    }

    /** Can be closed without a wait, too. */
    private final class SwingDoor implements AsyncCloseable {

        @Override
        public void close() {
            log("swings");
        }

        @Async
        @Override
        public Coroutine<Void> closeAsync() {
            await(sleep(CLOSING));
            log("is closed");
            return Coroutine.done();
        }
    }

    @Test
    @SuppressWarnings("try") // just this is the question
    void close_that_is_called_by_hand_is_just_called() {
        run(() -> {
            SwingDoor outer = new SwingDoor();
            outer.close();
            try (SwingDoor door = new SwingDoor()) {
                assertThat(door).isNotSameAs(outer);
                door.close();
            } finally {
                outer.close();
            }
            await(sleep(CLOSING));
            return Coroutine.done();
        });

        assertThat(log).containsExactly("0 swings", "0 swings", "5 is closed", "5 swings");
    }

    @Test
    @SuppressWarnings("try") // they are there to be closed
    void a_block_without_anything_closes_its_resource() {
        run(() -> {
            try (SwingDoor door = new SwingDoor()) {}
            try (Door door = await(open("a"))) {}
            return Coroutine.done();
        });

        assertThat(log).containsExactly("5 is closed", "5 opens a", "15 a is open", "15 closes a", "20 a is closed");
    }

    @Test
    void one_whose_type_does_not_tell_is_asked() {
        run(() -> {
            try (AutoCloseable door = await(open("a"));
                    AutoCloseable plain = () -> log("plain is closed")) {
                log("body of " + (door == plain));
            }
            return Coroutine.done();
        });

        assertThat(log)
                .containsExactly(
                        "0 opens a",
                        "10 a is open",
                        "10 body of false",
                        "10 plain is closed",
                        "10 closes a",
                        "15 a is closed");
    }
}
