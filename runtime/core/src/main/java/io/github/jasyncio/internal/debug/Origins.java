package io.github.jasyncio.internal.debug;

import io.github.jasyncio.internal.DebugMode;
import io.github.jasyncio.internal.Log;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The record of debug mode: where coroutines, futures, callbacks and loops were made, and what is to be said of those that are lost before they
 * have served their purpose. Kept beside the objects, which have no field for it. Thread-safe.
 *
 * <p>What is lost is said on a daemon thread as soon as the garbage collector has found it, and when the JVM ends.
 */
public final class Origins {

    public static final ReferenceQueue<Object> LOST = new ReferenceQueue<>();

    /** By the record itself and by {@link Origin.Key}. */
    private static final ConcurrentHashMap<Object, Origin> RECORDS = new ConcurrentHashMap<>();

    /** Asks which loop runs on the thread that asks. */
    private static volatile Supplier<? extends @Nullable HomeLoop> running = () -> null;

    /** How many loops are in debug mode. Guarded by the class. */
    private static int loops;

    static {
        Thread reaper = new Thread(Origins::reap, "jasyncio-debug");
        reaper.setDaemon(true);
        reaper.start();
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(Origins::atExit, "jasyncio-debug-exit"));
        } catch (IllegalStateException e) {
            // The JVM is ending already.
            Log.log(System.Logger.Level.DEBUG, "too late to report what is left at the end", e);
        }
    }

    private Origins() {}

    /**
     * Lets this know which loop runs. For the root package, whenever one is made in debug mode.
     *
     * @param here asks the calling thread
     */
    public static void askForLoops(Supplier<? extends @Nullable HomeLoop> here) {
        running = here;
    }

    static @Nullable HomeLoop loopHere() {
        return running.get();
    }

    // ------------------------------------------------------------------------------------------------ making

    /** Records where {@code made} is being made. */
    public static void keep(Object made) {
        add(new Origin(made, UserFrames.here(), null));
    }

    /** Records where {@code made} was made. */
    public static void keep(Object made, List<StackTraceElement> stack) {
        add(new Origin(made, stack, null));
    }

    /**
     * Records where {@code made} is being made, and what is to be said if it becomes garbage before {@link #settle}.
     *
     * @param complaint of where it was made
     */
    public static void keep(Object made, Function<List<StackTraceElement>, String> complaint) {
        List<StackTraceElement> stack = UserFrames.here();
        add(new Origin(made, stack, complaint.apply(stack)));
    }

    /** A loop enters debug mode: records where, and switches on what the process as a whole does. */
    public static void enter(HomeLoop loop) {
        count(1);
        List<StackTraceElement> stack = UserFrames.here();
        String complaint =
                "an event loop was never closed, nor its default executor: close() it, or let run(...) do that\n"
                        + "created, or put into debug mode, at:" + UserFrames.text(stack);
        add(new Origin(loop, stack, complaint) {
            @Override
            void lost() {
                count(-1);
            }
        });
    }

    /**
     * Records a coroutine that is being made, unless it is a frame, which holds what is suspended already.
     *
     * @return false if it is a frame
     */
    public static boolean keepCoroutine(Object made) {
        List<StackTraceElement> frames = StackWalker.getInstance()
                .walk(stack ->
                        stack.map(StackWalker.StackFrame::toStackTraceElement).toList());
        Making making = Making.of(made, frames);
        if (making == null) {
            return false;
        }
        add(new Origin(made, making.stack(), making.complaint()));
        return true;
    }

    private static void add(Origin origin) {
        RECORDS.put(origin, origin);
    }

    // ------------------------------------------------------------------------------------------------ asking

    /** Where {@code made} was made, innermost first; empty if there is no record. */
    public static List<StackTraceElement> of(Object made) {
        Origin origin = RECORDS.get(new Origin.Key(made));
        return origin == null ? List.of() : origin.stack();
    }

    /** {@code made} has served its purpose: nothing is to be said any more when it becomes garbage. */
    public static void settle(Object made) {
        Origin origin = RECORDS.get(new Origin.Key(made));
        if (origin != null) {
            origin.settle();
        }
    }

    /** A loop has left debug mode, or was closed. */
    public static void leave(HomeLoop loop) {
        RECORDS.remove(new Origin.Key(loop));
        count(-1);
    }

    private static synchronized void count(int change) {
        loops += change;
        DebugMode.switchTo(loops > 0);
        if (!DebugMode.isOn()) {
            // From now on nobody says any more when something has served its purpose.
            RECORDS.clear();
        }
    }

    // ------------------------------------------------------------------------------------------------ complaining

    /** Says what is to be said of everything unsettled that was made while {@code loop} ran: it is being closed. */
    public static void complainOf(HomeLoop loop) {
        takeComplaints(origin -> origin.isOf(loop)).forEach(complaint -> {
            if (!loop.hears(complaint)) {
                log(complaint);
            }
        });
    }

    private static List<String> takeComplaints(Predicate<Origin> choice) {
        return RECORDS.values().stream()
                .filter(choice)
                .sorted(Comparator.comparingLong(Origin::number))
                .map(Origin::takeComplaint)
                .filter(text -> text != null)
                .toList();
    }

    private static void log(String complaint) {
        Log.log(System.Logger.Level.WARNING, complaint);
    }

    private static void reap() {
        try {
            while (true) {
                lose(LOST.remove());
            }
        } catch (InterruptedException e) {
            Log.log(System.Logger.Level.WARNING, "debug mode tells no more of what is lost: interrupted", e);
        }
    }

    private static void lose(Reference<?> reference) {
        Origin origin = (Origin) reference;
        if (RECORDS.remove(origin) != null) {
            origin.lost();
            String complaint = origin.takeComplaint();
            if (complaint != null && !origin.isHeard(complaint)) {
                log(complaint);
            }
        }
    }

    /** What is in the hands of a loop that is not closed may still be meant to run. */
    private static void atExit() {
        for (Reference<?> lost = LOST.poll(); lost != null; lost = LOST.poll()) {
            lose(lost);
        }
        // Not to the logger: java.util.logging may have been shut down already, by a hook of its own.
        takeComplaints(origin -> !origin.isOfOpenLoop() && !(origin.get() instanceof HomeLoop loop && loop.isRunning()))
                .forEach(complaint -> System.err.println("WARNING: " + complaint));
    }
}
