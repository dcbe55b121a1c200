package io.github.jasyncio.samples.benchmarks.network;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** An {@link EchoServer} in a JVM of its own, which ends with this. */
public final class ServerProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader answers;
    private final int port;

    /** Starts one; {@code command} runs {@link EchoServer}, or what speaks as it does. */
    public ServerProcess(List<String> command) throws IOException {
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        answers = process.inputReader(StandardCharsets.UTF_8);
        port = Integer.parseInt(answer());
    }

    /** Where it listens, on the loopback interface. */
    public int port() {
        return port;
    }

    /** What it has used of the processors, in nanoseconds. */
    public long cpuNanos() throws IOException {
        return ask("cpu");
    }

    /** What is left on its heap once the garbage is collected, in bytes; only of an {@link EchoServer}. */
    public long heapBytes() throws IOException {
        return ask("heap");
    }

    private long ask(String question) throws IOException {
        OutputStream questions = process.getOutputStream();
        questions.write((question + "\n").getBytes(StandardCharsets.UTF_8));
        questions.flush();
        return Long.parseLong(answer());
    }

    private String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the server has ended: " + process.info());
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
    }
}
