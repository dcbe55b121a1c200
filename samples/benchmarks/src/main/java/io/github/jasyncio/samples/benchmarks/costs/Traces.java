package io.github.jasyncio.samples.benchmarks.costs;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Task;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A failure whose trace is made to read as if the code were synchronous, beside one whose trace is left as it is. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Traces.SIZE)
public class Traces {

    static final int SIZE = 1024;

    /** What becomes of it. */
    public enum Way {
        /** Caught where it is thrown, in the same step: it crosses nothing. */
        NOT_SUSPENDED,
        /** Crosses three coroutines that were suspended. */
        THREE_FRAMES,
        /** Crosses one, and then leaves a task that is awaited. */
        TASK,
        /** No failure of the program's: a task that is cancelled and awaited. */
        CANCELLED,
        /** Nothing fails. */
        NONE
    }

    /** Which of them. */
    @Param
    public Way way = Way.THREE_FRAMES;

    private final EventLoop loop = EventLoop.builder().build();

    @Benchmark
    @Fork(jvmArgsAppend = "-Djasyncio.stacktraces=on")
    public long on() {
        return loop.runUntilComplete(fail());
    }

    @Benchmark
    @Fork(jvmArgsAppend = "-Djasyncio.stacktraces=off")
    public long off() {
        return loop.runUntilComplete(fail());
    }

    @Async
    private Coroutine<Long> fail() {
        long failures = 0;
        for (int i = 0; i < SIZE; i++) {
            try {
                switch (way) {
                    case NOT_SUSPENDED -> await(thrower());
                    case THREE_FRAMES -> await(first());
                    case TASK -> await(createTask(third()));
                    case CANCELLED -> await(cancelled());
                    case NONE -> failures += await(nothing());
                }
            } catch (IllegalStateException | CancelledError e) {
                failures++;
            }
        }
        return Coroutine.of(failures);
    }

    @Async
    private static Coroutine<Integer> thrower() {
        throw new IllegalStateException("expected");
    }

    @Async
    private static Coroutine<Integer> first() {
        return Coroutine.of(await(second()));
    }

    @Async
    private static Coroutine<Integer> second() {
        return Coroutine.of(await(third()));
    }

    @Async
    private static Coroutine<Integer> third() {
        return Coroutine.of(await(later()));
    }

    @Async
    private static Coroutine<Integer> later() {
        await(sleep(Duration.ZERO));
        throw new IllegalStateException("expected");
    }

    @Async
    private static Coroutine<Integer> cancelled() {
        Task<Integer> task = createTask(first());
        await(sleep(Duration.ZERO));
        task.cancel();
        return Coroutine.of(await(task));
    }

    @Async
    private static Coroutine<Integer> nothing() {
        await(sleep(Duration.ZERO));
        return Coroutine.of(1);
    }
}
