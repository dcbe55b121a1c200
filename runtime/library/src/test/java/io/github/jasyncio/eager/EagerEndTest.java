package io.github.jasyncio.eager;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.newEventLoop;
import static io.github.jasyncio.Asyncio.run;
import static io.github.jasyncio.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.Async;
import io.github.jasyncio.Asyncio;
import io.github.jasyncio.ContextVar;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Calls of the eager kind end with their loop: what has come is heard of, everything else fails, and the bodies clean up. */
class EagerEndTest {

    private static final String CLOSED =
            "the event loop was closed before this was done: <EventLoop running=false closed=true debug=false>";

    private final List<String> trace = new ArrayList<>();

    @Async
    private CompletableFuture<Integer> waitsFor(CompletionStage<Integer> gate) {
        try {
            return CompletableFuture.completedFuture(await(gate) + 1);
        } finally {
            trace.add("cleaned up");
        }
    }

    @Async
    private CompletableFuture<Integer> waitsForFuture(Future<Integer> gate) {
        try {
            return CompletableFuture.completedFuture(await(gate) + 1);
        } finally {
            trace.add("cleaned up");
        }
    }

    private static <T> T inside(EventLoop loop, java.util.function.Supplier<T> call) {
        List<T> made = new ArrayList<>();
        loop.callSoon(() -> made.add(call.get()));
        loop.stop();
        loop.runForever();
        return made.get(0);
    }

    @Test
    void what_came_before_the_loop_was_closed_is_still_heard_of() {
        EventLoop loop = newEventLoop();
        CompletableFuture<Integer> gate = new CompletableFuture<>();
        Future<Integer> own = loop.createFuture();
        CompletableFuture<Integer> call = inside(loop, () -> waitsFor(gate));
        CompletableFuture<Integer> ofOwn = inside(loop, () -> waitsForFuture(own));
        gate.complete(1);
        own.setResult(2);

        loop.close();

        assertThat(call).isCompletedWithValue(2);
        assertThat(ofOwn).isCompletedWithValue(3);
    }

    @Test
    void whoever_still_waits_when_the_loop_is_closed_cleans_up_and_fails() {
        EventLoop loop = newEventLoop();
        CompletableFuture<Integer> gate = new CompletableFuture<>();
        CompletableFuture<Integer> call = inside(loop, () -> waitsFor(gate));

        loop.close();

        assertThatThrownBy(call::join)
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(CLOSED);
        assertThat(trace).containsExactly("cleaned up");
        gate.complete(1);
        assertThat(call.cancel(true)).isFalse();
        assertThat(trace).hasSize(1);
    }

    private static final ContextVar<String> WHO = new ContextVar<>("who", "nobody");

    @Async
    private CompletableFuture<Integer> setsAndWaits(CompletionStage<Integer> gate) {
        WHO.set("the call");
        try {
            return CompletableFuture.completedFuture(await(gate));
        } finally {
            trace.add(WHO.get());
        }
    }

    @Test
    void cleaning_up_happens_in_the_context_of_the_call() {
        EventLoop loop = newEventLoop();
        CompletableFuture<Integer> call = inside(loop, () -> setsAndWaits(new CompletableFuture<>()));

        loop.close();

        assertThat(call).isCompletedExceptionally();
        assertThat(trace).containsExactly("the call");
        assertThat(WHO.get()).isEqualTo("nobody");
    }

    @Async
    private CompletableFuture<Integer> doesNotGiveUp(EventLoop loop) {
        while (true) {
            try {
                await(loop.createFuture());
            } catch (Throwable t) {
                trace.add(t.getClass().getSimpleName());
            }
        }
    }

    @Test
    void a_body_that_does_not_give_up_is_given_up() {
        EventLoop loop = newEventLoop();
        CompletableFuture<Integer> call = inside(loop, () -> doesNotGiveUp(loop));

        loop.close();

        assertThatThrownBy(call::join).cause().hasMessage(CLOSED);
        assertThat(trace).hasSize(1);
    }

    @Async
    private CompletableFuture<Void> yields() {
        while (true) {
            await(sleep(Duration.ZERO));
        }
    }

    @Test
    void one_that_only_yields_ends_as_well() {
        EventLoop loop = newEventLoop();
        CompletableFuture<Void> call = inside(loop, this::yields);

        loop.close();

        assertThatThrownBy(call::join).cause().hasMessage(CLOSED);
    }

    @Async
    private CompletableFuture<String> sleepsLong() {
        try {
            await(sleep(Duration.ofDays(1)));
        } finally {
            trace.add("cleans up");
            await(sleep(Duration.ofMillis(1)));
            trace.add("has cleaned up");
        }
        return CompletableFuture.completedFuture("never");
    }

    @Async
    private Coroutine<CompletableFuture<String>> leavesOne() {
        return Coroutine.of(sleepsLong());
    }

    @Test
    void what_is_left_when_a_run_ends_is_cancelled_like_a_task() {
        CompletableFuture<String> call = run(leavesOne());

        assertThat(call).isCancelled();
        assertThat(trace).containsExactly("cleans up", "has cleaned up");
    }

    @Test
    void a_call_without_a_loop_hears_of_the_end_of_the_loop_whose_future_it_awaits() throws Exception {
        EventLoop loop = newEventLoop();
        Future<Integer> pending = loop.createFuture();
        Future<Integer> done = loop.createFuture();
        CompletableFuture<Integer> call = waitsForFuture(pending);
        CompletableFuture<Integer> ofDone = waitsForFuture(done);
        done.setResult(1);

        loop.close();

        assertThat(ofDone).isCompletedWithValue(2);
        assertThatThrownBy(call::join).cause().hasMessage(CLOSED);
        assertThatThrownBy(() -> waitsForFuture(pending).get(1, TimeUnit.MINUTES))
                .cause()
                .hasMessage(CLOSED);
        assertThat(call.cancel(true)).isFalse();
    }

    @Test
    void a_completion_that_races_with_the_close_is_never_lost() throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        for (int i = 0; i < 2000; i++) {
            EventLoop loop = newEventLoop();
            CompletableFuture<Integer> gate = new CompletableFuture<>();
            CompletableFuture<Integer> call = inside(loop, () -> waitsFor(gate));
            Thread outside = new Thread(() -> {
                meet(start);
                gate.complete(1);
            });
            outside.start();
            meet(start);

            loop.close();
            outside.join();

            assertThat(call).isDone();
        }
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void calls_that_are_done_are_not_kept_by_their_loop() {
        EventLoop loop = newEventLoop();
        CompletableFuture<Integer> gate = new CompletableFuture<>();
        java.lang.ref.WeakReference<CompletableFuture<Integer>> call =
                new java.lang.ref.WeakReference<>(inside(loop, () -> waitsFor(gate)));
        gate.complete(1);
        inside(loop, () -> "a turn");
        loop.runUntilComplete(Asyncio.sleep(Duration.ZERO));

        while (call.get() != null) {
            System.gc();
            Thread.onSpinWait();
        }

        loop.close();
        assertThat(trace).containsExactly("cleaned up");
    }
}
