package io.github.jasyncio.eager;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.newEventLoop;
import static io.github.jasyncio.Asyncio.run;
import static io.github.jasyncio.Asyncio.runCoroutineThreadsafe;
import static io.github.jasyncio.Asyncio.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Eager calls that wait for eager calls go on one after the other, however many they are. */
class EagerChainTest {

    private static final int LONG = 200_000;
    private static final int MANY = 20_000;

    private final List<String> trace = new ArrayList<>();

    @Async
    private static CompletableFuture<Integer> step(CompletionStage<Integer> before) {
        int x = await(before);
        return CompletableFuture.completedFuture(x + 1);
    }

    private static CompletableFuture<Integer> chain(CompletableFuture<Integer> gate, int length) {
        CompletableFuture<Integer> last = gate;
        for (int i = 0; i < length; i++) {
            last = step(last);
        }
        return last;
    }

    @Test
    void a_very_long_chain_completes() {
        CompletableFuture<Integer> gate = new CompletableFuture<>();
        CompletableFuture<Integer> last = chain(gate, LONG);

        gate.complete(0);

        assertThat(last).isCompletedWithValue(LONG);
    }

    @Test
    void a_long_chain_fails_with_the_failure_of_the_first() {
        CompletableFuture<Integer> gate = new CompletableFuture<>();
        CompletableFuture<Integer> last = chain(gate, MANY);
        IOException failure = new IOException("at the beginning");

        gate.completeExceptionally(failure);

        assertThatThrownBy(last::join).hasCause(failure);
    }

    @Test
    void a_long_chain_is_cancelled_from_its_beginning() {
        CompletableFuture<Integer> gate = new CompletableFuture<>();
        CompletableFuture<Integer> last = chain(gate, MANY);

        gate.cancel(false);

        assertThat(last).isCancelled();
    }

    @Test
    void cancelling_the_end_of_a_chain_cancels_it_whole() {
        CompletableFuture<Integer> gate = new CompletableFuture<>();
        List<CompletableFuture<Integer>> calls = new ArrayList<>();
        CompletableFuture<Integer> last = gate;
        for (int i = 0; i < MANY; i++) {
            last = step(last);
            calls.add(last);
        }

        boolean isCancelled = last.cancel(true);

        assertThat(isCancelled).isTrue();
        assertThat(calls).allSatisfy(call -> assertThat(call.isCancelled()).isTrue());
        assertThat(gate).isCancelled();
    }

    @Test
    void foreign_futures_may_stand_in_between() {
        CompletableFuture<Integer> gate = new CompletableFuture<>();
        CompletableFuture<Integer> last = gate;
        for (int i = 0; i < MANY; i++) {
            CompletableFuture<Integer> foreign = new CompletableFuture<>();
            CompletableFuture<Void> unused = step(last).thenAccept(foreign::complete);
            last = foreign.thenApply(x -> x + 1);
        }

        gate.complete(0);

        assertThat(last).isCompletedWithValue(2 * MANY);
    }

    @Async
    private CompletableFuture<String> notes(String name, CompletionStage<?> before) {
        await(before);
        trace.add(name);
        return CompletableFuture.completedFuture(name);
    }

    @Test
    void who_waits_for_one_call_goes_on_before_who_waits_for_him() {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        CompletableFuture<String> a = notes("a", gate);
        CompletableFuture<String> b = notes("b", a);
        CompletableFuture<String> c = notes("c", a);
        CompletableFuture<String> ofB = notes("of b", b);
        CompletableFuture<String> ofC = notes("of c", c);

        gate.complete(null);

        assertThat(List.of(ofB, ofC)).allSatisfy(call -> assertThat(call).isDone());
        assertThat(trace.get(0)).isEqualTo("a");
        assertThat(trace.subList(1, 3)).containsExactlyInAnyOrder("b", "c");
        assertThat(trace.subList(3, 5)).containsExactlyInAnyOrder("of b", "of c");
    }

    @Async
    private CompletableFuture<String> setsGoingAndBlocks(CompletionStage<?> before, CompletableFuture<Void> other) {
        await(before);
        CompletableFuture<String> waiting = notes("inner", other);
        other.complete(null);
        // What older code does, and mostly with a future that is not the call's own.
        return CompletableFuture.completedFuture(
                waiting.thenApply(name -> name + " done").join());
    }

    @Test
    void a_body_may_block_until_what_it_has_set_going_is_done() {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        CompletableFuture<String> outer = setsGoingAndBlocks(gate, new CompletableFuture<>());

        gate.complete(null);

        assertThat(outer).isCompletedWithValue("inner done");
    }

