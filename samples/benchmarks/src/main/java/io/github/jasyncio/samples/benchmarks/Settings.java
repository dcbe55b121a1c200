package io.github.jasyncio.samples.benchmarks;

import io.github.jasyncio.samples.benchmarks.peer.Workload;
import io.github.jasyncio.samples.benchmarks.peers.Peers;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says.
 *
 * @param isQuick only check that everybody comes to the same result
 * @param isCosts measure what single things cost, instead of the workloads
 * @param isNetwork measure servers, instead of the workloads
 * @param forks how many JVMs, one after the other, measure each workload of each peer
 * @param iterations how many times each of these measures, and how many times it warms up before
 * @param millis how long an iteration takes
 * @param idle how many connections are open at the same time where it is measured what an idle one holds
 * @param virtualThreadsJvm the {@code java} that runs the virtual threads; null for the one that runs this
 * @param python the command for CPython
 * @param workloads which to run
 * @param peers who takes part
 */
record Settings(
        boolean isQuick,
        boolean isCosts,
        boolean isNetwork,
        int forks,
        int iterations,
        int millis,
        int idle,
        @Nullable String virtualThreadsJvm,
        String python,
        Set<Workload> workloads,
        Set<Peers> peers) {

    static final String USAGE = """
            usage: java -jar benchmarks.jar [options]
              --quick              only check, in a few seconds, that everybody comes to the same result
              --costs              measure what single things cost, instead of the workloads
              --network            measure echo servers, instead of the workloads
              --workloads A,B      of %s
              --peers A,B          of %s
              --forks N            JVMs for each pair of these, one after the other (3)
              --iterations N       measurements in each of them, after as many to warm up (3)
              --millis N           time of a measurement (1000)
              --idle N             connections that are open, and idle, at the same time (10000)
              --virtual-java FILE  the java of Java 21 or later that runs the virtual threads (the one that runs this)
              --python FILE        CPython (python3)
            """.formatted(
                    Arrays.stream(Workload.values()).map(Workload::label).toList(),
                    Arrays.stream(Peers.values()).map(Settings::label).toList());

    static Settings of(String... arguments) {
        boolean isQuick = false;
        boolean isCosts = false;
        boolean isNetwork = false;
        int forks = 3;
        int iterations = 3;
        int millis = 1000;
        int idle = 10_000;
        @Nullable String virtualThreadsJvm = null;
        String python = "python3";
        Set<Workload> workloads = EnumSet.allOf(Workload.class);
        Set<Peers> peers = EnumSet.allOf(Peers.class);
        Deque<String> left = new ArrayDeque<>(List.of(arguments));
        while (!left.isEmpty()) {
            String option = left.remove();
            if (option.equals("--quick")) {
                isQuick = true;
                continue;
            }
            if (option.equals("--costs")) {
                isCosts = true;
                continue;
            }
            if (option.equals("--network")) {
                isNetwork = true;
                continue;
            }
            String value = left.poll();
            if (value == null) {
                throw new IllegalArgumentException("unknown option, or one without its value: " + option);
            }
            switch (option) {
                case "--workloads" -> workloads.retainAll(chosen(value, List.of(Workload.values()), Workload::label));
                case "--peers" -> peers.retainAll(chosen(value, List.of(Peers.values()), Settings::label));
                case "--forks" -> forks = Integer.parseInt(value);
                case "--iterations" -> iterations = Integer.parseInt(value);
                case "--millis" -> millis = Integer.parseInt(value);
                case "--idle" -> idle = Integer.parseInt(value);
                case "--virtual-java" -> virtualThreadsJvm = value;
                case "--python" -> python = value;
                default -> throw new IllegalArgumentException("unknown option: " + option);
            }
        }
        return new Settings(
                isQuick,
                isCosts,
                isNetwork,
                forks,
                iterations,
                millis,
                idle,
                virtualThreadsJvm,
                python,
                workloads,
                peers);
    }

    private static <T> Set<T> chosen(String names, Collection<T> all, Function<T, String> label) {
        Set<T> chosen = new HashSet<>();
        for (String name : names.split(",", -1)) {
            chosen.add(all.stream()
                    .filter(one -> label.apply(one).equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("there is no " + name + ", only "
                            + all.stream().map(label).toList())));
        }
        return chosen;
    }

    private static String label(Peers peer) {
        return peer.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether {@code peer} can take part. */
    boolean has(Peers peer, Workload workload) {
        boolean isRunnable =
                peer.runsOn(Runtime.version().feature()) || (peer == Peers.VIRTUAL && virtualThreadsJvm != null);
        boolean isAble = peer != Peers.PLAIN || peer.make().supports(workload);
        return peers.contains(peer) && isRunnable && isAble;
    }
}
