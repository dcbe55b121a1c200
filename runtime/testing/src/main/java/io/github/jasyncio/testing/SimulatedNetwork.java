package io.github.jasyncio.testing;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncCallable;
import io.github.jasyncio.Asyncio;
import io.github.jasyncio.Awaitable;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Network;
import io.github.jasyncio.Runner;
import io.github.jasyncio.Task;
import io.github.jasyncio.testing.exploration.Waiting;
import io.github.jasyncio.testing.junit.Views;
import io.github.jasyncio.testing.network.Conditions;
import io.github.jasyncio.testing.network.SimulatedProvider;
import io.github.jasyncio.testing.network.Station;
import io.github.jasyncio.testing.network.World;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.spi.SelectorProvider;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A network of imagined hosts on one loop of virtual time: what a client and a server do in an hour takes a moment, is the same each time, and goes wrong
 * as you say.
 *
 * <pre>{@code
 * SimulatedNetwork network = new SimulatedNetwork(42);
 * network.link("shop", "bank").latency(Duration.ofMillis(20), Duration.ofMillis(80)).loss(0.01);
 * network.run(() -> {
 *     Task<Void> bank = network.host("bank").start(() -> serve(8080));
 *     await(network.host("shop").run(() -> order("bank", 8080)));
 *     ...
 * });
 * }</pre>
 *
 * <p>Streams, servers, protocols, datagrams and {@code sendFile} of package {@code net} run on it unchanged, as do {@code sock*} calls on channels that
 * {@link #provider} makes. Code runs on the host that its context says, see {@link Host#run}; names of hosts are looked up here and nowhere else.
 *
 * <p>All chance is drawn from the seed, in the order in which things are sent. Loop-confined. asyncio has no counterpart.
 */
public final class SimulatedNetwork implements Network {

    private final World world;
    private final SelectorProvider provider;

    /** A network without hosts, on which everything takes a millisecond and nothing is lost. */
    public SimulatedNetwork(long seed) {
        world = new World(seed);
        provider = new SimulatedProvider(world);
    }

    /** Runs a program on a loop of its own, with virtual time and this network. */
    public <T> T run(AsyncCallable<T> program) {
        try (Runner runner = Runner.builder().loopFactory(this::newLoop).build()) {
            return runner.run(Asyncio.async(program));
        }
    }

    /**
     * A loop with virtual time and this network. When nothing is ready on it, and nothing can come, it does not wait for ever: whoever runs it gets a
     * {@link DeadlockError}. Only calls that it knows of, such as those of {@code toThread}, are waited for; not a thread of the program's own.
     */
    public EventLoop newLoop() {
        EventLoop loop = EventLoop.builder().virtualTime().network(this).build();
        Views.of(loop).tellWhenStill(() -> {
            throw Waiting.forEver(this);
        });
        return loop;
    }

    /** The host of that name; made when it is first asked for. */
    public Host host(String name) {
        return new Host(world.station(name));
    }

    /** The names of the hosts that there are, in the order in which they were made. */
    public List<String> hosts() {
        return world.names();
    }

    /** What is between two hosts. */
    public Link link(String one, String other) {
        return new Link(world, world.station(one), world.station(other));
    }

    /** What is between all hosts of which nothing else is said. */
    public Link links() {
        return new Link(world, null, null);
    }

    /**
     * Separates some hosts from all others: nothing gets through between them until {@link #heal}. Connections stay; what is sent on them arrives late, if
     * it heals within a quarter of an hour, and otherwise fails.
     */
    public void partition(String... hosts) {
        Set<Station> side = Arrays.stream(hosts).map(world::station).collect(Collectors.toSet());
        world.partition(side);
    }

    /** Ends all partitions. */
    public void heal() {
        world.heal();
    }

    @Override
    public SelectorProvider provider() {
        return provider;
    }

    @Override
    public Awaitable<List<InetAddress>> lookUp(String host) {
        return Asyncio.async(() -> {
            Station found = world.find(host);
            if (found == null) {
                throw new UnknownHostException(host + ": there is no such host in the simulated network;"
                        + " network.host(\"" + host + "\") makes one");
            }
            return Coroutine.of(List.of(found.address()));
        });
    }

    @Override
    public Awaitable<String> nameOf(InetAddress address) {
        Station found = world.find(address);
        return Coroutine.of(found == null ? address.getHostAddress() : found.name());
    }

    /** For example {@code <SimulatedNetwork hosts=[shop, bank cut off, post vanished]>}. */
    @Override
    public String toString() {
        return "<SimulatedNetwork hosts=" + world.states() + ">";
    }

    /** A host. */
    public static final class Host {

        private final Station station;

        private Host(Station station) {
            this.station = station;
        }

        /** Its name, by which others reach it. */
        public String name() {
            return station.name();
        }

        /** Its address. */
        public InetAddress address() {
            return station.address();
        }

        /** Runs a program here: its sockets are this host's, and so are those of the tasks that it makes. To be awaited. */
        @Async
        public <T> Coroutine<T> run(AsyncCallable<T> program) {
            return Coroutine.of(Asyncio.await(start(program)));
        }

        /** Starts a program here, as a task. */
        public <T> Task<T> start(AsyncCallable<T> program) {
            return Asyncio.createTask(
                    Asyncio.async(() -> {
                        World.moveTo(station);
                        return program.call();
                    }),
                    station.name());
        }

        /** From now on nothing gets here or away, and nobody is told: connections are half open. What runs here goes on running. */
        public void vanish() {
            station.vanish();
        }

        /** It is there again, and has forgotten its connections: whoever sends on one gets a reset. */
        public void comeBack() {
            station.comeBack();
        }

        /** For example {@code <simulated host bank 10.0.0.2>}. */
        @Override
        public String toString() {
            return station.toString();
        }
    }

    /** What it is like to send something between two hosts, in both directions; each method changes one thing and gives this. */
    public static final class Link {

        private final World world;
        private final @Nullable Station one;
        private final @Nullable Station other;

        private Link(World world, @Nullable Station one, @Nullable Station other) {
            this.world = world;
            this.one = one;
            this.other = other;
        }

        private Conditions now() {
            return one == null || other == null ? world.usual() : world.between(one, other);
        }

        private Link set(Conditions conditions) {
            if (one == null || other == null) {
                world.setUsual(conditions);
            } else {
                world.set(one, other, conditions);
            }
            return this;
        }

        /** Everything takes this long. */
        public Link latency(Duration always) {
            return latency(always, always);
        }

        /** Everything takes between {@code shortest} and {@code longest}; datagrams overtake each other, streams do not. */
        public Link latency(Duration shortest, Duration longest) {
            return set(now().with(shortest, longest, null, null));
        }

        /** So many bytes get through in a second, in each direction; 0 for any number. */
        public Link bandwidth(long bytesPerSecond) {
            return set(now().with(null, null, bytesPerSecond, null));
        }

        /** So probable it is that a packet gets lost: a datagram then is, a stream sends it again after 200 ms, 400 ms, ... */
        public Link loss(double probability) {
            return set(now().with(null, null, null, probability));
        }
    }
}
