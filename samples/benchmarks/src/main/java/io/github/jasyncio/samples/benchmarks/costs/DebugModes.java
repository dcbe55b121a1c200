package io.github.jasyncio.samples.benchmarks.costs;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What debug mode costs where it is on, where it never was, and where it has been: in a process that has left it, the JIT has seen the branch behind
 * which it stands being taken.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(DebugModes.SIZE)
public class DebugModes {

    static final int SIZE = 1024;

    /** What is done. */
    public enum Work {
        READY,
        YIELD,
        SPAWN
    }

    /** What is done. */
    @Param
    public Work work = Work.READY;

    private final EventLoop loop = EventLoop.builder().debug(false).build();
    private boolean hasBeenOn;

    @Benchmark
    public long off() {
        return run();
    }

    @Benchmark
    public long on() {
        loop.setDebug(true);
        return run();
    }

    @Benchmark
    public long offAgain() {
        if (!hasBeenOn) {
            loop.setDebug(true);
            run();
            loop.setDebug(false);
            hasBeenOn = true;
        }
        return run();
    }

    private long run() {
        return loop.runUntilComplete(
                switch (work) {
                    case READY -> ready();
                    case YIELD -> yields();
                    case SPAWN -> spawn();
                });
    }

    @Async
    private static Coroutine<Long> ready() {
        long sum = 0;
        for (int i = 0; i < SIZE; i++) {
            sum += await(next(i));
        }
        return Coroutine.of(sum);
    }

    @Async
    private static Coroutine<Integer> next(int i) {
        return Coroutine.of(i);
    }

    @Async
    private static Coroutine<Long> yields() {
        for (int i = 0; i < SIZE; i++) {
            await(sleep(Duration.ZERO));
        }
        return Coroutine.of((long) SIZE);
    }

    @Async
    private static Coroutine<Long> spawn() {
        List<Task<Integer>> tasks = new ArrayList<>(SIZE);
        for (int i = 0; i < SIZE; i++) {
            tasks.add(createTask(next(i)));
        }
        long sum = 0;
        for (Task<Integer> task : tasks) {
            sum += await(task);
        }
        return Coroutine.of(sum);
    }
}
