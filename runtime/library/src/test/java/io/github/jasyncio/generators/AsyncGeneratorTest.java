package io.github.jasyncio.generators;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.currentTask;
import static io.github.jasyncio.Asyncio.emit;
import static io.github.jasyncio.Asyncio.sleep;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncCloseable;
import io.github.jasyncio.AsyncGenerator;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.ContextVar;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.GeneratorExit;
import io.github.jasyncio.StopAsyncIteration;
import io.github.jasyncio.Task;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Semantics: async generators, as {@code Objects/genobject.c} and {@code test_asyncgen} have them. */
class AsyncGeneratorTest extends GeneratorTest {

    @Test
    void calling_runs_nothing_and_each_value_is_made_when_it_is_asked_for() {
        run(() -> {
            AsyncGenerator<Integer> g = numbers(2);
            await(turn());
            assertThat(log).isEmpty();

            assertThat(await(g.hasNext())).isTrue();
            assertThat(await(g.hasNext())).isTrue();
            assertThat(log).containsExactly("begins");
            assertThat(await(g.next())).isEqualTo(0);
            assertThat(await(g.next())).isEqualTo(1);
            assertThat(log).containsExactly("begins");
            assertThat(await(g.hasNext())).isFalse();
            assertThat(log).containsExactly("begins", "finally", "cleaned up");
            return Coroutine.done();
        });
    }

    @Test
    void beyond_the_end_next_fails_and_has_next_is_false_for_ever() {
        run(() -> {
            AsyncGenerator<Integer> g = numbers(0);
            Throwable end = requireNonNull(await(failureOf(g.next())));
            assertThat(end)
                    .isInstanceOf(StopAsyncIteration.class)
                    .isInstanceOf(NoSuchElementException.class)
                    .hasMessage("the async generator has ended; ask hasNext() before");
            assertThat(await(g.hasNext())).isFalse();
            assertThat(await(failureOf(g.next()))).isInstanceOf(StopAsyncIteration.class);
            assertThat(await(failureOf(g.send(null)))).isInstanceOf(StopAsyncIteration.class);
            assertThat(await(failureOf(g.send("x")))).isInstanceOf(StopAsyncIteration.class);
            assertThat(await(g.throwInto(new IOException()))).isNull();
            assertThat(await(failureOf(g.close()))).isNull();
            assertThat(g).hasToString("<async generator ended>");
            return Coroutine.done();
        });
    }

    @Test
    void done_is_a_generator_of_nothing() {
        run(() -> {
            assertThat(await(AsyncGenerator.<String>done().toList())).isEmpty();
            assertThat(await(AsyncGenerator.done().hasNext())).isFalse();
            return Coroutine.done();
        });
    }

    @Async
    private AsyncGenerator<@Nullable String> nulls() {
        @Nullable String nothing = null;
        emit(nothing);
        emit(nothing);
        return AsyncGenerator.done();
    }

    @Test
    void null_is_a_value_like_others() {
        run(() -> {
            AsyncGenerator<@Nullable String> g = nulls();
            assertThat(await(g.hasNext())).isTrue();
            assertThat(await(g.next())).isNull();
            assertThat(await(g.next())).isNull();
            assertThat(await(g.hasNext())).isFalse();
            return Coroutine.done();
        });
    }

    @Test
    void the_body_runs_in_the_task_and_context_of_whoever_asks() {
        ContextVar<String> variable = new ContextVar<>("variable", "default");
        AsyncGenerator<String> g = asksWho(variable);
        run(() -> {
            List<String> got = new ArrayList<>();
            for (String name : List.of("a", "b")) {
                await(createTask(asks(variable, name, g, got), name));
            }
            assertThat(got).containsExactly("a in a", "b in b");
            return Coroutine.done();
        });
    }

    @Async
    private Coroutine<Void> asks(ContextVar<String> variable, String name, AsyncGenerator<String> g, List<String> got) {
        variable.set(name);
        got.add(await(g.next()));
        return Coroutine.done();
    }

    @Async
    private AsyncGenerator<String> asksWho(ContextVar<String> variable) {
        while (true) {
            await(turn());
            Task<?> task = requireNonNull(currentTask());
            emit(task.getName() + " in " + variable.get());
        }
    }

