package io.github.jasyncio.samples.benchmarks.jmh;

import io.github.jasyncio.samples.benchmarks.peer.Peer;
import io.github.jasyncio.samples.benchmarks.peer.Workload;
import io.github.jasyncio.samples.benchmarks.peers.Peers;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A peer that does a workload, and the check that it did. How many operations a run is, the one who starts JMH has to say. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public abstract class PeerBenchmark {

    /** Who does it. */
    @Param
    public Peers peer;

    /** How much there is to do, see {@link Workload}. */
    @Param("100")
    public int size;

    private Peer implementation;

    /** Makes the peer, in the thread that will use it. */
    @Setup
    public void makePeer() {
        implementation = peer.make();
    }

    final Peer implementation() {
        return implementation;
    }

    /** Gives the result of a run if it is right. */
    final long checked(Workload workload, long result) {
        if (result != workload.expected(size)) {
            throw new IllegalStateException(peer + " came to " + result + " in " + workload.label() + " of size " + size
                    + ", not to " + workload.expected(size));
        }
        return result;
    }
}
