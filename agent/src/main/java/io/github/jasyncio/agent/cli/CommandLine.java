package io.github.jasyncio.agent.cli;

import io.github.jasyncio.agent.BlockingCallsFile;
import io.github.jasyncio.agent.ClassFilter;
import io.github.jasyncio.transform.BlockingCalls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the user asked for.
 *
 * @param write false if nothing is to be written, for {@code check}
 * @param output where to write; null means in place
 * @param filter which classes may be rewritten
 * @param blockingCalls what async methods are warned of
 * @param failOnWarning take warnings for errors
 * @param verbose name every class that is rewritten
 * @param inputs directories and jars; they exist
 */
record CommandLine(
        boolean write,
        @Nullable Path output,
        ClassFilter filter,
        BlockingCalls blockingCalls,
        boolean failOnWarning,
        boolean verbose,
        List<Path> inputs) {

    CommandLine {
        inputs = List.copyOf(inputs);
    }

    /**
     * Reads the arguments.
     *
     * @throws UsageException if they make no sense
     */
    static CommandLine parse(List<String> arguments) throws UsageException {
        Queue<String> rest = new ArrayDeque<>(arguments);
        boolean write = writes(rest.poll());
        Path output = null;
        List<String> includes = List.of();
        List<String> excludes = List.of();
        BlockingCalls blockingCalls = BlockingCalls.known();
        boolean failOnWarning = false;
        boolean verbose = false;
        List<Path> inputs = new ArrayList<>();
        while (!rest.isEmpty()) {
            String argument = rest.remove();
            switch (argument) {
                case "-d" -> output = Path.of(value(argument, rest));
                case "--includes" -> includes = List.of(value(argument, rest).split(":", -1));
                case "--excludes" -> excludes = List.of(value(argument, rest).split(":", -1));
                case "--blocking-calls" -> blockingCalls = blockingCalls(value(argument, rest));
                case "--fail-on-warning" -> failOnWarning = true;
                case "--verbose" -> verbose = true;
                default -> inputs.add(input(argument));
            }
        }
        if (inputs.isEmpty()) {
            throw new UsageException("no directory or jar named");
        }
        if (output != null && !write) {
            throw new UsageException("check writes nothing, so -d makes no sense");
        }
        if (output != null) {
            checkNames(inputs);
        }
        if (output != null && Files.exists(output) && !Files.isDirectory(output)) {
            throw new UsageException("-d " + output + " is not a directory");
        }
        return new CommandLine(
                write, output, new ClassFilter(includes, excludes), blockingCalls, failOnWarning, verbose, inputs);
    }

    private static void checkNames(List<Path> inputs) throws UsageException {
        Set<Path> names = new HashSet<>();
        for (Path input : inputs) {
            if (Files.isRegularFile(input) && !names.add(input.getFileName())) {
                throw new UsageException("-d would write two jars of the name " + input.getFileName()
                        + " to the same place; rewrite them one after the other");
            }
        }
    }

    private static boolean writes(@Nullable String command) throws UsageException {
        if (command == null) {
            throw new UsageException("no command");
        }
        return switch (command) {
            case "transform" -> true;
            case "check" -> false;
            default -> throw new UsageException("unknown command '" + command + "'");
        };
    }

    private static String value(String option, Queue<String> rest) throws UsageException {
        String value = rest.poll();
        if (value == null) {
            throw new UsageException(option + " needs a value");
        }
        return value;
    }

    private static BlockingCalls blockingCalls(String file) throws UsageException {
        try {
            return BlockingCallsFile.read(Path.of(file));
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private static Path input(String argument) throws UsageException {
        if (argument.startsWith("-")) {
            throw new UsageException("unknown option '" + argument + "'");
        }
        Path path = Path.of(argument);
        if (!Files.exists(path)) {
            throw new UsageException(argument + " does not exist");
        }
        return path;
    }
}
