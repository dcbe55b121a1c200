package io.github.jasyncio.samples.benchmarks.jmh;

import io.github.jasyncio.samples.benchmarks.peer.Workload;
import org.openjdk.jmh.annotations.Benchmark;

/** Times {@link Workload#CANCEL}. */
public class CancelBenchmark extends PeerBenchmark {

    @Benchmark
    public long cancel() {
        return checked(Workload.CANCEL, implementation().cancel(size));
    }
}
