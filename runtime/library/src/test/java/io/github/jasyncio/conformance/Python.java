package io.github.jasyncio.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A CPython 3.13 of this machine: the one that the environment variable {@code JASYNCIO_PYTHON} names, or else one that the PATH has.
 *
 * @param executable what starts it
 */
public record Python(String executable) {

    private static final String VARIABLE = "JASYNCIO_PYTHON";
    private static final List<String> NAMES_ON_PATH = List.of("python3.13", "python3", "python");

    /** Finds it; without one the test is skipped. */
    public static Python findOrSkip() throws IOException, InterruptedException {
        String chosen = System.getenv(VARIABLE);
        if (chosen != null && !chosen.isEmpty()) {
            return isReference(chosen)
                    ? new Python(chosen)
                    : fail(
                            "environment variable %s: %s is no CPython 3.13, which the traces are recorded from",
                            VARIABLE, chosen);
        }
        String found = findOnPath();
        return found == null
                ? abort("nothing was compared with CPython: none of " + NAMES_ON_PATH
                        + " on the PATH is a CPython 3.13; environment variable " + VARIABLE + " can name one")
                : new Python(found);
    }

    private static @Nullable String findOnPath() throws IOException, InterruptedException {
        for (String name : NAMES_ON_PATH) {
            if (isReference(name)) {
                return name;
            }
        }
        return null;
    }

    private static boolean isReference(String executable) throws IOException, InterruptedException {
        String version = "import sys; print(sys.implementation.name, *sys.version_info[:2])";
        try {
            Run run = new Python(executable).run("-c", version);
            // By its end: a launcher may have something to say before. One that finds no such version fails.
            return run.exitStatus() == 0 && run.output().endsWith("cpython 3 13\n");
        } catch (IOException e) {
            return false; // there is no such program
        }
    }

    /** Runs it and waits for its end. */
    public Run run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(executable);
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Run(process.waitFor(), output.replace("\r\n", "\n"));
    }

    /** How it ended, and what it wrote to standard output and standard error. */
    public record Run(int exitStatus, String output) {}
}
