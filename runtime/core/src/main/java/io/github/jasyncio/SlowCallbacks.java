package io.github.jasyncio;

import java.time.Duration;

/** Logs, in debug mode, what holds the loop too long. Measured on the real clock, also on a loop with a virtual one. */
final class SlowCallbacks {

    private static final System.Logger LOGGER = System.getLogger("jasyncio");

    private Duration threshold = Duration.ofMillis(100);
    private long begin;
    private boolean isMeasuring;

    Duration threshold() {
        return threshold;
    }

    void setThreshold(Duration threshold) {
        this.threshold = threshold;
    }

    void before() {
        isMeasuring = true;
        begin = System.nanoTime();
    }

    void after(Object entry) {
        // Debug mode may have been switched on by this very entry.
        if (!isMeasuring) {
            return;
        }
        isMeasuring = false;
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        if (took.compareTo(threshold) >= 0) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    () -> "Executing " + entry + " took " + took.toMillis() / 1000.0 + " seconds");
        }
    }
}
