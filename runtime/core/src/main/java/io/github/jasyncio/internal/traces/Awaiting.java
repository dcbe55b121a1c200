package io.github.jasyncio.internal.traces;

import io.github.jasyncio.internal.Frame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait for something, as a stack trace shows them: the nearest first.
 *
 * @param places where they stand
 * @param isWhole true if they are all there can be: the last are those who run the loop; otherwise somebody may yet come to await the last
 * @param isNew true if a trace that they are to follow does not end with the first of them already
 */
public record Awaiting(List<StackTraceElement> places, boolean isWhole, boolean isNew) {

    /** Those of whom the first may be at the end of a trace already. */
    public Awaiting(List<StackTraceElement> places, boolean isWhole) {
        this(places, isWhole, false);
    }

    public Awaiting asNew() {
        return new Awaiting(places, isWhole, true);
    }

    /** As long as a trace of the JVM's can be, unless it is told otherwise. */
    public static final int LONGEST = 1024;

    /** Nobody yet. */
    public static final Awaiting NOBODY = new Awaiting(List.of(), false);

    /**
     * Adds where suspended coroutines stand.
     *
     * @param innermost the first of them
     */
    public static void addTo(List<StackTraceElement> places, @Nullable Frame<?> innermost) {
        for (Frame<?> frame = innermost; frame != null && places.size() < LONGEST; frame = frame.parent()) {
            // One that is not suspended is on the Java stack.
            StackTraceElement place = frame.standsStill() ? Places.of(frame) : null;
            if (place != null) {
                places.add(place);
            }
        }
    }

    /** Where suspended coroutines stand, as a trace that may go on. A task that is cancelled needs no more, so it is made without detours. */
    public static StackTraceElement[] openEnded(@Nullable Frame<?> innermost) {
        int depth = 0;
        for (Frame<?> frame = innermost; frame != null && depth < LONGEST; frame = frame.parent()) {
            depth++;
        }
        StackTraceElement[] places = new StackTraceElement[depth];
        int count = 0;
        for (Frame<?> frame = innermost; frame != null && count < depth; frame = frame.parent()) {
            StackTraceElement place = frame.standsStill() ? Places.of(frame) : null;
            if (place != null) {
                places[count++] = place;
            }
        }
        if (count > 0) {
            places[count - 1] = TraceElements.withOpenEnd(places[count - 1]);
        }
        return count == depth ? places : Arrays.copyOf(places, count);
    }

    /** Suspended coroutines, and those who wait for the last of them. */
    public static Awaiting of(@Nullable Frame<?> innermost, Awaiting beyond) {
        List<StackTraceElement> places = new ArrayList<>();
        addTo(places, innermost);
        places.addAll(beyond.places);
        return new Awaiting(places, beyond.isWhole);
    }
}
