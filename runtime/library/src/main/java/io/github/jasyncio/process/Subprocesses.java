package io.github.jasyncio.process;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Starts programs: static methods, meant for static import, on the running loop. Semantics: the functions of {@code asyncio.subprocess}. */
public final class Subprocesses {

    private Subprocesses() {}

    /**
     * Starts a program, with pipes for its input, output and errors.
     *
     * <p>Semantics: {@code asyncio.create_subprocess_exec} with {@code PIPE} for all three; other wishes go into {@link ProcessOptions}.
     *
     * @param program its path, or its name, which is looked for on the {@code PATH}
     * @param arguments as they are: no shell sees them
     * @throws IOException when awaited: there is no such program, it may not be run, or the system has no room for it
     */
    public static Coroutine<Process> createSubprocessExec(String program, String... arguments) throws IOException {
        return createSubprocessExec(ProcessOptions.DEFAULTS, program, arguments);
    }

    /**
     * Starts a program.
     *
     * <p>Semantics: {@code asyncio.create_subprocess_exec}.
     *
     * @param program its path, or its name, which is looked for on the {@code PATH}
     * @param arguments as they are: no shell sees them
     * @throws IOException when awaited: there is no such program, it may not be run, or the system has no room for it
     */
    @Async
    public static Coroutine<Process> createSubprocessExec(ProcessOptions options, String program, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(Arrays.asList(arguments));
        return Coroutine.of(Process.start(options, command));
    }

    /**
     * Starts a command line of the system's shell, {@code /bin/sh} or {@code cmd.exe}, with pipes for its input, output and errors. What comes from
     * outside does not belong into it.
     *
     * <p>Semantics: {@code asyncio.create_subprocess_shell} with {@code PIPE} for all three.
     *
     * @throws IOException when awaited: the system has no shell, or no room for it
     */
    public static Coroutine<Process> createSubprocessShell(String commandLine) throws IOException {
        return createSubprocessShell(ProcessOptions.DEFAULTS, commandLine);
    }

    /**
     * Starts a command line of the system's shell, {@code /bin/sh} or {@code cmd.exe}.
     *
     * <p>Semantics: {@code asyncio.create_subprocess_shell}.
     *
     * @throws IOException when awaited: the system has no shell, or no room for it
     */
    public static Coroutine<Process> createSubprocessShell(ProcessOptions options, String commandLine)
            throws IOException {
        boolean isWindows = System.getProperty("os.name").startsWith("Windows");
        return isWindows
                ? createSubprocessExec(options, "cmd.exe", "/c", commandLine)
                : createSubprocessExec(options, "/bin/sh", "-c", commandLine);
    }
}
