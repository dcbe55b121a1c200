package io.github.jasyncio.samples.benchmarks.costs;

import io.github.jasyncio.transform.Transformer;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A whole JVM that does nothing, without the agent and with it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class StartUp {

    /** The program. */
    static final class Nothing {

        private Nothing() {}

        public static void main(String... arguments) {}
    }

    @Benchmark
    public int withoutAgent() throws IOException, InterruptedException, URISyntaxException {
        return run();
    }

    @Benchmark
    public int withAgent() throws IOException, InterruptedException, URISyntaxException {
        return run("-javaagent:" + whereIs(Transformer.class));
    }

    private static int run(String... options) throws IOException, InterruptedException, URISyntaxException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", whereIs(StartUp.class).toString(), Nothing.class.getName()));
        int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (exit != 0) {
            throw new IllegalStateException(command + " ended with " + exit);
        }
        return exit;
    }

    private static Path whereIs(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
