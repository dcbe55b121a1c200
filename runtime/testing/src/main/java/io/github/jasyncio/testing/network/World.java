package io.github.jasyncio.testing.network;

import io.github.jasyncio.ContextVar;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The hosts, what it is like between them, and what is on its way. */
public final class World {

    /** Where the running code runs, if it was said. */
    private static final ContextVar<@Nullable Station> HERE = new ContextVar<>("simulated host", null);

    /** The name of the host where what runs on no other runs. */
    private static final String DEFAULT_HOST = "localhost";

    private record Route(Station from, Station to) {}

    final Wire wire = new Wire();

    private final SplittableRandom random;
    private final Map<String, Station> stations = new LinkedHashMap<>();
    private final Map<InetAddress, Station> byAddress = new HashMap<>();
    private final Map<Route, Conditions> conditions = new HashMap<>();
    private final Map<Route, Long> busyUntil = new HashMap<>();
    private final Set<Route> cut = new HashSet<>();
    private Conditions usual = Conditions.USUAL;

    /** An empty one. */
    public World(long seed) {
        random = new SplittableRandom(seed);
    }

    // ------------------------------------------------------------------------------------------------ hosts

    /** The host of that name, made when it is first asked for. */
    public Station station(String name) {
        Station known = stations.get(name);
        if (known == null) {
            known = new Station(this, name, stations.size() + 1);
            stations.put(name, known);
            byAddress.put(known.address(), known);
        }
        return known;
    }

    /** The host of that name, if there is one. */
    public @Nullable Station find(String name) {
        return name.equals(DEFAULT_HOST) ? here() : stations.get(name);
    }

    /** Whose address it is; the running code's own host if it is a loopback address; null if it is nobody's. */
    public @Nullable Station find(InetAddress address) {
        return address.isLoopbackAddress() || address.isAnyLocalAddress() ? here() : byAddress.get(address);
    }

    /** The names of all hosts, in the order in which they were made. */
    public List<String> names() {
        return List.copyOf(stations.keySet());
    }

    /** The same, with what hinders any. */
    public List<String> states() {
        return stations.values().stream()
                .map(station -> station.name() + (station.isUp() ? isCutOff(station) ? " cut off" : "" : " vanished"))
                .toList();
    }

    private boolean isCutOff(Station station) {
        return cut.stream().anyMatch(route -> route.from == station);
    }

    /** Where the running code runs. */
    public Station here() {
        Station said = HERE.get();
        return said == null || said.world() != this ? station(DEFAULT_HOST) : said;
    }

    /** From now on the current context runs on {@code station}; tasks made in it, too. */
    public static void moveTo(Station station) {
        HERE.set(station);
    }

    // ------------------------------------------------------------------------------------------------ what is between
    // them

    /** Says what it is like between hosts of which nothing else is said. */
    public void setUsual(Conditions conditions) {
        usual = conditions;
    }

    /** What it is like between hosts of which nothing else is said. */
    public Conditions usual() {
        return usual;
    }

    /** Says what it is like between two hosts. */
    public void set(Station one, Station other, Conditions between) {
        conditions.put(new Route(one, other), between);
        conditions.put(new Route(other, one), between);
    }

    /** What it is like between two hosts. */
    public Conditions between(Station from, Station to) {
        return from == to ? Conditions.LOCAL : conditions.getOrDefault(new Route(from, to), usual);
    }

    /** Lets nothing through between the hosts of one side and all others, those included that are made later. */
    public void partition(Set<Station> side) {
        for (Station one : side) {
            for (Station other : stations.values()) {
                if (!side.contains(other)) {
                    cut.add(new Route(one, other));
                    cut.add(new Route(other, one));
                }
            }
        }
    }

    /** Lets everything through again. */
    public void heal() {
        cut.clear();
    }

    /** True if something from one host reaches the other at this moment. */
    boolean isOpen(Station from, Station to) {
        return from == to || (from.isUp() && to.isUp() && !cut.contains(new Route(from, to)));
    }

    /** True if chance has it that a packet gets lost. */
    boolean isLost(Station from, Station to) {
        double loss = between(from, to).loss();
        return loss > 0 && random.nextDouble() < loss;
    }

    /** When something that is sent now arrives. */
    long arrival(Station from, Station to, int bytes) {
        Conditions between = between(from, to);
        long leaves = wire.now();
        if (between.bytesPerSecond() > 0) {
            Route route = new Route(from, to);
            long takes = (long) (bytes * 1e9 / between.bytesPerSecond());
            leaves = Math.max(leaves, busyUntil.getOrDefault(route, Long.MIN_VALUE)) + takes;
            busyUntil.put(route, leaves);
        }
        return leaves + latency(between);
    }

    private long latency(Conditions between) {
        Duration spread = between.longest().minus(between.shortest());
        return between.shortest().toNanos() + (spread.isZero() ? 0 : random.nextLong(spread.toNanos() + 1));
    }
}
