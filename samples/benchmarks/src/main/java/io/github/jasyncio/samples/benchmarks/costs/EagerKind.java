package io.github.jasyncio.samples.benchmarks.costs;

import static io.github.jasyncio.Asyncio.await;

import io.github.jasyncio.Async;
import io.github.jasyncio.samples.benchmarks.futures.HandLoop;
import io.github.jasyncio.samples.benchmarks.peer.Peer;
import io.github.jasyncio.samples.benchmarks.peer.Workload;
import io.github.jasyncio.samples.benchmarks.peers.Peers;
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

/** Async methods that return a {@code CompletableFuture}, rewritten by us and by EA Async, on the same hand-written loop. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(EagerKind.SIZE)
public class EagerKind {

    static final int SIZE = 1024;

    /** What is done. */
    @Param({"READY", "YIELD"})
    public Workload workload = Workload.READY;

    private final HandLoop loop = new HandLoop();
    private final Peer eaAsync = Peers.EA_ASYNC.make();

    @Benchmark
    public long ours() {
        return checked(loop.run(workload == Workload.READY ? this::readyLoop : this::yieldLoop));
    }

    @Benchmark
    public long eaAsync() {
        return checked(workload.run(eaAsync, SIZE));
    }

    private long checked(long result) {
        if (result != workload.expected(SIZE)) {
            throw new IllegalStateException(workload + " came to " + result);
        }
        return result;
    }

    @Async
    private CompletableFuture<Long> readyLoop() {
        long sum = 0;
        for (int i = 0; i < SIZE; i++) {
            sum += await(next(i));
        }
        return CompletableFuture.completedFuture(sum);
    }

    @Async
    private static CompletableFuture<Integer> next(int i) {
        return CompletableFuture.completedFuture(i);
    }

    @Async
    private CompletableFuture<Long> yieldLoop() {
        long count = 0;
        for (int i = 0; i < SIZE; i++) {
            await(loop.yieldNow());
            count++;
        }
        return CompletableFuture.completedFuture(count);
    }
}
