package io.github.jasyncio.conformance.random;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A program and what CPython has logged for it. */
record Recording(int seed, List<String> program, List<String> trace) {

    private static final String HEAD = "=== ";

    /** What {@code record.py} has written: for each seed its head, the program, {@code ---}, the trace. */
    static List<Recording> parse(List<String> lines) {
        List<Recording> recordings = new ArrayList<>();
        List<String> part = List.of();
        for (String line : lines) {
            if (line.startsWith(HEAD)) {
                int seed = Integer.parseInt(line.substring(HEAD.length()));
                Recording recording = new Recording(seed, new ArrayList<>(), new ArrayList<>());
                recordings.add(recording);
                part = recording.program;
            } else if (line.equals("---")) {
                part = recordings.get(recordings.size() - 1).trace;
            } else {
                part.add(line);
            }
        }
        return recordings;
    }

    /** Runs the program in Java; empty if it logs the same, otherwise what differs, for a person to read. */
    String difference() {
        return difference(Program::run);
    }

    /**
     * The same for a program of another kind.
     *
     * @param interpreter gives the trace of a program
     */
    String difference(Function<List<String>, List<String>> interpreter) {
        List<String> actual = interpreter.apply(program);
        int same = 0;
        while (same < trace.size() && same < actual.size() && isSame(trace.get(same), actual.get(same))) {
            same++;
        }
        if (same == trace.size() && same == actual.size()) {
            return "";
        }
        return String.join(
                "\n",
                "seed " + seed + ", line " + (same + 1) + " of the trace:",
                "  CPython: " + (same < trace.size() ? trace.get(same) : "(has ended)"),
                "  Java:    " + (same < actual.size() ? actual.get(same) : "(has ended)"),
                "",
                "The program:",
                String.join("\n", program),
                "",
                "The trace on CPython:",
                String.join("\n", trace),
                "",
                "The trace in Java:",
                String.join("\n", actual));
    }

    /** CPython drops the message of a cancelled task's {@code CancelledError} when it is retrieved for the second time; ours stays. */
    private boolean isSame(String expected, String actual) {
        if (expected.equals(actual)) {
            return true;
        }
        if (!program.contains("messages")) {
            return false;
        }
        return withoutDroppedMessages(expected, actual).equals(expected);
    }

    /** Takes a cancellation's message out of {@code actual} where {@code expected} has none. */
    private static String withoutDroppedMessages(String expected, String actual) {
        String[] expectedParts = expected.split(ERROR, -1);
        String[] actualParts = actual.split(ERROR, -1);
        for (int i = 1; i < actualParts.length && i < expectedParts.length; i++) {
            if (!expectedParts[i].startsWith(": ")) {
                actualParts[i] = actualParts[i].replaceFirst("^: m\\d", "");
            }
        }
        return String.join(ERROR, actualParts);
    }

    private static final String ERROR = "CancelledError";
}
