package io.github.jasyncio.process;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a program that is to be started: where its input comes from and its output goes, where it runs, what stands in its environment.
 *
 * <p>Semantics: the arguments of {@code asyncio.create_subprocess_exec}. Each method gives options that differ in one thing.
 *
 * @param stdin where its input comes from: {@link Redirect#PIPE}, {@link Redirect#INHERIT}, {@link #DEVNULL}, or a file
 * @param stdout where its output goes: one of the same
 * @param stderr where its errors go: one of the same; null if they go where the output goes
 * @param directory where it runs; null for where this program runs
 * @param environment what is added to this program's environment
 * @param inheritsEnvironment whether it has this program's environment as well
 * @param limit of its streams, see {@link io.github.jasyncio.net.StreamReader}
 */
public record ProcessOptions(
        Redirect stdin,
        Redirect stdout,
        @Nullable Redirect stderr,
        @Nullable Path directory,
        Map<String, String> environment,
        boolean inheritsEnvironment,
        int limit) {

    /** Reads nothing, or drops what is written. Semantics: {@code subprocess.DEVNULL}. */
    public static final Redirect DEVNULL = Redirect.DISCARD;

    /** Three pipes, and all else as here. */
    public static final ProcessOptions DEFAULTS =
            new ProcessOptions(Redirect.PIPE, Redirect.PIPE, Redirect.PIPE, null, Map.of(), true, 64 * 1024);

    /**
     * Checks them.
     *
     * @throws IllegalArgumentException if the limit is not positive
     */
    public ProcessOptions {
        environment = Map.copyOf(environment);
        if (limit <= 0) {
            throw new IllegalArgumentException("ProcessOptions: a positive limit was expected, got " + limit);
        }
    }

    /** Semantics: {@code stdin=}. */
    public ProcessOptions withStdin(Redirect from) {
        return new ProcessOptions(from, stdout, stderr, directory, environment, inheritsEnvironment, limit);
    }

    /** Semantics: {@code stdout=}. */
    public ProcessOptions withStdout(Redirect to) {
        return new ProcessOptions(stdin, to, stderr, directory, environment, inheritsEnvironment, limit);
    }

    /** Semantics: {@code stderr=}. */
    public ProcessOptions withStderr(Redirect to) {
        return new ProcessOptions(stdin, stdout, to, directory, environment, inheritsEnvironment, limit);
    }

    /** Semantics: {@code stderr=STDOUT}. */
    public ProcessOptions withStderrToStdout() {
        return new ProcessOptions(stdin, stdout, null, directory, environment, inheritsEnvironment, limit);
    }

    /** Semantics: {@code cwd=}. */
    public ProcessOptions withDirectory(Path directory) {
        return new ProcessOptions(stdin, stdout, stderr, directory, environment, inheritsEnvironment, limit);
    }

    /** Adds a variable to its environment. asyncio has no counterpart: there {@code env=} is all of it. */
    public ProcessOptions withVariable(String name, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(name, value);
        return new ProcessOptions(stdin, stdout, stderr, directory, more, inheritsEnvironment, limit);
    }

    /** Gives it these variables and no others. Semantics: {@code env=}. */
    public ProcessOptions withEnvironment(Map<String, String> all) {
        return new ProcessOptions(stdin, stdout, stderr, directory, all, false, limit);
    }

    /** Semantics: {@code limit=}. */
    public ProcessOptions withLimit(int limit) {
        return new ProcessOptions(stdin, stdout, stderr, directory, environment, inheritsEnvironment, limit);
    }
}