    @Test
    void an_await_in_the_body_suspends_the_task_that_asks_and_no_other() {
        run(() -> {
            AsyncGenerator<Integer> g = numbers(1);
            Task<Integer> asking = createTask(g.next());
            await(turn());
            assertThat(asking.isDone()).isFalse();
            assertThat(asking.getStack())
                    .anyMatch(place -> place.getMethodName().equals("numbers"));
            assertThat(await(asking)).isEqualTo(0);
            await(g.close());
            return Coroutine.done();
        });
    }

    // ------------------------------------------------------------------------------------------------ one at a time

    @Async
    private AsyncGenerator<Integer> slow() {
        await(sleep(Duration.ofMillis(10)));
        emit(1);
        return AsyncGenerator.done();
    }

    @Test
    void only_one_may_ask_at_a_time() {
        run(() -> {
            AsyncGenerator<Integer> g = slow();
            Task<Integer> first = createTask(g.next());
            await(turn());
            String running = "(): asynchronous generator is already running: " + g
                    + "; await one of its coroutines before you begin the next";
            assertThat(g.toString())
                    .matches(
                            "<async generator running .*AsyncGeneratorTest\\.slow\\(AsyncGeneratorTest\\.java:\\d+\\)>");

            assertThat(await(failureOf(g.next())))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("next" + running);
            assertThat(await(failureOf(g.hasNext()))).hasMessage("hasNext" + running);
            assertThat(await(failureOf(g.send(null)))).hasMessage("send" + running);
            assertThat(await(failureOf(g.throwInto(new IOException())))).hasMessage("throwInto" + running);
            assertThat(await(failureOf(g.close()))).hasMessage("close" + running);
            assertThat(await(first)).isEqualTo(1);
            assertThat(await(g.hasNext())).isFalse();
            return Coroutine.done();
        });
    }

    private @Nullable AsyncGenerator<Integer> itself;

    @Async
    private AsyncGenerator<Integer> asksItself() {
        emit(await(requireNonNull(itself).next()));
        return AsyncGenerator.done();
    }

    @Test
    void nor_may_the_body_itself() {
        run(() -> {
            AsyncGenerator<Integer> g = asksItself();
            itself = g;
            assertThat(await(failureOf(g.next())))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("next(): asynchronous generator is already running: ");
            assertThat(await(g.hasNext())).isFalse();
            return Coroutine.done();
        });
    }

