package io.github.jasyncio.resources;

import static io.github.jasyncio.Asyncio.async;
import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.sleep;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Task;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Semantics: {@code contextlib.AsyncExitStack}. */
class AsyncExitStackTest extends ResourcesTest {

    /** Logs what it is told, and answers. */
    private AsyncExitStack.Exit exit(String name, boolean answer) {
        return failure -> {
            log(name + " is told " + (failure == null ? "nothing" : failure.getMessage()));
            await(sleep(CLOSING));
            return Coroutine.of(answer);
        };
    }

    @Async
    private static <T> Coroutine<T> failing(Exception failure) throws Exception {
        throw failure;
    }

    @Test
    void everything_is_undone_in_reverse_order_each_in_its_time() {
        run(() -> {
            try (AsyncExitStack stack = new AsyncExitStack()) {
                List<Door> doors = new ArrayList<>();
                for (String name : List.of("a", "b")) {
                    doors.add(await(stack.enterAsyncContext(open(name))));
                }
                stack.callback(() -> log("callback"));
                stack.pushAsyncCallback(() -> {
                    await(sleep(CLOSING));
                    log("async callback");
                    return Coroutine.done();
                });
                AutoCloseable plain = () -> log("plain is closed");
                assertThat(stack.enterContext(plain)).isSameAs(plain);
                log("body with " + doors.size());
            }
            return Coroutine.done();
        });

        assertThat(log)
                .containsExactly(
                        "0 opens a",
                        "10 a is open",
                        "10 opens b",
                        "20 b is open",
                        "20 body with 2",
                        "20 plain is closed",
                        "25 async callback",
                        "25 callback",
                        "25 closes b",
                        "30 b is closed",
                        "30 closes a",
                        "35 a is closed");
    }

    @Test
    void what_was_opened_is_closed_if_the_next_cannot_be_opened() {
        run(() -> {
            Throwable failure = requireNonNull(await(failureOf(async(() -> {
                try (AsyncExitStack stack = new AsyncExitStack()) {
                    await(stack.enterAsyncContext(open("a")));
                    await(stack.enterAsyncContext(AsyncExitStackTest.<Door>failing(new IOException("no such door"))));
                }
                return Coroutine.done();
            }))));

            assertThat(failure).isInstanceOf(IOException.class).hasMessage("no such door");
            return Coroutine.done();
        });

        assertThat(log).endsWith("10 closes a", "15 a is closed");
    }

    @Test
    void the_latest_failure_is_thrown_and_those_before_it_are_suppressed() {
        run(() -> {
            Throwable failure = requireNonNull(await(failureOf(AsyncExitStack.with(stack -> {
                stack.enterContext(new Door("stuck a"));
                stack.pushAsyncExit(exit("between", false));
                stack.enterContext(new Door("stuck b"));
                throw new IOException("body");
            }))));

            assertThat(failure).hasMessage("stuck a");
            assertThat(failure.getSuppressed()[0]).hasMessage("stuck b");
            assertThat(failure.getSuppressed()[0].getSuppressed()[0]).hasMessage("body");
            return Coroutine.done();
        });

        assertThat(log).contains("5 between is told stuck b");
    }

    @Test
    void an_exit_may_take_the_failure_away_and_the_next_are_told_of_none() {
        run(() -> {
            @Nullable
            String value = await(AsyncExitStack.<String>with(stack -> {
                stack.pushAsyncExit(exit("first", false));
                stack.pushAsyncExit(exit("second", true));
                stack.pushAsyncExit(exit("third", false));
                throw new IOException("body");
            }));

            assertThat(value).isNull();
            return Coroutine.done();
        });

        assertThat(log).containsExactly("0 third is told body", "5 second is told body", "10 first is told nothing");
    }

    @Test
    void without_a_failure_the_value_of_the_body_is_given() {
        run(() -> {
            String value = await(AsyncExitStack.with(stack -> {
                stack.pushAsyncExit(exit("exit", true));
                return Coroutine.of("value");
            }));
            assertThat(value).isEqualTo("value");
            return Coroutine.done();
        });

        assertThat(log).containsExactly("0 exit is told nothing");
    }

    @Test
    void pop_all_hands_everything_to_another_stack() {
        run(() -> {
            AsyncExitStack kept;
            try (AsyncExitStack stack = new AsyncExitStack()) {
                stack.callback(() -> log("callback"));
                kept = stack.popAll();
            }
            log("left");
            await(kept.closeAsync());
            await(kept.closeAsync());
            return Coroutine.done();
        });

        assertThat(log).containsExactly("0 left", "0 callback");
    }

    @Test
    void cancelled_while_it_closes_the_rest_is_closed_all_the_same() {
        run(() -> {
            Task<Void> task = createTask(async(() -> {
                try (AsyncExitStack stack = new AsyncExitStack()) {
                    stack.enterContext(new Door("a"));
                    stack.enterContext(new Door("b"));
                }
                return Coroutine.done();
            }));
            await(sleep(Duration.ofMillis(3)));
            task.cancel();
            assertThat(await(failureOf(task))).isInstanceOf(CancelledError.class);
            return Coroutine.done();
        });

        assertThat(log).containsExactly("0 closes b", "3 b is left ajar", "3 closes a", "8 a is closed");
    }

    @Test
    void ten_thousand_exits_take_no_java_stack() {
        run(() -> {
            int[] undone = {0};
            try (AsyncExitStack stack = new AsyncExitStack()) {
                for (int i = 0; i < 10_000; i++) {
                    stack.pushAsyncCallback(() -> {
                        undone[0]++;
                        return Coroutine.done();
                    });
                }
            }
            assertThat(undone[0]).isEqualTo(10_000);
            return Coroutine.done();
        });
    }
}
