package io.github.jasyncio.samples.benchmarks.jmh;

import io.github.jasyncio.samples.benchmarks.peer.Workload;
import org.openjdk.jmh.annotations.Benchmark;

/** Times {@link Workload#SKYNET}. */
public class SkynetBenchmark extends PeerBenchmark {

    @Benchmark
    public long skynet() {
        return checked(Workload.SKYNET, implementation().skynet(size));
    }
}
