package io.github.jasyncio.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that the machine may have.
 *
 * @param executable what starts it
 */
record Program(String executable) {

    /** Finds it on the PATH; without it the test is skipped. */
    static Program findOrSkip(String name, String versionOption) {
        Program program = new Program(name);
        try {
            program.run(versionOption);
            return program;
        } catch (IOException e) {
            return abort("nothing was tried against " + name + ": the PATH has none");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(executable);
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    Run run(String... arguments) throws IOException, InterruptedException {
        return runWith("", arguments);
    }

    /** Runs it with some input, which then ends, and waits for its end. */
    Run runWith(String input, String... arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(UTF_8));
        }
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Run(process.waitFor(), output);
    }

    /** How it ended, and what it wrote to standard output and standard error. */
    record Run(int exitStatus, String output) {}
}
