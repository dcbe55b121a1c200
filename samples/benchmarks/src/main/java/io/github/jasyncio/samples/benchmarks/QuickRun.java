package io.github.jasyncio.samples.benchmarks;

import io.github.jasyncio.samples.benchmarks.peer.Workload;
import io.github.jasyncio.samples.benchmarks.peers.Peers;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs every workload once, small, and holds the results against each other. Measures nothing. */
final class QuickRun {

    private final Settings settings;
    private final PrintStream out;
    private final List<String> disagreements = new ArrayList<>();

    QuickRun(Settings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    /** Prints who came to which result, and gives what is wrong: an empty list if nothing is. */
    List<String> run() throws IOException, InterruptedException {
        for (Workload workload : settings.workloads()) {
            List<String> agreed = new ArrayList<>();
            for (Peers peer : Peers.values()) {
                if (settings.has(peer, workload)
                        && peer.runsOn(Runtime.version().feature())) {
                    check(workload, peer.title(), workload.run(peer.make(), workload.quickSize()), agreed);
                }
            }
            Optional<CPython.Run> python = new CPython(settings.python()).run(workload, workload.quickSize(), 1);
            python.ifPresent(run -> check(workload, "CPython " + run.version(), run.result(), agreed));
            out.println(workload.label() + ": " + workload.expected(workload.quickSize()) + ", say "
                    + String.join(", ", agreed));
        }
        return List.copyOf(disagreements);
    }

    private void check(Workload workload, String who, long result, List<String> agreed) {
        long expected = workload.expected(workload.quickSize());
        if (result == expected) {
            agreed.add(who);
        } else {
            disagreements.add(who + " came to " + result + " in " + workload.label() + ", not to " + expected);
        }
    }
}
