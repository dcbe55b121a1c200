package io.github.jasyncio;

import io.github.jasyncio.internal.Frame;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where suspended coroutines stand. */
final class CoroutineStack {

    private CoroutineStack() {}

    /**
     * The places at which the coroutines of a task stand, innermost first.
     *
     * @param root the task's coroutine
     * @param innermost its innermost suspended frame; null if it has not begun, runs, or has no frame
     */
    static List<StackTraceElement> awaits(Coroutine<?> root, @Nullable Frame<?> innermost) {
        List<StackTraceElement> places = new ArrayList<>();
        if (innermost == null) {
            if (root instanceof Frame<?> frame) {
                places.add(frame.location());
            }
        } else {
            for (Frame<?> frame = innermost; frame != null; frame = frame.parent()) {
                places.add(frame.location());
            }
        }
        return places;
    }

    static List<StackTraceElement> outermostFirst(List<StackTraceElement> innermostFirst) {
        List<StackTraceElement> places = new ArrayList<>(innermostFirst);
        Collections.reverse(places);
        return Collections.unmodifiableList(places);
    }
}
