package io.github.jasyncio.samples.benchmarks.jmh;

import io.github.jasyncio.samples.benchmarks.peer.Workload;
import org.openjdk.jmh.annotations.Benchmark;

/** Times {@link Workload#PING_PONG}. */
public class PingPongBenchmark extends PeerBenchmark {

    @Benchmark
    public long pingPong() {
        return checked(Workload.PING_PONG, implementation().pingPong(size));
    }
}
