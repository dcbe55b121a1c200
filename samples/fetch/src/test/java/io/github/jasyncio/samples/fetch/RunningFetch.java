package io.github.jasyncio.samples.fetch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program in a process of its own, in a directory of its own. */
final class RunningFetch {

    private final Path directory;
    private final Process process;

    private RunningFetch(Path directory, Process process) {
        this.directory = directory;
        this.process = process;
    }

    /** Starts it. {@code directory} gets what it prints. */
    static RunningFetch start(Path directory, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        // Options from outside would change what is tested, and announce themselves on standard error.
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().remove("JDK_JAVA_OPTIONS");
        Process process = builder.redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile())
                .start();
        return new RunningFetch(directory, process);
    }

    /** Types on its standard input, and closes that. */
    RunningFetch type(String text) throws IOException {
        try (OutputStream in = process.getOutputStream()) {
            in.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return this;
    }

    /** Does what Ctrl-C does. */
    RunningFetch interrupt() throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
        if (kill.waitFor() != 0) {
            throw new IllegalStateException("kill ended with " + kill.exitValue());
        }
        return this;
    }

    /** Waits for its end. */
    Ended end() throws IOException, InterruptedException {
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError("hangs; it printed:\n" + out() + err());
        }
        return new Ended(process.exitValue(), out(), err());
    }

    private String out() throws IOException {
        return Files.readString(directory.resolve("out")).replace("\r\n", "\n");
    }

    private String err() throws IOException {
        return Files.readString(directory.resolve("err")).replace("\r\n", "\n");
    }

    /**
     * What it did.
     *
     * @param exitCode what it ended with
     * @param out what it wrote on standard output
     * @param err what it wrote on standard error
     */
    record Ended(int exitCode, String out, String err) {}
}
