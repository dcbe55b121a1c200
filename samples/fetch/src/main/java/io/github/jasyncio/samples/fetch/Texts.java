package io.github.jasyncio.samples.fetch;

import java.time.Duration;
import java.util.Locale;

/** How numbers are written for people. */
final class Texts {

    private static final double NANOS_PER_SECOND = 1e9;

    private Texts() {}

    /** For example {@code 0.25 s}. */
    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.2f s", time.toNanos() / NANOS_PER_SECOND);
    }

    /** For example {@code 1 page}, {@code 2,000 pages}. */
    static String count(long count, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
    }
}
