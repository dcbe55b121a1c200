package io.github.jasyncio.samples.benchmarks.jmh;

import io.github.jasyncio.samples.benchmarks.peer.Workload;
import org.openjdk.jmh.annotations.Benchmark;

/** Times {@link Workload#YIELD}. */
public class YieldBenchmark extends PeerBenchmark {

    @Benchmark
    public long yields() {
        return checked(Workload.YIELD, implementation().yields(size));
    }
}
