package io.github.jasyncio.generators;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.emit;
import static io.github.jasyncio.Asyncio.sleep;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncCloseable;
import io.github.jasyncio.AsyncGenerator;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What goes through a generator to its end, and what is made of one. */
class HelpersTest extends GeneratorTest {

    private static final List<Object> CLEANED_UP = List.of("begins", "finally", "cleaned up");

    @Async
    private Coroutine<Integer> doubled(int n) {
        await(turn());
        return Coroutine.of(2 * n);
    }

    @Async
    private Coroutine<Boolean> isOdd(int n) {
        await(turn());
        return Coroutine.of(n % 2 == 1);
    }

    @Test
    void for_each_awaits_its_body_for_one_value_after_the_other() {
        run(() -> {
            List<Integer> got = new ArrayList<>();
            await(numbers(3).forEach(n -> {
                await(turn());
                got.add(n);
                return Coroutine.done();
            }));
            assertThat(got).containsExactly(0, 1, 2);
            assertThat(log).isEqualTo(CLEANED_UP);
            return Coroutine.done();
        });
    }

    @Test
    void map_filter_and_take_go_on_only_when_they_are_asked() {
        run(() -> {
            AsyncGenerator<Integer> g =
                    numbers(1000).filter(this::isOdd).map(this::doubled).take(3);
            assertThat(log).isEmpty();
            assertThat(await(g.next())).isEqualTo(2);
            assertThat(log).containsExactly("begins");
            assertThat(await(g.toList())).containsExactly(6, 10);
            assertThat(log).isEqualTo(CLEANED_UP);
            return Coroutine.done();
        });
    }

    @Test
    void take_nothing_begins_nothing() {
        run(() -> {
            assertThat(await(numbers(3).take(0).toList())).isEmpty();
            assertThat(log).isEmpty();
            return Coroutine.done();
        });
    }

    @Test
    void take_closes_its_source_before_it_ends() {
        run(() -> {
            assertThat(await(numbers(1000).take(2).toList())).containsExactly(0, 1);
            assertThat(log).isEqualTo(CLEANED_UP);
            assertThat(await(numbers(2).take(5).toList())).containsExactly(0, 1);
            return Coroutine.done();
        });
    }

    @Test
    void what_fails_closes_the_source_first() {
        run(() -> {
            IOException failure = new IOException("body");
            Throwable thrown = requireNonNull(await(failureOf(numbers(3).forEach(n -> {
                throw failure;
            }))));
            assertThat(thrown).isSameAs(failure);
            assertThat(log).isEqualTo(CLEANED_UP);
            log.clear();

            thrown = requireNonNull(await(failureOf(numbers(3)
                    .map(n -> {
                        await(turn());
                        throw failure;
                    })
                    .toList())));
            assertThat(thrown).isSameAs(failure);
            assertThat(log).isEqualTo(CLEANED_UP);
            return Coroutine.done();
        });
    }

    @Async
    private AsyncGenerator<Integer> cannotBeClosed() {
        try {
            emit(1);
        } finally {
            await(turn());
            check();
        }
        return AsyncGenerator.done();
    }

    private static void check() {
        throw new IllegalArgumentException("in finally");
    }

    @Test
    void a_failure_of_closing_is_suppressed_by_the_one_that_was_the_reason() {
        run(() -> {
            Throwable thrown = requireNonNull(await(failureOf(cannotBeClosed().forEach(n -> {
                throw new IOException("body");
            }))));
            assertThat(thrown).isInstanceOf(IOException.class);
            assertThat(thrown.getSuppressed()).extracting(Throwable::getMessage).containsExactly("in finally");
            return Coroutine.done();
        });
    }

