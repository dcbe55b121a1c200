package io.github.jasyncio.samples.benchmarks.jmh;

import io.github.jasyncio.samples.benchmarks.peer.Workload;
import org.openjdk.jmh.annotations.Benchmark;

/** Times {@link Workload#QUEUE}. */
public class QueueBenchmark extends PeerBenchmark {

    @Benchmark
    public long queue() {
        return checked(Workload.QUEUE, implementation().queue(size));
    }
}
