package io.github.jasyncio.samples.benchmarks.jmh;

import io.github.jasyncio.samples.benchmarks.peer.Workload;
import org.openjdk.jmh.annotations.Benchmark;

/** Times {@link Workload#FIB}. */
public class FibBenchmark extends PeerBenchmark {

    @Benchmark
    public long fib() {
        return checked(Workload.FIB, implementation().fib(size));
    }
}