    @Test
    void a_coroutine_of_it_is_used_up_when_it_has_been_awaited() {
        run(() -> {
            AsyncGenerator<Integer> g = numbers(2);
            Coroutine<Integer> next = g.next();
            assertThat(await(next)).isEqualTo(0);
            assertThat(await(failureOf(next)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("cannot reuse already awaited coroutine: ");
            Coroutine<Void> close = g.close();
            await(close);
            assertThat(await(failureOf(close))).isInstanceOf(IllegalStateException.class);
            return Coroutine.done();
        });
    }

    // ------------------------------------------------------------------------------------------------ failures

    @Async
    private AsyncGenerator<Integer> fails(Exception failure) throws Exception {
        emit(1);
        await(turn());
        throw failure;
    }

    @Test
    void its_failure_arrives_as_it_was_thrown_and_ends_it() {
        run(() -> {
            IOException failure = new IOException("of the generator");
            AsyncGenerator<Integer> g = fails(failure);
            assertThat(await(g.next())).isEqualTo(1);
            assertThat(await(failureOf(g.hasNext()))).isSameAs(failure);
            assertThat(await(g.hasNext())).isFalse();
            return Coroutine.done();
        });
    }

    /** PEP 479: the end of another generator, not caught, would be taken for its own. */
    @Async
    private AsyncGenerator<Integer> goesTooFar() {
        AsyncGenerator<Integer> other = numbers(1);
        while (true) {
            emit(await(other.next()));
        }
    }

    @Test
    void the_end_of_another_generator_is_a_mistake_and_not_its_own_end() {
        run(() -> {
            AsyncGenerator<Integer> g = goesTooFar();
            assertThat(await(g.next())).isEqualTo(0);
            assertThat(await(failureOf(g.next())))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("async generator raised StopAsyncIteration")
                    .hasCauseInstanceOf(StopAsyncIteration.class);
            assertThat(await(failureOf(g.next()))).isInstanceOf(StopAsyncIteration.class);
            return Coroutine.done();
        });
    }

    @Test
    void what_is_thrown_into_it_is_caught_or_ends_it() {
        run(() -> {
            AsyncGenerator<Integer> g = recovers();
            assertThat(await(g.next())).isEqualTo(0);
            assertThat(await(g.throwInto(new IllegalArgumentException("in")))).isEqualTo(1);
            assertThat(log).containsExactly("in");
            assertThat(await(g.hasNext())).isTrue(); // 2 is kept, and dropped now
            assertThat(await(g.throwInto(new IllegalArgumentException("again"))))
                    .isEqualTo(3);
            Error error = new Error("not caught");
            assertThat(await(failureOf(g.throwInto(error)))).isSameAs(error);
            assertThat(await(g.hasNext())).isFalse();
            return Coroutine.done();
        });
    }

    @Async
    private AsyncGenerator<Integer> recovers() {
        int n = 0;
        while (true) {
            try {
                emit(n++);
            } catch (IllegalArgumentException e) {
                log.add(requireNonNull(e.getMessage()));
                await(turn());
            }
        }
    }

    @Test
    void thrown_into_before_it_begins_it_never_does() {
        run(() -> {
            AsyncGenerator<Integer> g = numbers(3);
            IOException failure = new IOException();
            assertThat(await(failureOf(g.throwInto(failure)))).isSameAs(failure);
            assertThat(await(g.hasNext())).isFalse();
            assertThat(log).isEmpty();
            return Coroutine.done();
        });
    }

    @Async
    private AsyncGenerator<Integer> swallows() {
        try {
            emit(1);
        } catch (IllegalArgumentException e) {
            log.add("swallowed");
        }
        return AsyncGenerator.done();
    }

    @Test
    void if_it_ends_on_what_is_thrown_into_it_that_is_the_end() {
        run(() -> {
            AsyncGenerator<Integer> g = swallows();
            await(g.next());
            assertThat(await(failureOf(g.throwInto(new IllegalArgumentException()))))
                    .isInstanceOf(StopAsyncIteration.class);
            return Coroutine.done();
        });
    }

    @Test
    void sending_and_throwing_drop_what_has_next_kept() {
        run(() -> {
            AsyncGenerator<Integer> g = numbers(4);
            assertThat(await(g.hasNext())).isTrue();
            assertThat(await(g.send("whatever"))).isEqualTo(1);
            assertThat(await(g.next())).isEqualTo(2);
            assertThat(await(g.hasNext())).isTrue();
            assertThat(await(failureOf(g.throwInto(new IOException("thrown in")))))
                    .isInstanceOf(IOException.class);
            assertThat(await(g.hasNext())).isFalse();
            return Coroutine.done();
        });
    }

    @Test
    void a_value_cannot_be_sent_before_it_begins() {
        run(() -> {
            AsyncGenerator<Integer> g = numbers(1);
            String text = g.toString();
            assertThat(await(failureOf(g.send("x"))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("can't send non-null value to a just-started async generator: " + text
                            + " stands at no emit that could give x; send(null) first, or next()");
            assertThat(await(g.send(null))).isEqualTo(0);
            await(g.close());
            return Coroutine.done();
        });
    }

    // ------------------------------------------------------------------------------------------------ closing

    @Test
    void closing_runs_finally_blocks_which_may_await_and_drops_what_was_kept() {
        run(() -> {
            AsyncGenerator<Integer> g = numbers(3);
            await(g.hasNext());
            await(g.close());
            assertThat(log).containsExactly("begins", "finally", "cleaned up");
            assertThat(await(g.hasNext())).isFalse();
            assertThat(await(failureOf(g.next()))).isInstanceOf(StopAsyncIteration.class);
            return Coroutine.done();
        });
    }

    @Async
    private AsyncGenerator<Integer> ignores() {
        for (int i = 0; i < 3; i++) {
            try {
                emit(i);
            } catch (GeneratorExit e) {
                log.add("ignored");
            }
        }
        return AsyncGenerator.done();
    }

    @Test
    void one_that_emits_when_it_is_closed_is_told_so() {
        run(() -> {
            AsyncGenerator<Integer> g = ignores();
            assertThat(await(g.next())).isEqualTo(0);
            Throwable failure = requireNonNull(await(failureOf(g.close())));
            assertThat(failure)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "async generator ignored GeneratorExit: " + g
                                    + " emitted once more when it was closed; emit nothing in finally blocks, and throw a caught GeneratorExit on");
            // As in CPython: it goes on, but cannot be closed any more.
            assertThat(await(failureOf(g.close()))).isInstanceOf(StopAsyncIteration.class);
            assertThat(await(failureOf(g.throwInto(new IOException())))).isInstanceOf(StopAsyncIteration.class);
            assertThat(await(g.next())).isEqualTo(2);
            assertThat(await(g.hasNext())).isFalse();
            assertThat(await(failureOf(g.close()))).isNull();
            return Coroutine.done();
        });
    }

    @Async
    private AsyncGenerator<Integer> failsToClose() {
        try {
            emit(1);
        } finally {
            await(turn());
            fail("closing");
        }
        return AsyncGenerator.done();
    }

    private static void fail(String message) {
        throw new IllegalArgumentException(message);
    }

    @Test
    void what_fails_in_closing_is_thrown_and_the_generator_has_ended() {
        run(() -> {
            AsyncGenerator<Integer> g = failsToClose();
            await(g.next());
            assertThat(await(failureOf(g.close())))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("closing");
            assertThat(await(failureOf(g.close()))).isNull();
            return Coroutine.done();
        });
    }

    @Test
    void cancelled_while_it_is_closed_it_has_ended() {
        run(() -> {
            AsyncGenerator<Integer> g = numbers(2);
            await(g.next());
            Task<Void> closing = createTask(g.close());
            await(turn());
            closing.cancel();
            assertThat(await(failureOf(closing))).isInstanceOf(CancelledError.class);
            assertThat(log).containsExactly("begins", "finally");
            assertThat(await(g.hasNext())).isFalse();
            return Coroutine.done();
        });
    }

    private final class Resource implements AsyncCloseable {

        private final String name;

        Resource(String name) {
            this.name = name;
        }

        @Async
        @Override
        public Coroutine<Void> closeAsync() {
            log.add("closes " + name);
            await(sleep(Duration.ofMillis(1)));
            log.add(name + " is closed");
            return Coroutine.done();
        }
    }

    @Async
    private AsyncGenerator<String> ofResources() {
        try (Resource a = new Resource("a");
                Resource b = new Resource("b")) {
            emit(a.name);
            emit(b.name);
        }
        emit("behind");
        return AsyncGenerator.done();
    }

    @Test
    void resources_of_its_body_are_closed_with_it_however_it_ends() {
        List<Object> closed = List.of("closes b", "b is closed", "closes a", "a is closed");
        run(() -> {
            assertThat(await(ofResources().toList())).containsExactly("a", "b", "behind");
            assertThat(log).isEqualTo(closed);
            log.clear();

            AsyncGenerator<String> left = ofResources();
            await(left.next());
            await(left.close());
            assertThat(log).isEqualTo(closed);
            log.clear();

            AsyncGenerator<String> broken = ofResources();
            await(broken.next());
            IOException failure = new IOException("thrown in");
            assertThat(await(failureOf(broken.throwInto(failure)))).isSameAs(failure);
            assertThat(log).isEqualTo(closed);
            log.clear();

            AsyncGenerator<String> cancelled = ofResources();
            await(cancelled.next());
            Task<Void> closing = createTask(cancelled.close());
            await(turn());
            closing.cancel();
            Throwable thrown = requireNonNull(await(failureOf(closing)));
            assertThat(thrown).isInstanceOf(CancelledError.class);
            assertThat(log).containsExactly("closes b", "closes a", "a is closed");
            assertThat(await(cancelled.hasNext())).isFalse();
            return Coroutine.done();
        });
    }

    @Async
    private AsyncGenerator<Integer> ofUncloseable(String first, String second) {
        try (AsyncCloseable a = () -> failing(first);
                AsyncCloseable b = () -> failing(second)) {
            log.add(a != b);
            emit(1);
        }
        return AsyncGenerator.done();
    }

    @Async
    private static Coroutine<Void> failing(String message) {
        await(turn());
        throw new IllegalArgumentException(message);
    }

    /** In Python what closing fails with replaces the exit; in Java the exit suppresses it, and nobody sees the exit. */
    @Test
    void closing_fails_with_what_its_resources_fail_with() {
        run(() -> {
            AsyncGenerator<Integer> g = ofUncloseable("a", "b");
            await(g.next());
            Throwable thrown = requireNonNull(await(failureOf(g.close())));
            assertThat(thrown).isInstanceOf(IllegalArgumentException.class).hasMessage("b");
            assertThat(thrown.getSuppressed()).extracting(Throwable::getMessage).containsExactly("a");
            return Coroutine.done();
        });
    }

    @Test
    void a_caught_exception_is_not_the_exit() {
        run(() -> {
            AsyncGenerator<Integer> g = catchesExceptions();
            await(g.next());
            await(g.close());
            assertThat(log).isEmpty();
            return Coroutine.done();
        });
    }

    @Async
    private AsyncGenerator<Integer> catchesExceptions() {
        try {
            emit(1);
        } catch (Exception e) {
            log.add("swallowed");
        }
        return AsyncGenerator.done();
    }

    // ------------------------------------------------------------------------------------------------ shapes

    @Test
    void a_lambda_that_emits_is_a_generator() {
        run(() -> {
            int[] calls = {0};
            Supplier<AsyncGenerator<String>> lambda = () -> {
                calls[0]++;
                for (String s : List.of("a", "b")) {
                    emit(s + calls[0]);
                }
                return AsyncGenerator.done();
            };
            AsyncGenerator<String> g = lambda.get();
            assertThat(calls).containsExactly(0);
            assertThat(await(g.toList())).containsExactly("a1", "b1");
            return Coroutine.done();
        });
    }

    @Async
    private AsyncGenerator<Integer> returnsSomethingElse(boolean isRight) {
        AsyncGenerator<Integer> end = isRight ? AsyncGenerator.done() : numbers(1);
        emit(1);
        return end;
    }

    @Test
    void what_it_returns_must_be_the_end() {
        run(() -> {
            assertThat(await(returnsSomethingElse(true).toList())).containsExactly(1);
            AsyncGenerator<Integer> wrong = returnsSomethingElse(false);
            assertThat(await(wrong.next())).isEqualTo(1);
            assertThat(String.valueOf(requireNonNull(await(failureOf(wrong.next())))
                                    .getMessage())
                            .replaceFirst("java:\\d+", "java:LINE"))
                    .isEqualTo("an async generator ended by returning <async generator created"
                            + " io.github.jasyncio.generators.GeneratorTest.numbers(GeneratorTest.java:LINE)> instead of"
                            + " AsyncGenerator.done(); to hand out what another generator gives, write:"
                            + " while (await(other.hasNext())) { emit(await(other.next())); }");
            return Coroutine.done();
        });
    }

    @Async
    private AsyncGenerator<Integer> countless() {
        for (int i = 0; ; i++) {
            emit(i);
        }
    }

    @Test
    void a_million_values_take_no_java_stack() {
        run(() -> {
            AsyncGenerator<Integer> g = countless();
            int sum = 0;
            for (int i = 0; i < 1_000_000; i++) {
                sum += await(g.next()) - i;
            }
            assertThat(sum).isZero();
            await(g.close());
            return Coroutine.done();
        });
    }

    @Async
    private AsyncGenerator<Integer> layered(int depth) {
        if (depth == 0) {
            await(turn());
            emit(42);
            await(turn());
        } else {
            AsyncGenerator<Integer> inner = layered(depth - 1);
            while (await(inner.hasNext())) {
                emit(await(inner.next()));
            }
        }
        return AsyncGenerator.done();
    }

    @Test
    void generators_may_be_stacked_deep() {
        run(() -> {
            assertThat(await(layered(200).toList())).containsExactly(42);
            return Coroutine.done();
        });
    }
}
