package io.github.jasyncio.internal.debug;

import io.github.jasyncio.internal.Log;
import io.github.jasyncio.internal.ObjectText;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Logs, in debug mode, what holds the loop too long, and where it does. Measured on the real clock, also on a loop with a virtual one.
 *
 * <p>Where, that only another thread can see while it lasts: a {@link Watchdog}. Loop-confined, but for what is said to be the watchdog's.
 */
public final class SlowCallbacks {

    private static final String REMEDY =
            "\n    meanwhile nothing else can run on the loop; what blocks belongs on another thread:"
                    + " await(toThread(() -> ...))";

    private volatile Duration threshold = Duration.ofMillis(100);

    // idle (even) --run--> running (odd) --its end--> idle ... A watchdog that finds the same odd number before and
    // after
    // it took a sample knows that the sample is of that step.
    private volatile long step;

    /** The same number, for the loop's thread alone, which counts. */
    private long count;

    private volatile long begin;
    private volatile @Nullable Object entry;
    private volatile @Nullable Thread thread;
    private volatile @Nullable Sample sample;

    private volatile @Nullable Watchdog watchdog;

    /**
     * Where a step stood.
     *
     * @param step its number
     * @param after how long it had run then
     */
    public record Sample(long step, Duration after, List<StackTraceElement> stack) {}

    public Duration threshold() {
        return threshold;
    }

    public void setThreshold(Duration threshold) {
        this.threshold = threshold;
    }

    /**
     * Runs what stood in the ready queue.
     *
     * @param step runs it
     */
    public void run(Object entry, Runnable step) {
        begin(entry);
        try {
            step.run();
        } finally {
            end(entry);
        }
    }

    private void begin(Object entry) {
        this.entry = entry;
        thread = Thread.currentThread();
        begin = System.nanoTime();
        step = ++count;
        Watchdog dog = watchdog;
        if (dog == null || !dog.wakeUp()) {
            watchdog = new Watchdog(this);
        }
    }

    private void end(Object entry) {
        long ended = count;
        step = ++count;
        this.entry = null;
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        if (took.compareTo(threshold) >= 0) {
            Sample taken = sample;
            String where = taken == null || taken.step != ended
                    ? ""
                    : "; after " + seconds(taken.after) + " it was here:" + UserFrames.text(taken.stack);
            Log.log(
                    System.Logger.Level.WARNING,
                    "Executing " + ObjectText.of(entry) + " took " + seconds(took) + where + REMEDY);
        }
        sample = null;
    }

    /** The loop is closed, or lost. Thread-safe. */
    public void stop() {
        Watchdog dog = watchdog;
        if (dog != null) {
            dog.end();
        }
    }

    // ------------------------------------------------------------------------------------------------ the watchdog's

    /** The number of the step that runs, or an even one. */
    public long step() {
        return step;
    }

    /** How long the step that runs has done so. */
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** Looks where a step stands, and keeps it for the report at its end; null if the step has ended meanwhile. */
    @Nullable
    public Sample takeSample(long running) {
        Thread target = thread;
        Duration after = elapsed();
        if (target == null || step != running) {
            return null;
        }
        Sample taken = new Sample(
                running,
                after,
                UserFrames.of(Arrays.stream(target.getStackTrace())).toList());
        if (step != running) {
            return null;
        }
        sample = taken;
        return taken;
    }

    /** Tells of a step that goes on and on: its end, with which the usual report comes, may never be. */
    public void tellOf(Sample taken) {
        Object slow = entry;
        if (slow != null && step == taken.step) {
            Log.log(
                    System.Logger.Level.WARNING,
                    "Executing " + ObjectText.of(slow) + " has taken " + seconds(taken.after)
                            + " and goes on; it is here:" + UserFrames.text(taken.stack) + REMEDY);
        }
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f seconds", duration.toNanos() / 1e9);
    }
}