    @Test
    void a_callback_may_block_until_another_call_is_done() throws Exception {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        CompletableFuture<Void> other = new CompletableFuture<>();
        CompletableFuture<String> first = notes("first", gate);
        CompletableFuture<String> waiting = notes("waiting", other);
        CompletableFuture<String> blocked = first.thenApply(name -> {
            other.complete(null);
            return waiting.join();
        });
        Thread thread = new Thread(() -> gate.complete(null));
        thread.setDaemon(true);

        thread.start();

        assertThat(blocked.get(1, TimeUnit.MINUTES)).isEqualTo("waiting");
    }

    @Async
    private static Coroutine<String> completes(CompletableFuture<Void> gate, CompletionStage<String> call) {
        await(sleep(Duration.ZERO));
        gate.complete(null);
        return Coroutine.of(await(call));
    }

    @Test
    void a_callback_may_run_a_loop_that_waits_for_another_call() throws Exception {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        CompletableFuture<Void> other = new CompletableFuture<>();
        CompletableFuture<String> first = notes("first", gate);
        CompletableFuture<String> waiting = notes("waiting", other);
        CompletableFuture<String> ran = first.thenApply(name -> run(completes(other, waiting)));
        Thread thread = new Thread(() -> gate.complete(null));
        thread.setDaemon(true);

        thread.start();

        assertThat(ran.get(1, TimeUnit.MINUTES)).isEqualTo("waiting");
    }

    @Async
    private CompletableFuture<String> cleansUp(CompletionStage<?> before, CompletionStage<?> meanwhile) {
        try {
            await(before);
        } finally {
            trace.add("cleans up");
            await(meanwhile);
            trace.add("has cleaned up");
        }
        return CompletableFuture.completedFuture("never");
    }

    @Test
    void two_requests_to_cancel_before_the_body_has_seen_the_first_are_one() {
        EventLoop loop = newEventLoop();
        CompletableFuture<Void> meanwhile = new CompletableFuture<>();
        List<CompletableFuture<String>> calls = new ArrayList<>();
        loop.runUntilComplete(start(calls, meanwhile));
        CompletableFuture<String> call = calls.get(0);

        assertThat(call.cancel(true)).isFalse();
        assertThat(call.cancel(true)).isFalse();
        meanwhile.complete(null);
        assertThatThrownBy(() -> loop.runUntilComplete(outcome(call))).isInstanceOf(CancelledError.class);

        assertThat(trace).containsExactly("cleans up", "has cleaned up");
        assertThat(call).isCancelled();
        loop.close();
    }

    @Async
    private Coroutine<Void> start(List<CompletableFuture<String>> calls, CompletionStage<?> meanwhile) {
        calls.add(cleansUp(new CompletableFuture<>(), meanwhile));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<String> outcome(CompletionStage<String> call) {
        return Coroutine.of(await(call));
    }

    @Test
    @SuppressWarnings("FutureReturnValueIgnored") // a call's future is what the other loop's task gives
    void a_chain_may_cross_loops_and_none() throws Exception {
        EventLoop other = newEventLoop();
        Thread thread = new Thread(other::runForever);
        thread.start();
        CompletableFuture<Integer> gate = new CompletableFuture<>();

        CompletableFuture<Integer> last = run(acrossLoops(gate, other));

        assertThat(last.get(1, TimeUnit.MINUTES)).isEqualTo(5000);
        other.callSoonThreadsafe(other::stop);
        thread.join();
        other.close();
    }

    @Async
    @SuppressWarnings("FutureReturnValueIgnored") // the same
    private static Coroutine<CompletableFuture<Integer>> acrossLoops(CompletableFuture<Integer> gate, EventLoop other) {
        CompletableFuture<Integer> last = gate;
        for (int i = 0; i < 1000; i++) {
            CompletableFuture<Integer> here = step(last); // goes on here
            CompletableFuture<Integer> there = await(runCoroutineThreadsafe(onward(here), other));
            CompletableFuture<Integer> nowhere =
                    CompletableFuture.supplyAsync(() -> step(there)).thenCompose(x -> x);
            last = nowhere.thenApply(x -> x + 2);
        }
        gate.complete(0);
        await(last);
        return Coroutine.of(last);
    }

    @Async
    private static Coroutine<CompletableFuture<Integer>> onward(CompletableFuture<Integer> before) {
        return Coroutine.of(step(before));
    }
}
