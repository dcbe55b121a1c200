package io.github.jasyncio.samples.benchmarks;

import io.github.jasyncio.samples.benchmarks.peer.Workload;
import io.github.jasyncio.samples.benchmarks.peers.Peers;
import io.github.jasyncio.samples.benchmarks.report.Samples;
import io.github.jasyncio.samples.benchmarks.report.Table;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures everything. The peers take turns, a fork each, and then all of it again: whatever else the machine does meanwhile meets them
 * all.
 */
final class FullRun {

    private static final String CPYTHON = "CPython";
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private final Settings settings;
    private final PrintStream out;
    private final PrintStream progress;
    private final Samples values = new Samples();
    private final Samples allocations = new Samples();
    private String pythonVersion = "none";

    FullRun(Settings settings, PrintStream out, PrintStream progress) {
        this.settings = settings;
        this.out = out;
        this.progress = progress;
    }

    void run() throws RunnerException, IOException, InterruptedException {
        for (int fork = 1; fork <= settings.forks(); fork++) {
            for (Workload workload : settings.workloads()) {
                for (Peers peer : Peers.values()) {
                    if (settings.has(peer, workload)) {
                        measure(workload, peer);
                        progress.println("fork " + fork + ": " + workload.label() + ", " + peer.title());
                    }
                }
                measureCPython(workload);
            }
        }
        print();
    }

    private void measure(Workload workload, Peers peer) throws RunnerException {
        boolean isMemory = workload == Workload.MEMORY;
        int size = workload.size();
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("\\." + className(workload) + "\\.")
                .param("peer", peer.name())
                .param("size", Integer.toString(size))
                .forks(1)
                .warmupIterations(isMemory ? 1 : settings.iterations())
                .measurementIterations(isMemory ? 1 : settings.iterations())
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .jvmArgs("-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC");
        List<String> appended =
                new ArrayList<>(QuietJvm.options(peer == Peers.VIRTUAL ? settings.virtualThreadsJvm() : null));
        if (!isMemory) {
            options.operationsPerInvocation(Math.toIntExact(workload.operations(size)))
                    .warmupTime(TimeValue.milliseconds(settings.millis()))
                    .measurementTime(TimeValue.milliseconds(settings.millis()))
                    .addProfiler(GCProfiler.class);
        }
        if (peer == Peers.VIRTUAL) {
            appended.add("-Djdk.virtualThreadScheduler.parallelism=1");
            appended.add("-Djdk.virtualThreadScheduler.maxPoolSize=1");
            if (settings.virtualThreadsJvm() != null) {
                options.jvm(settings.virtualThreadsJvm());
            }
        }
        options.jvmArgsAppend(appended.toArray(String[]::new));
        for (RunResult run : new Runner(options.build()).run()) {
            for (BenchmarkResult benchmark : run.getBenchmarkResults()) {
                for (IterationResult iteration : benchmark.getIterationResults()) {
                    add(workload, peer, iteration);
                }
            }
        }
    }

    private void add(Workload workload, Peers peer, IterationResult iteration) {
        if (workload == Workload.MEMORY) {
            Result<?> bytes =
                    Objects.requireNonNull(iteration.getSecondaryResults().get("bytes"), "no heap was weighed");
            values.add(workload.label(), peer.title(), bytes.getScore() / workload.size());
            return;
        }
        values.add(workload.label(), peer.title(), iteration.getPrimaryResult().getScore());
        iteration.getSecondaryResults().forEach((name, result) -> {
            if (name.endsWith(ALLOCATED)) {
                allocations.add(workload.label(), peer.title(), result.getScore());
            }
        });
    }

    static String className(Workload workload) {
        StringBuilder name = new StringBuilder();
        for (String word : workload.label().split("-", -1)) {
            name.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
        }
        return name.append("Benchmark").toString();
    }

    private void measureCPython(Workload workload) throws IOException, InterruptedException {
        int size = workload.size();
        Optional<CPython.Run> python = new CPython(settings.python()).run(workload, size, 3);
        if (python.isPresent()) {
            CPython.Run run = python.get();
            if (run.result() != workload.expected(size)) {
                throw new IllegalStateException("CPython came to " + run.result() + " in " + workload.label());
            }
            pythonVersion = run.version();
            values.add(workload.label(), CPYTHON, (double) run.median() / workload.operations(size));
        }
    }

    private void print() {
        List<String> rows = settings.workloads().stream().map(Workload::label).toList();
        List<String> columns = new ArrayList<>(Arrays.stream(Peers.values())
                .filter(settings.peers()::contains)
                .map(Peers::title)
                .toList());
        out.println("Java " + Runtime.version() + ", virtual threads by "
                + (settings.virtualThreadsJvm() == null ? "the same" : settings.virtualThreadsJvm()) + ", CPython "
                + pythonVersion
                + ", " + settings.forks() + " forks of " + settings.iterations() + " iterations of " + settings.millis()
                + " ms");
        out.println();
        out.println("Bytes allocated per operation:");
        out.println();
        out.println(new Table(allocations, rows, columns));
        columns.add(CPYTHON);
        out.println("Nanoseconds per operation (memory: bytes per task), and how many times jasyncio's:");
        out.println();
        out.println(new Table(values, rows, columns, Peers.OURS.title()));
    }
}
