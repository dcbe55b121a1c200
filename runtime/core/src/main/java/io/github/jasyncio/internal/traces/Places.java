package io.github.jasyncio.internal.traces;

import io.github.jasyncio.internal.Frame;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where suspended coroutines stand, as traces show it. What a rewritten method's suspension points are called is made once for each: making it anew
 * for every failure costs more than all the rest of a cancellation. Thread-safe.
 */
final class Places {

    /** Those of one frame class, which it takes along when it is unloaded. */
    private static final ClassValue<Places> KNOWN = new ClassValue<>() {
        @Override
        protected Places computeValue(Class<?> frameClass) {
            return new Places(TraceElements.isMade(frameClass.getName()));
        }
    };

    /** Whether the suspension point is all that a place depends on. */
    private final boolean isMade;

    /** By number of the suspension point. Replaced, not filled, so that other threads see whole elements. */
    private volatile @Nullable StackTraceElement[] byPoint = {};

    private Places(boolean isMade) {
        this.isMade = isMade;
    }

    /** Where a frame stands that is suspended; null if it is machinery. */
    static @Nullable StackTraceElement of(Frame<?> frame) {
        Places places = KNOWN.get(frame.getClass());
        if (!places.isMade) {
            return TraceElements.of(frame);
        }
        int point = frame.suspensionPoint();
        @Nullable StackTraceElement[] known = places.byPoint;
        StackTraceElement place = point < known.length ? known[point] : null;
        // The line is asked for each time: a class may have been redefined.
        return place == null || place.getLineNumber() != frame.location().getLineNumber()
                ? places.add(point, frame)
                : place;
    }

    private @Nullable StackTraceElement add(int point, Frame<?> frame) {
        StackTraceElement place = TraceElements.of(frame);
        @Nullable StackTraceElement[] more = Arrays.copyOf(byPoint, Math.max(byPoint.length, point + 1));
        more[point] = place;
        byPoint = more;
        return place;
    }
}
