package io.github.jasyncio.samples.benchmarks.costs;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What debug mode costs where it is on, where it never was, and where it has been: in a process that has left it, the JIT has seen the branch behind
 * which it stands being taken. Beside it, code that does not even ask.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(DebugModes.SIZE)
@SuppressWarnings("NullAway.Init") // JMH sets the fields
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

    private DebugWork debugged;
    private LongSupplier unsupported;
    private boolean hasBeenOn;

    /** Makes both, of which each fork uses one. */
    @Setup
    public void make() {
        debugged = new DebugWork(work.name());
        unsupported = WithoutDebugSupport.work(work.name());
    }

    /** In debug mode a loop that is left open is reported. */
    @TearDown
    public void close() {
        debugged.close();
    }

    @Benchmark
    public long withoutSupport() {
        return unsupported.getAsLong();
    }

    @Benchmark
    public long off() {
        return debugged.getAsLong();
    }

    @Benchmark
    public long on() {
        debugged.setDebug(true);
        return debugged.getAsLong();
    }

    @Benchmark
    public long offAgain() {
        if (!hasBeenOn) {
            debugged.setDebug(true);
            debugged.getAsLong();
            debugged.setDebug(false);
            hasBeenOn = true;
        }
        return debugged.getAsLong();
    }
}
