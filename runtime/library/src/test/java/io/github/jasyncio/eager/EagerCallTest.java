package io.github.jasyncio.eager;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.run;
import static io.github.jasyncio.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Task;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class EagerCallTest {

    private final List<String> trace = new ArrayList<>();

    @Async
    private CompletableFuture<String> greet(CompletionStage<String> name) {
        trace.add("begins on " + threadName());
        String it = await(name);
        trace.add("goes on on " + threadName());
        return CompletableFuture.completedFuture("hello " + it);
    }

    private static String threadName() {
        return Thread.currentThread().getName();
    }

    @Test
    void the_body_runs_at_once_in_the_callers_thread_up_to_its_first_suspension() {
        CompletableFuture<String> name = new CompletableFuture<>();

        CompletableFuture<String> greeting = greet(name);

        assertThat(trace).containsExactly("begins on " + threadName());
        assertThat(greeting).isNotDone();
    }

    @Test
    void without_a_loop_it_goes_on_in_the_thread_that_completes_what_it_awaits() throws Exception {
        CompletableFuture<String> name = new CompletableFuture<>();
        CompletableFuture<String> greeting = greet(name);

        Thread completer = new Thread(() -> name.complete("you"), "completer");
        completer.start();
        completer.join();

        assertThat(greeting).isCompletedWithValue("hello you");
        assertThat(trace).containsExactly("begins on " + threadName(), "goes on on completer");
    }

    @Test
    void what_is_complete_already_does_not_suspend() {
        assertThat(greet(CompletableFuture.completedFuture("you"))).isCompletedWithValue("hello you");
    }

    @Async
    private static CompletionStage<Integer> fails(CompletionStage<Integer> number) throws IOException {
        int n = await(number);
        if (n > 0) {
            throw new IOException("number " + n);
        }
        return CompletableFuture.completedFuture(n);
    }

    @Test
    void a_failure_arrives_as_it_was_thrown_whether_it_suspended_or_not() throws IOException {
        CompletableFuture<Integer> number = new CompletableFuture<>();
        CompletionStage<Integer> early = fails(CompletableFuture.completedFuture(1));
        CompletionStage<Integer> late = fails(number);

        number.complete(2);

        assertThatThrownBy(() -> early.toCompletableFuture().join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(IOException.class)
                .hasMessage("number 1");
        assertThatThrownBy(() -> late.toCompletableFuture().join())
                .cause()
                .isInstanceOf(IOException.class)
                .hasMessage("number 2");
    }

    @Async
    private static CompletableFuture<Integer> recovers(CompletionStage<Integer> number) {
        try {
            return CompletableFuture.completedFuture(await(number));
        } catch (IllegalStateException e) {
            return CompletableFuture.completedFuture(-1);
        }
    }

    @Test
    void the_failure_of_a_stage_is_caught_at_the_await_unwrapped() {
        CompletableFuture<Integer> number = new CompletableFuture<>();
        CompletableFuture<Integer> recovered = recovers(number.thenApply(n -> n));

        number.completeExceptionally(new IllegalStateException());

        assertThat(recovered).isCompletedWithValue(-1);
    }

    @Async
    private static CompletableFuture<Integer> passesOn(CompletableFuture<Integer> number, CompletionStage<?> first) {
        await(first);
        return number;
    }

    @Test
    void a_returned_future_is_awaited_in_tail_position() {
        CompletableFuture<Integer> number = new CompletableFuture<>();
        CompletableFuture<Void> first = new CompletableFuture<>();
        CompletableFuture<Integer> passed = passesOn(number, first);

        first.complete(null);
        assertThat(passed).isNotDone();
        number.complete(5);

        assertThat(passed).isCompletedWithValue(5);
    }

    @Async
    @SuppressWarnings("NullAway") // what people do by mistake
    private static CompletableFuture<Integer> returnsNull() {
        return Map.<String, CompletableFuture<Integer>>of().get("none"); // as a literal it would be refused
    }

    @Test
    void returning_null_fails_the_future_with_a_message() {
        assertThatThrownBy(() -> returnsNull().join())
                .cause()
                .isInstanceOf(NullPointerException.class)
                .hasMessageStartingWith("null cannot be awaited");
    }

    @Async
    private CompletableFuture<String> cleansUp(CompletionStage<String> forever) {
        try {
            return CompletableFuture.completedFuture(await(forever));
        } catch (CancelledError e) {
            trace.add("cancelled");
            throw e;
        } finally {
            trace.add("cleaned up");
        }
    }

    @Test
    void cancelling_the_returned_future_throws_at_the_await_and_cancels_what_is_awaited() {
        CompletableFuture<String> forever = new CompletableFuture<>();
        CompletableFuture<String> call = cleansUp(forever);

        boolean cancelled = call.cancel(true);

        assertThat(cancelled).isTrue();
        assertThat(call).isCancelled();
        assertThat(forever).isCancelled();
        assertThat(trace).containsExactly("cancelled", "cleaned up");
        assertThat(call.cancel(true)).isTrue();
    }

    @Async
    private CompletableFuture<String> cancelsItself(
            CompletableFuture<String> first, CompletableFuture<CompletableFuture<String>> self) {
        await(first);
        trace.add("asked: " + self.getNow(first).cancel(true));
        await(new CompletableFuture<>());
        return CompletableFuture.completedFuture("never");
    }

    @Test
    void cancelling_while_the_body_runs_throws_at_the_next_await() {
        CompletableFuture<String> first = new CompletableFuture<>();
        CompletableFuture<CompletableFuture<String>> self = new CompletableFuture<>();
        CompletableFuture<String> call = cancelsItself(first, self);
        self.complete(call);

        first.complete(null);

        assertThat(trace).containsExactly("asked: false");
        assertThat(call).isCancelled();
    }

    @Async
    private CompletableFuture<String> onTheLoop(CompletionStage<String> name) {
        trace.add("begins on " + EventLoop.running());
        String it = await(name);
        trace.add("goes on on " + EventLoop.running());
        await(sleep(Duration.ofMillis(1)));
        Task<String> task = createTask(shout(it));
        return CompletableFuture.completedFuture(await(task));
    }

    @Async
    private static Coroutine<String> shout(String what) {
        await(sleep(Duration.ZERO));
        return Coroutine.of(what + "!");
    }

    @Async
    private Coroutine<String> callsEager() {
        CompletableFuture<String> name = new CompletableFuture<>();
        CompletableFuture<String> call = onTheLoop(name);
        Thread completer = new Thread(() -> name.complete("you"), "completer");
        completer.start();
        return Coroutine.of(await(call));
    }

    @Test
    void with_a_loop_it_goes_on_upon_that_loop_and_awaits_coroutines_and_tasks() {
        String result = run(callsEager());

        assertThat(result).isEqualTo("you!");
        assertThat(trace).hasSize(2).allMatch(line -> line.contains("running=True") || line.contains("running=true"));
    }

    @Async
    private static CompletableFuture<Integer> sum(List<CompletableFuture<Integer>> numbers) {
        int sum = 0;
        for (CompletableFuture<Integer> number : numbers) {
            sum += await(number);
        }
        return CompletableFuture.completedFuture(sum);
    }

    /** The awaited stages complete on other threads at any moment, also between the check and the registration. */
    @Test
    void no_resume_is_lost_or_doubled_when_many_threads_complete_what_many_calls_await() throws Exception {
        int threads = 8;
        int rounds = 2_000;
        int stages = 5;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            AtomicInteger completed = new AtomicInteger();
            CountDownLatch all = new CountDownLatch(rounds);
            for (int round = 0; round < rounds; round++) {
                List<CompletableFuture<Integer>> numbers = new ArrayList<>();
                for (int i = 0; i < stages; i++) {
                    CompletableFuture<Integer> number = new CompletableFuture<>();
                    numbers.add(number);
                    int value = i;
                    pool.execute(() -> number.complete(value));
                }
                CompletableFuture<Void> noted = sum(numbers).handle((value, failure) -> {
                    if (failure == null && value == 10) {
                        completed.incrementAndGet();
                    }
                    all.countDown();
                    return null;
                });
                assertThat(noted).isNotNull();
            }

            assertThat(all.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(completed).hasValue(rounds);
        } finally {
            pool.shutdownNow();
        }
    }

    /** Cancellation against completion: whoever comes first wins, and the call always ends. */
    @Test
    void a_race_between_cancel_and_completion_always_ends_the_call() throws Exception {
        int rounds = 2_000;
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < rounds; round++) {
                CompletableFuture<String> name = new CompletableFuture<>();
                CompletableFuture<String> call = recoversName(name);
                Future<?> one = pool.submit(() -> name.complete("you"));
                Future<?> other = pool.submit(() -> call.cancel(true));
                one.get(60, TimeUnit.SECONDS);
                other.get(60, TimeUnit.SECONDS);

                assertThat(call).isDone();
                if (!call.isCancelled()) {
                    assertThat(call).isCompletedWithValue("you");
                }
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Async
    private static CompletableFuture<String> recoversName(CompletionStage<String> name) {
        return CompletableFuture.completedFuture(await(name));
    }

    @Test
    void a_lambda_that_awaits_and_returns_a_future_is_of_the_eager_kind() {
        CompletableFuture<Integer> number = new CompletableFuture<>();
        Function<Integer, CompletableFuture<Integer>> add = n -> CompletableFuture.completedFuture(await(number) + n);

        CompletableFuture<Integer> sum = add.apply(2);
        number.complete(3);

        assertThat(sum).isCompletedWithValue(5);
    }
}
