package io.github.jasyncio.samples.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program in a process of its own, which ends with the test at the latest. */
final class RunningChat implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final BufferedReader output;
    private final List<String> heard = new ArrayList<>();

    private RunningChat(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    /** Starts what the build has made. */
    static RunningChat start(String password, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Dfile.encoding=UTF-8");
        command.add("-jar");
        command.add(Path.of(System.getProperty("chat.directory"), "chat.jar").toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // Options from outside would change what is tested, and announce themselves on standard error.
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().remove("JDK_JAVA_OPTIONS");
        builder.environment().put(Options.PASSWORD, password);
        return new RunningChat(builder.start());
    }

    void types(String line) throws IOException {
        OutputStream keyboard = process.getOutputStream();
        keyboard.write((line + "\n").getBytes(UTF_8));
        keyboard.flush();
    }

    void endsInput() throws IOException {
        process.getOutputStream().close();
    }

    /** Reads what it prints up to a line that has this in it, and gives that line. */
    String prints(String part) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            heard.add(line);
            if (line.contains(part)) {
                return line;
            }
        }
        throw new AssertionError("it has ended without printing \"" + part + "\", but:\n" + String.join("\n", heard));
    }

    /** Does what Ctrl-C does. */
    void interrupt() throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
        if (kill.waitFor() != 0) {
            throw new IllegalStateException("kill ended with " + kill.exitValue());
        }
    }

    /** Waits for its end: the exit code, and what it has printed since. */
    Ended ended() throws IOException, InterruptedException {
        List<String> rest = output.lines().toList();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError(
                    "hangs; it printed:\n" + String.join("\n", heard) + "\n" + String.join("\n", rest));
        }
        return new Ended(process.exitValue(), rest);
    }

    /**
     * How it ended.
     *
     * @param exitCode its exit code
     * @param output what it printed last
     */
    record Ended(int exitCode, List<String> output) {}

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
