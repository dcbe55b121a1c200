package io.github.jasyncio.samples.fetch;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the user asked for.
 *
 * @param help only tell about the program
 * @param limit how many pages to fetch at a time
 * @param timeout for each page, if the user has set one
 * @param progress show a line that tells how far it is
 * @param addresses URLs as they were written, and {@code -} for standard input
 */
record Options(boolean help, int limit, Optional<Duration> timeout, boolean progress, List<String> addresses) {

    static final String HELP = """
            Usage: fetch [OPTION...] [URL...]

            Fetches pages, several at a time, and prints a table of how each came out. Without a URL it starts a
            server inside itself, with fast, slow, failing and hanging pages, and fetches those.

              URL                http:// or https://; - reads URLs from standard input, one a line
              --limit N          fetch at most N pages at a time (8)
              --timeout SECONDS  give up on a page after this time (10; for the server inside 5)
              --progress         show how far it is even if standard input or output is no terminal
              --help             show this

            Ctrl-C stops, and prints what is known.
            Exit code: 0 all pages are good, 1 at least one is not (of the server inside: at least one came out other
            than it should), 2 the command line is wrong, 130 stopped by Ctrl-C""";

    private static final Set<String> WITH_VALUE = Set.of("--limit", "--timeout");
    private static final int DEFAULT_LIMIT = 8;
    private static final BigDecimal MAX_SECONDS = BigDecimal.valueOf(86_400);
    private static final int NANO_DIGITS = 9;

    Options {
        addresses = List.copyOf(addresses);
    }

    /**
     * Reads the command line.
     *
     * @throws UsageException if it makes no sense
     */
    static Options parse(List<String> arguments) throws UsageException {
        Deque<String> rest = new ArrayDeque<>(arguments);
        boolean help = false;
        int limit = DEFAULT_LIMIT;
        Optional<Duration> timeout = Optional.empty();
        boolean progress = Terminal.isThere();
        List<String> addresses = new ArrayList<>();
        while (!rest.isEmpty()) {
            String argument = rest.remove();
            int equals = argument.indexOf('=');
            if (equals > 0 && WITH_VALUE.contains(argument.substring(0, equals))) {
                // --limit=3 is --limit 3
                rest.push(argument.substring(equals + 1));
                argument = argument.substring(0, equals);
            }
            switch (argument) {
                case "--help", "-h" -> help = true;
                case "--limit" -> limit = limit(value(argument, rest));
                case "--timeout" -> timeout = Optional.of(timeout(value(argument, rest)));
                case "--progress" -> progress = true;
                default -> addresses.add(address(argument));
            }
        }
        return new Options(help, limit, timeout, progress, addresses);
    }

    private static String value(String option, Deque<String> rest) throws UsageException {
        String value = rest.poll();
        if (value == null) {
            throw new UsageException(option + " needs a value");
        }
        return value;
    }

    private static int limit(String text) throws UsageException {
        try {
            int limit = Integer.parseInt(text);
            if (limit > 0) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new UsageException("--limit " + text + ": a whole number above 0 was expected");
    }

    private static Duration timeout(String text) throws UsageException {
        try {
            BigDecimal seconds = new BigDecimal(text);
            if (seconds.signum() > 0 && seconds.compareTo(MAX_SECONDS) <= 0) {
                return Duration.ofNanos(seconds.movePointRight(NANO_DIGITS).longValue());
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new UsageException("--timeout " + text + ": seconds above 0 and up to a day were expected, such as 2.5");
    }

    private static String address(String argument) throws UsageException {
        if (argument.startsWith("-") && !argument.equals("-")) {
            throw new UsageException("unknown option '" + argument + "'");
        }
        return argument;
    }
}