    @Test
    void cancelled_the_body_the_source_and_everything_between_end_in_order() {
        run(() -> {
            Task<Void> task = createTask(numbers(3).map(this::doubled).forEach(n -> {
                try {
                    await(sleep(Duration.ofSeconds(1)));
                } finally {
                    log.add("body");
                }
                return Coroutine.done();
            }));
            await(sleep(Duration.ofMillis(10)));
            task.cancel();
            assertThat(await(failureOf(task))).isInstanceOf(CancelledError.class);
            assertThat(log).containsExactly("begins", "body", "finally", "cleaned up");
            return Coroutine.done();
        });
    }

    /** Whatever it waits for: the source, a function, the body. All but the cleaning up itself, which a cancellation ends as it does in Python. */
    @Test
    void cancelled_at_any_moment_it_leaves_nothing_open() {
        run(() -> {
            int last = 0;
            for (int turn = 0; turn == last; turn++) {
                log.clear();
                Task<Void> task = createTask(numbers(5)
                        .map(this::doubled)
                        .filter(n -> isOdd(n + 1))
                        .take(3)
                        .forEach(n -> {
                            await(turn());
                            return Coroutine.done();
                        }));
                for (int i = 0; i < turn; i++) {
                    await(turn());
                }
                boolean isCleaningUp = log.contains("finally");
                if (task.cancel()) {
                    last++;
                    assertThat(await(failureOf(task))).isInstanceOf(CancelledError.class);
                    assertThat(log)
                            .isEqualTo(isCleaningUp ? CLEANED_UP.subList(0, 2) : turn == 0 ? List.of() : CLEANED_UP);
                }
            }
            assertThat(last).isGreaterThan(10);
            return Coroutine.done();
        });
    }

    @Test
    void a_cancellation_in_closing_is_not_lost() {
        run(() -> {
            Task<Void> task = createTask(numbers(3).forEach(n -> {
                throw new IOException("body");
            }));
            await(turn());
            await(turn());
            assertThat(log).containsExactly("begins", "finally");
            task.cancel();
            Throwable thrown = requireNonNull(await(failureOf(task)));
            assertThat(thrown).isInstanceOf(CancelledError.class);
            assertThat(thrown.getSuppressed()).extracting(Throwable::getMessage).containsExactly("body");
            return Coroutine.done();
        });
    }

    @Test
    void closing_what_was_made_of_a_generator_closes_that() {
        run(() -> {
            AsyncGenerator<Integer> g = numbers(9).map(this::doubled).filter(n -> Coroutine.of(n > 0));
            assertThat(await(g.next())).isEqualTo(2);
            await(g.close());
            assertThat(log).isEqualTo(CLEANED_UP);
            return Coroutine.done();
        });
    }

    @Test
    void try_with_resources_closes_a_generator_that_is_left_early() {
        run(() -> {
            AsyncGenerator<Integer> g = numbers(9);
            try (AsyncCloseable closing = g.closing()) {
                assertThat(await(g.next())).isEqualTo(0);
                assertThat(closing).hasToString(g.toString());
            }
            assertThat(log).isEqualTo(CLEANED_UP);
            return Coroutine.done();
        });
    }

    @Async
    private AsyncGenerator<Integer> upTo(int n) {
        for (int i = 0; i < n; i++) {
            emit(i);
        }
        return AsyncGenerator.done();
    }

    @Test
    void a_million_values_that_need_not_be_waited_for_take_no_java_stack() {
        run(() -> {
            AsyncGenerator<Integer> rare = upTo(1_000_000).filter(n -> Coroutine.of(n == 999_999));
            assertThat(await(rare.toList())).containsExactly(999_999);
            int[] count = {0};
            await(upTo(1_000_000).map(n -> Coroutine.of(n + 1)).forEach(n -> {
                count[0]++;
                return Coroutine.done();
            }));
            assertThat(count[0]).isEqualTo(1_000_000);
            return Coroutine.done();
        });
    }

    @Test
    void misuse_is_refused_where_it_happens() {
        AsyncGenerator<Integer> g = numbers(1);
        assertThatThrownBy(() -> log.add(g.take(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("take was given a negative count: -1");
    }
}
