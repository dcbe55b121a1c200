package io.github.jasyncio.samples.basics;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs the programs by their names: {@code Basics NAME...}; without a name it lists them and runs them all. */
public final class Basics {

    private static final Map<String, Program> PROGRAMS = programs();

    private Basics() {}

    /** Ends the process with 0, or with 2 if there is no program of a name. */
    public static void main(String[] names) {
        System.exit(run(names, System.out, System.err));
    }

    static int run(String[] names, PrintStream out, PrintStream err) {
        for (String name : names) {
            if (!PROGRAMS.containsKey(name)) {
                err.println("basics: there is no program '" + name + "'; the programs are:");
                list(err);
                return 2;
            }
        }
        if (names.length == 0) {
            list(out);
            PROGRAMS.forEach((name, program) -> {
                out.println();
                out.println("--- " + name + ": " + program.subject);
                program.main.run();
            });
        }
        for (String name : names) {
            program(name).main.run();
        }
        return 0;
    }

    /** The names, in the order in which to read the programs. */
    static Iterable<String> names() {
        return PROGRAMS.keySet();
    }

    private static Program program(String name) {
        Program program = PROGRAMS.get(name);
        if (program == null) {
            throw new IllegalArgumentException("no program " + name);
        }
        return program;
    }

    private static void list(PrintStream out) {
        PROGRAMS.forEach((name, program) -> out.printf("  %-10s  %s%n", name, program.subject));
    }

    private static Map<String, Program> programs() {
        Map<String, Program> programs = new LinkedHashMap<>();
        programs.put("coroutine", new Program("a coroutine that is made, but does not run", CreatedNotRun::main));
        programs.put("await", new Program("waiting for a value, or for a failure", Awaiting::main));
        programs.put("tasks", new Program("coroutines that run together", Together::main));
        programs.put("cancel", new Program("cancelling a task", Cancelling::main));
        programs.put("timeout", new Program("waiting no longer than that", TimeLimit::main));
        programs.put("shield", new Program("what must not be cancelled", Shielding::main));
        programs.put("generators", new Program("values made one by one, when somebody asks", Generators::main));
        programs.put("closing", new Program("resources whose closing takes a wait", Closing::main));
        programs.put("future", new Program("futures completed by hand", CompletedByHand::main));
        programs.put(
                "computing", new Program("the mistake of computing in a coroutine, and its remedies", Computing::main));
        programs.put("blocking", new Program("the mistake of calling a blocking API, and its remedy", Blocking::main));
        programs.put("loop", new Program("a loop made, run and closed by hand", LoopByHand::main));
        programs.put("streams", new Program("a server and its clients", Streams::main));
        programs.put("processes", new Program("other programs, talked to and waited for", Processes::main));
        programs.put("debug", new Program("what debug mode finds", DebugMode::main));
        return programs;
    }

    /**
     * One of the programs.
     *
     * @param subject what it shows
     * @param main where it begins
     */
    private record Program(String subject, Runnable main) {}
}
