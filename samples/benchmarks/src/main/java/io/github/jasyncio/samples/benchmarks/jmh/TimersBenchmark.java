package io.github.jasyncio.samples.benchmarks.jmh;

import io.github.jasyncio.samples.benchmarks.peer.Workload;
import org.openjdk.jmh.annotations.Benchmark;

/** Times {@link Workload#TIMERS}. */
public class TimersBenchmark extends PeerBenchmark {

    @Benchmark
    public long timers() {
        return checked(Workload.TIMERS, implementation().timers(size));
    }
}
