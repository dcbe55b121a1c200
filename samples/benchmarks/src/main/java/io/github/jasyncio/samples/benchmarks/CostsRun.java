package io.github.jasyncio.samples.benchmarks;

import io.github.jasyncio.samples.benchmarks.costs.DebugModes;
import io.github.jasyncio.samples.benchmarks.costs.EagerKind;
import io.github.jasyncio.samples.benchmarks.costs.FutureAwait;
import io.github.jasyncio.samples.benchmarks.costs.InterfaceAwait;
import io.github.jasyncio.samples.benchmarks.costs.StartUp;
import io.github.jasyncio.samples.benchmarks.costs.Traces;
import io.github.jasyncio.samples.benchmarks.costs.TransformThousand;
import io.github.jasyncio.samples.benchmarks.report.Samples;
import io.github.jasyncio.samples.benchmarks.report.Table;
import java.io.PrintStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Measures what single things cost: a table for each, its variants side by side. */
final class CostsRun {

    private static final String ALLOCATED = "gc.alloc.rate.norm";

    /**
     * What is measured.
     *
     * @param title what the rows are about
     * @param benchmark the JMH benchmark, whose methods are the columns and whose parameters the rows
     * @param reference the method with which the others are compared
     * @param isWholeRun whether a single run is timed, in milliseconds, instead of many operations, in nanoseconds
     */
    private record Cost(String title, Class<?> benchmark, String reference, boolean isWholeRun) {}

    private static final List<Cost> ALL = List.of(
            new Cost("await through an interface, by implementations", InterfaceAwait.class, "call", false),
            new Cost("await of a future and of a stage", FutureAwait.class, "future", false),
            new Cost("the eager kind beside EA Async", EagerKind.class, "ours", false),
            new Cost("debug mode off, on, off again, and not supported at all", DebugModes.class, "off", false),
            new Cost("a failure, with its stack trace completed or left alone", Traces.class, "on", false),
            new Cost("start of a JVM", StartUp.class, "withoutAgent", true),
            new Cost("transforming 1,000 classes", TransformThousand.class, "noneAsync", true));

    private final Settings settings;
    private final PrintStream out;

    CostsRun(Settings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    void run() throws RunnerException {
        for (Cost cost : ALL) {
            measure(cost);
        }
    }

    private void measure(Cost cost) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("\\." + cost.benchmark().getSimpleName() + "\\.")
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .jvmArgs("-Xms1g", "-Xmx1g", "-XX:+UseSerialGC")
                .jvmArgsPrepend(QuietJvm.options(null).toArray(String[]::new));
        if (cost.isWholeRun()) {
            options.forks(10).warmupIterations(0).measurementIterations(1);
        } else {
            options.forks(settings.forks())
                    .warmupIterations(settings.iterations())
                    .measurementIterations(settings.iterations())
                    .warmupTime(TimeValue.milliseconds(settings.millis()))
                    .measurementTime(TimeValue.milliseconds(settings.millis()))
                    .addProfiler(GCProfiler.class);
        }
        Samples times = new Samples();
        Samples allocations = new Samples();
        Set<String> rows = new LinkedHashSet<>();
        Set<String> columns = new LinkedHashSet<>();
        columns.add(cost.reference());
        for (RunResult run : new Runner(options.build()).run()) {
            BenchmarkParams params = run.getParams();
            String method =
                    params.getBenchmark().substring(params.getBenchmark().lastIndexOf('.') + 1);
            String row = params.getParamsKeys().isEmpty()
                    ? "-"
                    : params.getParam(params.getParamsKeys().iterator().next());
            rows.add(row);
            columns.add(method);
            run.getBenchmarkResults().forEach(results -> {
                for (IterationResult iteration : results.getIterationResults()) {
                    times.add(row, method, iteration.getPrimaryResult().getScore());
                    iteration.getSecondaryResults().forEach((name, result) -> {
                        if (name.endsWith(ALLOCATED)) {
                            allocations.add(row, method, result.getScore());
                        }
                    });
                }
            });
        }
        out.println(cost.title() + (cost.isWholeRun() ? ", milliseconds:" : ", nanoseconds:") + "\n");
        out.println(new Table(times, List.copyOf(rows), List.copyOf(columns), cost.reference()));
        if (!cost.isWholeRun()) {
            out.println(cost.title() + ", bytes allocated:\n");
            out.println(new Table(allocations, List.copyOf(rows), List.copyOf(columns)));
        }
    }
}
