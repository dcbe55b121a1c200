package io.github.jasyncio.samples.benchmarks.jmh;

import io.github.jasyncio.samples.benchmarks.peer.HeapProbe;
import io.github.jasyncio.samples.benchmarks.peer.Workload;
import java.lang.management.ManagementFactory;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Weighs {@link Workload#MEMORY}; the time is of no interest, it is that of the garbage collector. */
@BenchmarkMode(Mode.SingleShotTime)
public class MemoryBenchmark extends PeerBenchmark {

    @Benchmark
    public long memory(Heap heap) {
        return checked(Workload.MEMORY, implementation().memory(size, heap));
    }

    /** The bytes that are reachable. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Heap implements HeapProbe {

        /** What all tasks together hold. */
        public long bytes;

        private long bytesBefore;

        @Override
        public void before() {
            bytesBefore = used();
        }

        @Override
        public void suspended() {
            bytes = used() - bytesBefore;
        }

        private static long used() {
            // the serial collector leaves some dead objects where they are, except every fourth time
            // (MarkSweepAlwaysCompactCount)
            for (int i = 0; i < 5; i++) {
                System.gc();
            }
            return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        }
    }
}
