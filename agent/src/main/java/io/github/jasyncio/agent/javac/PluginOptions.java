package io.github.jasyncio.agent.javac;

import io.github.jasyncio.agent.BlockingCallsFile;
import io.github.jasyncio.agent.ClassFilter;
import io.github.jasyncio.transform.BlockingCalls;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands behind the name in {@code "-Xplugin:jasyncio verbose includes=shop.*"}.
 *
 * @param failOnWarning takes warnings for errors
 * @param verbose names every class that is rewritten
 * @param filter which classes may be rewritten
 * @param blockingCalls what async methods are warned of
 */
record PluginOptions(boolean failOnWarning, boolean verbose, ClassFilter filter, BlockingCalls blockingCalls) {

    private static final String BLOCKING_CALLS = "blockingCalls=";

    static final String HELP = """
            Arguments of the jasyncio plugin, separated by blanks ("-Xplugin:jasyncio verbose includes=shop.*"):
              failOnWarning       take warnings for errors
              verbose             name every class that is rewritten
              includes=PATTERNS   rewrite only these classes: names separated by colons, * stands for any characters
              excludes=PATTERNS   leave these classes as they are
              blockingCalls=FILE  warn of these calls in async methods, too: one method a line""";

    /**
     * Reads the arguments.
     *
     * @throws IllegalArgumentException if one is unknown or has no value, and then the message lists the right ones; or if a file cannot be read
     */
    static PluginOptions parse(String... arguments) {
        boolean failOnWarning = false;
        boolean verbose = false;
        List<String> includes = new ArrayList<>();
        List<String> excludes = new ArrayList<>();
        BlockingCalls blockingCalls = BlockingCalls.known();
        for (String argument : arguments) {
            switch (argument) {
                case "failOnWarning" -> failOnWarning = true;
                case "verbose" -> verbose = true;
                default -> {
                    if (argument.startsWith(BLOCKING_CALLS)) {
                        blockingCalls = BlockingCallsFile.read(Path.of(argument.substring(BLOCKING_CALLS.length())));
                    } else if (!addPatterns("includes=", argument, includes)
                            && !addPatterns("excludes=", argument, excludes)) {
                        throw new IllegalArgumentException(
                                "unknown argument '" + argument + "' of the jasyncio plugin\n" + HELP);
                    }
                }
            }
        }
        return new PluginOptions(failOnWarning, verbose, new ClassFilter(includes, excludes), blockingCalls);
    }

    private static boolean addPatterns(String key, String argument, List<String> patterns) {
        if (!argument.startsWith(key)) {
            return false;
        }
        for (String pattern : argument.substring(key.length()).split(":", -1)) {
            if (pattern.isEmpty()) {
                throw new IllegalArgumentException(
                        "an empty pattern in argument '" + argument + "' of the jasyncio plugin\n" + HELP);
            }
            patterns.add(pattern);
        }
        return true;
    }
}
