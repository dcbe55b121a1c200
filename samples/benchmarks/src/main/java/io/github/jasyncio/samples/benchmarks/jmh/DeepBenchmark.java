package io.github.jasyncio.samples.benchmarks.jmh;

import io.github.jasyncio.samples.benchmarks.peer.Workload;
import org.openjdk.jmh.annotations.Benchmark;

/** Times {@link Workload#DEEP}. */
public class DeepBenchmark extends PeerBenchmark {

    @Benchmark
    public long deep() {
        return checked(Workload.DEEP, implementation().deep(size));
    }
}
