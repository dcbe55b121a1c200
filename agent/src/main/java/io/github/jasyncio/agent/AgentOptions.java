package io.github.jasyncio.agent;

import io.github.jasyncio.transform.BlockingCalls;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind the {@code =} of {@code -javaagent:jasyncio-agent.jar=debug,includes=shop.*}.
 *
 * @param debug switches on the runtime's debug mode
 * @param verbose names every class that is rewritten
 * @param help asks for {@link #HELP} instead of an agent
 * @param filter which classes may be rewritten
 * @param blockingCalls what async methods are warned of
 */
record AgentOptions(boolean debug, boolean verbose, boolean help, ClassFilter filter, BlockingCalls blockingCalls) {

    private static final String BLOCKING_CALLS = "blocking-calls=";

    static final String HELP = """
            Options of the jasyncio agent, separated by commas (-javaagent:jasyncio-agent.jar=debug,includes=shop.*):
              debug               switch on debug mode, as -Djasyncio.debug=true does, and let a debugger see
                                  variables that are in scope but not used any more
              verbose             name every class that is rewritten
              includes=PATTERNS   rewrite only these classes: names separated by colons, * stands for any characters
              excludes=PATTERNS   leave these classes as they are
              blocking-calls=FILE warn of these calls in async methods, too: one method a line, such as
                                  shop.Dao.load Use shop.AsyncDao.
              help                show this and end""";

    /**
     * Reads the text of the options.
     *
     * @param text null or empty means none
     * @throws IllegalArgumentException if an option is unknown or has no value; the message lists the right ones. Also if a file that it names
     *     cannot be read
     */
    static AgentOptions parse(@Nullable String text) {
        boolean debug = false;
        boolean verbose = false;
        boolean help = false;
        List<String> includes = new ArrayList<>();
        List<String> excludes = new ArrayList<>();
        BlockingCalls blockingCalls = BlockingCalls.known();
        for (String option : split(text == null ? "" : text, ',')) {
            switch (option) {
                case "debug" -> debug = true;
                case "verbose" -> verbose = true;
                case "help" -> help = true;
                default -> {
                    if (option.startsWith(BLOCKING_CALLS)) {
                        blockingCalls = BlockingCallsFile.read(Path.of(option.substring(BLOCKING_CALLS.length())));
                    } else if (!addPatterns("includes=", option, includes)
                            && !addPatterns("excludes=", option, excludes)) {
                        throw new IllegalArgumentException(
                                "unknown option '" + option + "' of the jasyncio agent\n" + HELP);
                    }
                }
            }
        }
        return new AgentOptions(debug, verbose, help, new ClassFilter(includes, excludes), blockingCalls);
    }

    private static boolean addPatterns(String key, String option, List<String> patterns) {
        if (!option.startsWith(key)) {
            return false;
        }
        List<String> values = split(option.substring(key.length()), ':');
        if (values.isEmpty()) {
            throw new IllegalArgumentException("option '" + option + "' of the jasyncio agent names no class\n" + HELP);
        }
        patterns.addAll(values);
        return true;
    }

    /** The parts that are not blank. By hand, because every start of a program with the agent comes through here. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int begin = 0;
        while (begin <= text.length()) {
            int end = text.indexOf(separator, begin);
            if (end < 0) {
                end = text.length();
            }
            String part = text.substring(begin, end).strip();
            if (!part.isEmpty()) {
                parts.add(part);
            }
            begin = end + 1;
        }
        return parts;
    }
}
