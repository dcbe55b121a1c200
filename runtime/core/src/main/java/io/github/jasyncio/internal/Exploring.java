package io.github.jasyncio.internal;

import org.jspecify.annotations.Nullable;

/**
 * Whether loops that are made on a thread have a {@link Chooser}: how a test reaches into a loop without a door in the API.
 *
 * <p>A thread explores one program at a time. Each method speaks of the calling thread.
 */
public final class Exploring {

    /** Asked where somebody begins to wait for a lock, say; a plain field, so that it costs nothing while it has never been true. */
    private static boolean isOn;

    private static final ThreadLocal<@Nullable Chooser> CHOOSER = new ThreadLocal<>();

    private Exploring() {}

    /** Gives the loops that this thread makes from now on a chooser. */
    public static void begin(Chooser chooser) {
        isOn = true;
        CHOOSER.set(chooser);
    }

    /** Ends what {@link #begin} began. */
    public static void end() {
        CHOOSER.remove();
    }

    /** Who decides what runs next on a loop that this thread makes; null if the loop itself. */
    public static @Nullable Chooser chooser() {
        return isOn ? CHOOSER.get() : null;
    }

    /** A future stands in a queue of waiters from now on. */
    public static void waitsIn(Object future, Object queue) {
        Chooser chooser = chooser();
        if (chooser != null) {
            chooser.waitsIn(future, queue);
        }
    }
}
