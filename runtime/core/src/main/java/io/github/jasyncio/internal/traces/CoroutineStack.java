package io.github.jasyncio.internal.traces;

import io.github.jasyncio.Coroutine;
import io.github.jasyncio.internal.EagerCall;
import io.github.jasyncio.internal.Frame;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where suspended coroutines stand. */
public final class CoroutineStack {

    private static final int MOST_EAGER_CALLS = 1000;

    /** As many as a trace of the JVM's has: who is deeper than that in awaits wants to see where, not all the way back. */
    static final int MOST_FRAMES = 1024;

    private CoroutineStack() {}

    /**
     * The places at which the coroutines of a task stand, innermost first.
     *
     * @param root the task's coroutine
     * @param innermost its innermost suspended frame; null if it has not begun, runs, or has no frame
     */
    public static List<StackTraceElement> awaits(Coroutine<?> root, @Nullable Frame<?> innermost) {
        List<StackTraceElement> places = new ArrayList<>();
        if (innermost == null) {
            if (root instanceof Frame<?> frame) {
                places.add(frame.location());
            }
        } else {
            addFrames(places, innermost);
        }
        return places;
    }

    /** The places at which calls of the eager kind stand that are awaited one by the other, innermost first. */
    public static List<StackTraceElement> eagerAwaits(@Nullable Object awaitedStage) {
        List<StackTraceElement> places = new ArrayList<>();
        for (EagerCall<?> call : eagerCalls(awaitedStage)) {
            List<StackTraceElement> own = new ArrayList<>();
            addFrames(own, call.innermost());
            places.addAll(0, own);
        }
        return places;
    }

    private static void addFrames(List<StackTraceElement> places, @Nullable Frame<?> innermost) {
        int count = 0;
        for (Frame<?> frame = innermost; frame != null && count < MOST_FRAMES; frame = frame.parent()) {
            places.add(frame.location());
            count++;
        }
    }

    /** The calls of the eager kind that stand between a task and what it waits for in the end, outermost first. */
    public static List<EagerCall<?>> eagerCalls(@Nullable Object awaitedStage) {
        List<EagerCall<?>> calls = new ArrayList<>();
        Object next = awaitedStage;
        // The limit is for calls that wait for each other.
        while (next instanceof EagerCall<?> call && calls.size() < MOST_EAGER_CALLS) {
            calls.add(call);
            next = call.awaited();
        }
        return calls;
    }

    public static List<StackTraceElement> outermostFirst(List<StackTraceElement> innermostFirst) {
        List<StackTraceElement> places = new ArrayList<>(innermostFirst);
        Collections.reverse(places);
        return Collections.unmodifiableList(places);
    }
}
