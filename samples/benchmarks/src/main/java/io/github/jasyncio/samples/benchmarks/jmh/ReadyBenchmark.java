package io.github.jasyncio.samples.benchmarks.jmh;

import io.github.jasyncio.samples.benchmarks.peer.Workload;
import org.openjdk.jmh.annotations.Benchmark;

/** Times {@link Workload#READY}. */
public class ReadyBenchmark extends PeerBenchmark {

    @Benchmark
    public long ready() {
        return checked(Workload.READY, implementation().ready(size));
    }
}
