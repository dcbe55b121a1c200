package io.github.jasyncio.samples.benchmarks.jmh;

import io.github.jasyncio.samples.benchmarks.peer.Workload;
import org.openjdk.jmh.annotations.Benchmark;

/** Times {@link Workload#SPAWN}. */
public class SpawnBenchmark extends PeerBenchmark {

    @Benchmark
    public long spawn() {
        return checked(Workload.SPAWN, implementation().spawn(size));
    }
}
