package io.github.jasyncio.samples.benchmarks.costs;

import static io.github.jasyncio.Asyncio.await;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Awaiting our own future beside one of Java's, which is there already or is completed by a callback in the loop's next turn. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(FutureAwait.SIZE)
public class FutureAwait {

    static final int SIZE = 1024;

    /** When it is done. */
    public enum Done {
        BEFORE,
        LATER
    }

    /** Whether it is waited for. */
    @Param
    public Done done = Done.BEFORE;

    private final EventLoop loop = EventLoop.builder().build();
    private final Future<Integer> readyFuture = loop.createFuture();
    private final CompletableFuture<Integer> readyStage = CompletableFuture.completedFuture(1);

    /** Completes what is to be done before. */
    public FutureAwait() {
        readyFuture.setResult(1);
    }

    @Benchmark
    public long future() {
        return loop.runUntilComplete(awaitFutures());
    }

    @Async
    private Coroutine<Long> awaitFutures() {
        long sum = 0;
        for (int i = 0; i < SIZE; i++) {
            sum += await(done == Done.BEFORE ? readyFuture : laterFuture());
        }
        return Coroutine.of(sum);
    }

    private Future<Integer> laterFuture() {
        Future<Integer> future = loop.createFuture();
        loop.callSoon(() -> future.setResult(1));
        return future;
    }

    @Benchmark
    public long stage() {
        return loop.runUntilComplete(awaitStages());
    }

    @Async
    private Coroutine<Long> awaitStages() {
        long sum = 0;
        for (int i = 0; i < SIZE; i++) {
            sum += await(done == Done.BEFORE ? readyStage : laterStage());
        }
        return Coroutine.of(sum);
    }

    private CompletableFuture<Integer> laterStage() {
        CompletableFuture<Integer> stage = new CompletableFuture<>();
        loop.callSoon(() -> stage.complete(1));
        return stage;
    }
}
