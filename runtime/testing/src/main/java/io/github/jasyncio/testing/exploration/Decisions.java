package io.github.jasyncio.testing.exploration;

import java.util.Arrays;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * An order: for each place in which there was a choice, which of the possible ones ran; the oldest is number 0. Behind the end it is the oldest always, so
 * that asyncio's own order has none.
 *
 * <p>As text only the places stand where it was not the oldest: {@code 3:1 17:2}.
 */
final class Decisions {

    static final Decisions NONE = new Decisions(new int[0]);

    /** No program of a test has so many choices that this would be a limit; it keeps a typing error from taking all memory. */
    private static final int MAX_PLACE = 10_000_000;

    private final int[] choices;

    Decisions(int[] choices) {
        int length = choices.length;
        while (length > 0 && choices[length - 1] == 0) {
            length--;
        }
        this.choices = Arrays.copyOf(choices, length);
    }

    /**
     * Reads what {@link #toString} has written.
     *
     * @throws IllegalArgumentException if it is something else
     */
    static Decisions parse(String text) {
        int[] choices = new int[0];
        for (String part : text.strip().split("[\\s,]+", 0)) {
            if (part.isEmpty()) {
                continue;
            }
            int colon = part.indexOf(':');
            try {
                int place = Integer.parseInt(part.substring(0, Math.max(colon, 0)));
                int choice = Integer.parseInt(part.substring(colon + 1));
                if (place < 0 || choice < 0 || place > MAX_PLACE) {
                    throw new NumberFormatException("out of range");
                }
                if (place >= choices.length) {
                    choices = Arrays.copyOf(choices, place + 1);
                }
                choices[place] = choice;
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "schedule: '" + part + "' in \"" + text
                                + "\" is no reordering; a schedule is what a failure has"
                                + " printed, such as \"3:1 17:2\": place and choice",
                        e);
            }
        }
        return new Decisions(choices);
    }

    int at(int place) {
        return place < choices.length ? choices[place] : 0;
    }

    /** Where a run that was to follow this did otherwise, because it had no such choice; null if it followed. */
    @Nullable
    String misfit(Path path) {
        for (int place = 0; place < choices.length; place++) {
            if (choices[place] == 0) {
                continue;
            }
            if (place >= path.length()) {
                return place + ":" + choices[place] + " is a place that it has not come to: it has had " + path.length()
                        + " places to choose at";
            }
            if (choices[place] >= path.width(place)) {
                return place + ":" + choices[place] + " is a choice that it has not had: there were "
                        + path.width(place) + ", from 0";
            }
        }
        return null;
    }

    int reorderings() {
        int count = 0;
        for (int choice : choices) {
            count += choice == 0 ? 0 : 1;
        }
        return count;
    }

    /** The same with asyncio's own order from place {@code from} up to {@code to}. */
    Decisions without(int from, int to) {
        int[] left = choices.clone();
        Arrays.fill(left, Math.min(from, left.length), Math.min(to, left.length), 0);
        return new Decisions(left);
    }

    Decisions with(int place, int choice) {
        int[] changed = Arrays.copyOf(choices, Math.max(choices.length, place + 1));
        changed[place] = choice;
        return new Decisions(changed);
    }

    int length() {
        return choices.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Decisions decisions && Arrays.equals(choices, decisions.choices);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(choices);
    }

    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(" ");
        for (int place = 0; place < choices.length; place++) {
            if (choices[place] != 0) {
                text.add(place + ":" + choices[place]);
            }
        }
        return text.toString();
    }
}
