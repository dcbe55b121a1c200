package io.github.jasyncio.samples.benchmarks.jmh;

import io.github.jasyncio.samples.benchmarks.peer.Workload;
import org.openjdk.jmh.annotations.Benchmark;

/** Times {@link Workload#SKYNET_MILLION}. */
public class SkynetMillionBenchmark extends PeerBenchmark {

    @Benchmark
    public long skynet() {
        return checked(Workload.SKYNET_MILLION, implementation().skynet(size));
    }
}
