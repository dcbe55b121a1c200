package io.github.jasyncio.testing.junit;

import io.github.jasyncio.Awaitable;
import io.github.jasyncio.Network;
import io.github.jasyncio.testing.DeadlockError;
import io.github.jasyncio.testing.SimulatedNetwork;
import io.github.jasyncio.testing.exploration.Waiting;
import java.net.InetAddress;
import java.nio.channels.spi.SelectorProvider;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The network of a test's loop: a simulated one if a method of the test's takes it as a parameter, otherwise the operating system's. Loop-confined. */
final class TestNetwork implements Network {

    private final long seed;

    // undecided --simulated--> simulated
    //     '-------used-------> the system's
    private @Nullable SimulatedNetwork simulated;
    private boolean isSystems;

    TestNetwork(long seed) {
        this.seed = seed;
    }

    /** The simulated one, on which everything happens from now on. */
    SimulatedNetwork simulated() {
        SimulatedNetwork known = simulated;
        if (known == null) {
            if (isSystems) {
                throw new IllegalStateException(
                        "SimulatedNetwork: the test has used the operating system's network already;"
                                + " let the first method that opens something, such as the one with @BeforeEach, take the simulated"
                                + " network as a parameter, too");
            }
            known = new SimulatedNetwork(seed);
            simulated = known;
        }
        return known;
    }

    /** From now on it is this one; for a test that begins anew. */
    void become(SimulatedNetwork network) {
        simulated = network;
    }

    /** The loop is about to wait for nothing that it knows of: on a simulated network nobody else will bring anything. */
    void standsStill() throws DeadlockError {
        if (simulated != null) {
            throw Waiting.forEver(simulated);
        }
    }

    private Network used() {
        if (simulated != null) {
            return simulated;
        }
        isSystems = true;
        return Network.ofSystem();
    }

    @Override
    public SelectorProvider provider() {
        return used().provider();
    }

    @Override
    public Awaitable<List<InetAddress>> lookUp(String host) {
        return used().lookUp(host);
    }

    @Override
    public Awaitable<String> nameOf(InetAddress address) {
        return used().nameOf(address);
    }

    @Override
    public String toString() {
        return (simulated != null ? simulated : Network.ofSystem()).toString();
    }
}
