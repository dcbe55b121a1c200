package io.github.jasyncio.internal.loop;

import java.time.Duration;

/** Durations as nanoseconds in a long. */
public final class Durations {

    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);
    private static final Duration SHORTEST = Duration.ofNanos(Long.MIN_VALUE);

    private Durations() {}

    /** Its nanoseconds; more than fit into a long (292 years) are as many as fit. */
    public static long nanos(Duration duration) {
        if (duration.compareTo(LONGEST) > 0) {
            return Long.MAX_VALUE;
        }
        if (duration.compareTo(SHORTEST) < 0) {
            return Long.MIN_VALUE;
        }
        return duration.toNanos();
    }

    /** The same duration, or the next one with which can be reckoned: 292 years at most, in either direction. */
    public static Duration bounded(Duration duration) {
        return Duration.ofNanos(nanos(duration));
    }
}
