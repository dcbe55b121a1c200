package io.github.jasyncio.agent.cli;

import io.github.jasyncio.agent.Version;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;

/** Where {@code java -jar jasyncio-agent.jar} enters. */
public final class Main {

    /** All went well. */
    static final int OK = 0;
    /** Classes have errors, or files could not be read or written. */
    static final int FAILED = 1;
    /** The command line makes no sense. */
    static final int USAGE = 2;

    static final String HELP = """
            Usage: java -jar jasyncio-agent.jar transform|check [OPTION...] DIR|JAR...
                   java -jar jasyncio-agent.jar ps|pstree PID

            Commands:
              transform            rewrite the async methods of all classes in these directories and jars
              check                say what transform would say, and write nothing
              ps                   show the tasks of a running process as a table: state, coroutine stack, who awaits it
              pstree               show who awaits whom there, as a tree

            Options:
              -d OUT               write into this directory instead of in place: the content of a directory, a jar under its name
              --includes PATTERNS  only these classes: names separated by colons, * stands for any characters
              --excludes PATTERNS  not these classes
              --blocking-calls F   warn of the calls that this file lists, too: one method a line, such as
                                   shop.Dao.load Use shop.AsyncDao.
              --fail-on-warning    take warnings for errors
              --verbose            name every class that is rewritten
              --help               show this
              --version            show the version

            Exit code: 0 all is well, 1 errors were found or the process cannot be asked, 2 the command line is wrong""";

    private Main() {}

    /** Ends the process with one of the exit codes that {@code --help} names. */
    public static void main(String[] arguments) {
        System.exit(run(Arrays.asList(arguments), System.out, System.err));
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            out.println(HELP);
            return OK;
        }
        if (arguments.contains("--version")) {
            out.println("jasyncio " + Version.current());
            return OK;
        }
        CommandLine commandLine;
        try {
            if (InspectCommand.isMeant(arguments)) {
                return InspectCommand.parse(arguments, out, err).run();
            }
            commandLine = CommandLine.parse(arguments);
        } catch (UsageException e) {
            err.println("jasyncio: " + e.getMessage());
            err.println();
            err.println(HELP);
            return USAGE;
        }
        return new RewriteCommand(commandLine, out, err).run();
    }
}
