package io.github.jasyncio.stages;

import static io.github.jasyncio.Asyncio.allTasks;
import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.newEventLoop;
import static io.github.jasyncio.Asyncio.waitFor;
import static io.github.jasyncio.Asyncio.wrapFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncTimeoutException;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Task;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a stage does that the runtime did not write, it does to the await, and to nobody else. */
class ForeignStagesTest {

    /** How a stage is awaited. */
    enum Way {
        IN_A_TASK,
        WRAPPED,
        EAGERLY_ON_A_LOOP,
        EAGERLY_WITHOUT_A_LOOP
    }

    private final EventLoop loop = newEventLoop();
    private final List<Object> reports = new ArrayList<>();

    ForeignStagesTest() {
        loop.setExceptionHandler((l, context) -> reports.add(context));
    }

    @AfterEach
    void nothing_is_left_behind() {
        assertThat(allTasks(loop)).isEmpty();
        loop.close();
        assertThat(reports).isEmpty();
    }

    @Async
    private static <T> Coroutine<T> inTask(CompletionStage<T> stage) {
        return Coroutine.of(await(stage));
    }

    @Async
    private static <T> Coroutine<T> wrapped(CompletionStage<T> stage) {
        return Coroutine.of(await(wrapFuture(stage)));
    }

    @Async
    private static <T> CompletableFuture<T> eager(CompletionStage<T> stage) {
        return CompletableFuture.completedFuture(await(stage));
    }

    @Async
    private static <T> Coroutine<T> eagerly(CompletionStage<T> stage) {
        return Coroutine.of(await(eager(stage)));
    }

    private <T> T awaited(Way way, CompletionStage<T> stage) throws Exception {
        return switch (way) {
            case IN_A_TASK -> loop.runUntilComplete(inTask(stage));
            case WRAPPED -> loop.runUntilComplete(wrapped(stage));
            case EAGERLY_ON_A_LOOP -> loop.runUntilComplete(eagerly(stage));
            case EAGERLY_WITHOUT_A_LOOP -> outcome(eager(stage));
        };
    }

