package io.github.jasyncio.samples.benchmarks.costs;

import static io.github.jasyncio.Asyncio.await;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Awaiting async methods of an interface that return at once, beside calling methods of one. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(InterfaceAwait.SIZE)
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class InterfaceAwait {

    static final int SIZE = 1024;

    /** How many classes implement the interface. */
    @Param({"1", "2", "5"})
    public int implementations;

    private final EventLoop loop = EventLoop.builder().build();
    private Step[] steps;

    interface Step {

        Integer call(int i);

        Coroutine<Integer> next(int i);
    }

    /** Makes them, to be met in turns. */
    @Setup
    public void makeSteps() {
        Step[] all = {new First(), new Second(), new Third(), new Fourth(), new Fifth()};
        steps = new Step[SIZE];
        for (int i = 0; i < SIZE; i++) {
            steps[i] = all[i % implementations];
        }
    }

    @Benchmark
    public long call() {
        long sum = 0;
        for (int i = 0; i < SIZE; i++) {
            sum += steps[i].call(i);
        }
        return sum;
    }

    @Benchmark
    public long awaited() {
        return loop.runUntilComplete(awaitAll());
    }

    @Async
    private Coroutine<Long> awaitAll() {
        long sum = 0;
        for (int i = 0; i < SIZE; i++) {
            sum += await(steps[i].next(i));
        }
        return Coroutine.of(sum);
    }

    private static final class First implements Step {

        @Override
        public Integer call(int i) {
            return i + 1;
        }

        @Override
        @Async
        public Coroutine<Integer> next(int i) {
            return Coroutine.of(i + 1);
        }
    }

    private static final class Second implements Step {

        @Override
        public Integer call(int i) {
            return i + 2;
        }

        @Override
        @Async
        public Coroutine<Integer> next(int i) {
            return Coroutine.of(i + 2);
        }
    }

    private static final class Third implements Step {

        @Override
        public Integer call(int i) {
            return i + 3;
        }

        @Override
        @Async
        public Coroutine<Integer> next(int i) {
            return Coroutine.of(i + 3);
        }
    }

    private static final class Fourth implements Step {

        @Override
        public Integer call(int i) {
            return i + 4;
        }

        @Override
        @Async
        public Coroutine<Integer> next(int i) {
            return Coroutine.of(i + 4);
        }
    }

    private static final class Fifth implements Step {

        @Override
        public Integer call(int i) {
            return i + 5;
        }

        @Override
        @Async
        public Coroutine<Integer> next(int i) {
            return Coroutine.of(i + 5);
        }
    }
}
