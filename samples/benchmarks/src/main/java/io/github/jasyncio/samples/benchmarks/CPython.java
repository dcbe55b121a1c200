package io.github.jasyncio.samples.benchmarks;

import io.github.jasyncio.samples.benchmarks.peer.Workload;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Runs the workloads with CPython's asyncio, in a process of its own. */
final class CPython {

    private static final String SCRIPT = "asyncio_peer.py";

    private final String command;

    CPython(String command) {
        this.command = command;
    }

    /**
     * What a run came to.
     *
     * @param result the workload's result
     * @param median nanoseconds of a run; bytes of all tasks where that is what the workload measures
     * @param version CPython's
     */
    record Run(long result, long median, String version) {}

    /** Runs a workload; nothing if there is no such command here. */
    Optional<Run> run(Workload workload, int size, int rounds) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(
                            command,
                            "-",
                            workload.label(),
                            Integer.toString(size),
                            Integer.toString(Workload.DEPTH),
                            Integer.toString(Workload.CAPACITY),
                            Workload.LABEL,
                            Integer.toString(rounds))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            return Optional.empty();
        }
        try (InputStream script = CPython.class.getResourceAsStream(SCRIPT);
                OutputStream out = process.getOutputStream()) {
            if (script == null) {
                throw new IllegalStateException("no " + SCRIPT + " beside this class");
            }
            script.transferTo(out);
        }
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        int status = process.waitFor();
        if (status != 0 || lines.size() != 3) {
            throw new IllegalStateException(
                    command + " ended with status " + status + " in " + workload.label() + " and printed " + lines);
        }
        return Optional.of(new Run(Long.parseLong(lines.get(0)), Long.parseLong(lines.get(1)), lines.get(2)));
    }
}
