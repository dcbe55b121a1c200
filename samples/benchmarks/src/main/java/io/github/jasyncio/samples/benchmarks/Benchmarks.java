package io.github.jasyncio.samples.benchmarks;

import java.io.IOException;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/** Compares jasyncio with its peers; see {@code README.md}. */
public final class Benchmarks {

    private Benchmarks() {}

    /** Exits with 1 if a peer comes to another result than it should, with 2 if the arguments make no sense. */
    public static void main(String... arguments) throws IOException, InterruptedException, RunnerException {
        if (List.of(arguments).contains("--help")) {
            System.out.print(Settings.USAGE);
            return;
        }
        Settings settings;
        try {
            settings = Settings.of(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(Settings.USAGE);
            System.exit(2);
            return;
        }
        if (settings.isCosts()) {
            new CostsRun(settings, System.out).run();
            return;
        }
        if (settings.isNetwork()) {
            new NetworkRun(settings, System.out).run();
            return;
        }
        if (!settings.isQuick()) {
            new FullRun(settings, System.out, System.err).run();
            return;
        }
        List<String> disagreements = new QuickRun(settings, System.out).run();
        disagreements.forEach(System.err::println);
        if (!disagreements.isEmpty()) {
            System.exit(1);
        }
    }
}