    /** Not get() with a failure: the JDK's asks that for its cause. */
    private static <T> T outcome(CompletableFuture<T> call) throws Exception {
        Optional<Throwable> failure =
                call.handle((value, thrown) -> Optional.ofNullable(thrown)).get(1, TimeUnit.MINUTES);
        if (failure.isPresent()) {
            throw ForeignStagesTest.<RuntimeException>sneaky(failure.get());
        }
        return call.join();
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> E sneaky(Throwable failure) throws E {
        throw (E) failure;
    }

    /** A stage that is no CompletableFuture, and does what it likes. */
    @SuppressWarnings("unchecked")
    private static <T> CompletionStage<T> stage(InvocationHandler behaviour) {
        return (CompletionStage<T>) Proxy.newProxyInstance(
                ForeignStagesTest.class.getClassLoader(), new Class<?>[] {CompletionStage.class}, behaviour);
    }

    @SuppressWarnings("unchecked")
    private static BiConsumer<Object, @Nullable Throwable> callback(Object[] arguments) {
        return (BiConsumer<Object, @Nullable Throwable>) arguments[0];
    }

    @ParameterizedTest
    @EnumSource
    void minimal_stages_of_the_jdk_are_awaited(Way way) throws Exception {
        IOException failure = new IOException("f");
        CompletableFuture<Integer> later = CompletableFuture.supplyAsync(() -> 3);

        assertThat(awaited(way, CompletableFuture.completedStage(42))).isEqualTo(42);
        assertThat(awaited(way, CompletableFuture.completedFuture(2).minimalCompletionStage()))
                .isEqualTo(2);
        assertThat(awaited(way, later.minimalCompletionStage())).isEqualTo(3);
        assertThatThrownBy(() -> awaited(way, CompletableFuture.failedStage(failure)))
                .isSameAs(failure);
    }

    @ParameterizedTest
    @EnumSource
    void a_stage_all_of_whose_methods_throw_fails_the_await(Way way) {
        IllegalStateException failure = new IllegalStateException("no method works");

        assertThatThrownBy(() -> awaited(way, stage((proxy, method, arguments) -> {
                    throw failure;
                })))
                .isSameAs(failure);
    }

    @ParameterizedTest
    @EnumSource
    void a_stage_that_throws_errors_fails_the_await(Way way) {
        StackOverflowError failure = new StackOverflowError();

        assertThatThrownBy(() -> awaited(way, stage((proxy, method, arguments) -> {
                    throw failure;
                })))
                .isSameAs(failure);
    }

    @ParameterizedTest
    @EnumSource
    void the_first_outcome_counts(Way way) throws Exception {
        CompletionStage<Integer> twice = stage((proxy, method, arguments) -> {
            callback(arguments).accept(1, null);
            callback(arguments).accept(2, null);
            callback(arguments).accept(null, new IOException("third"));
            return proxy;
        });

        assertThat(awaited(way, twice)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void it_may_complete_on_another_thread_before_when_complete_returns(Way way) throws Exception {
        CompletionStage<Integer> quick = stage((proxy, method, arguments) -> {
            Thread thread = new Thread(() -> callback(arguments).accept(7, null));
            thread.start();
            thread.join();
            return proxy;
        });

        assertThat(awaited(way, quick)).isEqualTo(7);
    }

    @ParameterizedTest
    @EnumSource
    void it_may_complete_and_then_throw(Way way) {
        IllegalStateException failure = new IllegalStateException("after all");
        CompletionStage<Integer> both = stage((proxy, method, arguments) -> {
            callback(arguments).accept(7, null);
            throw failure;
        });

        try {
            assertThat(awaited(way, both)).isEqualTo(7);
        } catch (Throwable t) {
            assertThat(t).isSameAs(failure);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_it_gives_along_with_a_failure_is_dropped(Way way) {
        IOException failure = new IOException("f");
        CompletionStage<Integer> both = stage((proxy, method, arguments) -> {
            callback(arguments).accept(7, new CompletionException(failure));
            return null;
        });

        assertThatThrownBy(() -> awaited(way, both)).isSameAs(failure);
    }

    /** Its own cause. */
    private static final class Circle extends CompletionException {

        private static final long serialVersionUID = 1L;

        Circle() {
            super("circle");
        }

        @Override
        public synchronized Throwable getCause() {
            return this;
        }
    }

    /** Does not tell its cause. */
    private static final class Broken extends CompletionException {

        private static final long serialVersionUID = 1L;

        Broken() {
            super("broken");
        }

        @Override
        public synchronized Throwable getCause() {
            throw new UnsupportedOperationException("no cause");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_failure_with_a_strange_cause_arrives_as_it_is(Way way) {
        for (CompletionException failure : List.of(new Circle(), new Broken())) {
            CompletionStage<Integer> fails = stage((proxy, method, arguments) -> {
                callback(arguments).accept(null, failure);
                return proxy;
            });

            assertThatThrownBy(() -> awaited(way, fails)).isSameAs(failure);
        }
    }

    /** Overrides what awaiting might rely on. */
    private static final class Own extends CompletableFuture<Integer> {

        private final String broken;

        Own(String broken) {
            this.broken = broken;
        }

        private void check(String operation) {
            if (operation.equals(broken)) {
                throw new IllegalStateException("no " + operation);
            }
        }

        @Override
        public boolean isDone() {
            check("isDone");
            return super.isDone();
        }

        @Override
        public Integer getNow(Integer absent) {
            check("getNow");
            return super.getNow(absent);
        }

        @Override
        public Integer join() {
            check("join");
            return super.join();
        }

        @Override
        public CompletableFuture<Integer> whenComplete(BiConsumer<? super Integer, ? super Throwable> action) {
            check("whenComplete");
            return super.whenComplete(action);
        }

        @Override
        public <U> CompletableFuture<U> newIncompleteFuture() {
            check("newIncompleteFuture");
            return new CompletableFuture<>();
        }

        @Override
        public CompletableFuture<Integer> toCompletableFuture() {
            check("toCompletableFuture");
            return this;
        }

        @Override
        public <U> CompletableFuture<U> handle(
                java.util.function.BiFunction<? super Integer, Throwable, ? extends U> function) {
            check("handle");
            return super.handle(function);
        }

        @Override
        public <U> CompletableFuture<U> thenApply(Function<? super Integer, ? extends U> function) {
            check("thenApply");
            return super.thenApply(function);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_subclass_of_completable_future_may_override_anything(Way way) throws Exception {
        for (String broken : List.of(
                "isDone",
                "getNow",
                "join",
                "whenComplete",
                "newIncompleteFuture",
                "toCompletableFuture",
                "handle",
                "thenApply")) {
            Own done = new Own(broken);
            done.complete(5);
            Own later = new Own(broken);
            Thread thread = new Thread(() -> later.complete(5));
            thread.start();

            for (Own stage : List.of(done, later)) {
                try {
                    assertThat(awaited(way, stage)).isEqualTo(5);
                } catch (IllegalStateException e) {
                    assertThat(e).hasMessage("no " + broken);
                }
            }
            thread.join();
        }
    }

    @Test
    void a_stage_that_never_completes_can_be_left() {
        CompletionStage<Integer> never = stage((proxy, method, arguments) -> {
            if (method.getName().equals("toCompletableFuture")) {
                throw new UnsupportedOperationException();
            }
            return proxy;
        });

        assertThatThrownBy(() -> loop.runUntilComplete(waitFor(inTask(never), Duration.ofMillis(1))))
                .isInstanceOf(AsyncTimeoutException.class);
    }

    @Test
    void cancelling_one_that_cannot_be_cancelled_is_told_and_stops_nothing() {
        IllegalStateException failure = new IllegalStateException("not now");
        CompletionStage<Integer> never = stage((proxy, method, arguments) -> {
            if (method.getName().equals("toCompletableFuture")) {
                throw failure;
            }
            return proxy;
        });
        Task<Integer> task = loop.createTask(inTask(never));
        loop.callLater(Duration.ofMillis(1), task::cancel);

        assertThatThrownBy(() -> loop.runUntilComplete(task)).isInstanceOf(CancelledError.class);
        loop.runUntilComplete(Coroutine.done());

        assertThat(reports).singleElement().asString().contains("not now");
        reports.clear();
    }

    @Test
    void a_stage_that_never_completes_keeps_nothing_of_those_who_have_left_it() {
        CompletableFuture<Integer> never = new CompletableFuture<>();
        List<WeakReference<?>> left = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            left.addAll(awaitsAndLeaves(never.minimalCompletionStage()));
        }

        while (left.stream().anyMatch(reference -> reference.get() != null)) {
            System.gc();
            Thread.onSpinWait();
        }

        assertThat(never).isNotDone();
    }

    private static List<WeakReference<?>> awaitsAndLeaves(CompletionStage<Integer> never) {
        EventLoop own = newEventLoop();
        Object mine = new Object();
        assertThatThrownBy(() -> own.runUntilComplete(waitFor(holds(mine, never), Duration.ofMillis(1))))
                .isInstanceOf(AsyncTimeoutException.class);
        own.close();
        return List.of(new WeakReference<>(mine), new WeakReference<>(own));
    }

    @Async
    private static Coroutine<Integer> holds(Object mine, CompletionStage<Integer> stage) {
        int value = await(stage);
        return Coroutine.of(value + mine.hashCode());
    }
}
