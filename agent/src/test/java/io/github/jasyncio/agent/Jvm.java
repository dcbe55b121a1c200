package io.github.jasyncio.agent;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a Java process of its own did.
 *
 * @param exitCode what it ended with
 * @param out what it wrote on standard output
 * @param err what it wrote on standard error
 */
public record Jvm(int exitCode, String out, String err) {

    /** The agent's jar as users get it. */
    public static final Path AGENT = Path.of(System.getProperty("jasyncio.agent.jar", "only in integration tests"));

    /** Runs {@code java} of this JDK to its end. */
    public static Jvm run(Path jdk, List<String> arguments) throws IOException, InterruptedException {
        return run(jdk, arguments, Map.of());
    }

    /** The same with variables in its environment. */
    static Jvm run(Path jdk, List<String> arguments, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("jasyncio", ".out");
        Path err = Files.createTempFile("jasyncio", ".err");
        try {
            List<String> command = new ArrayList<>();
            command.add(jdk.resolve("bin").resolve("java").toString());
            command.addAll(arguments);
            ProcessBuilder builder = new ProcessBuilder(command);
            // Options from outside would change what is tested, and announce themselves on standard error.
            builder.environment().remove("JAVA_TOOL_OPTIONS");
            builder.environment().remove("JDK_JAVA_OPTIONS");
            builder.environment().putAll(environment);
            Process process = builder.redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError("hangs: " + command + "\n" + Files.readString(out) + Files.readString(err));
            }
            return new Jvm(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** Runs a program of this module's test classes, the core beside it. */
    static Jvm run(Path jdk, List<String> options, Class<?> program) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(options);
        arguments.add("-cp");
        arguments.add(classPath(program));
        arguments.add(program.getName());
        return run(jdk, arguments);
    }

    /** The class path of such a program. */
    static String classPath(Class<?> program) {
        return location(program) + File.pathSeparator + location(io.github.jasyncio.Async.class);
    }

    /** The same with all that the tests have on their class path, but for the agent itself. */
    static Jvm runWithLibraries(Path jdk, List<String> options, Class<?> program, String... programArguments)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(options);
        arguments.add("-cp");
        arguments.add(location(program) + File.pathSeparator + libraries());
        arguments.add(program.getName());
        arguments.addAll(List.of(programArguments));
        return run(jdk, arguments);
    }

    /** What the tests have on their class path, but for the agent itself. */
    static String libraries() {
        return Stream.of(System.getProperty("surefire.test.class.path").split(File.pathSeparator))
                .filter(path -> !Path.of(path).equals(AGENT) && !path.endsWith("classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** The directory or jar that a class comes from. */
    public static Path location(Class<?> type) {
        return Path.of(java.net.URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }
}
