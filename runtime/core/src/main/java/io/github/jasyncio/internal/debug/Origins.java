package io.github.jasyncio.internal.debug;

import io.github.jasyncio.internal.DebugMode;
import io.github.jasyncio.internal.Log;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
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

    /** By the record itself and by {@link Origin.Key}. */
    private static final ConcurrentHashMap<Object, Origin> RECORDS = new ConcurrentHashMap<>();

    private static final Lookout LOOKOUT = new Lookout(() -> !RECORDS.isEmpty(), Origins::lose, Origins::atExit);

    /** Asks which loop runs on the thread that asks. */
    private static volatile Supplier<? extends @Nullable HomeLoop> running = () -> null;

    /** How many loops are in debug mode. Guarded by the class. */
    private static int loops;

    private Origins() {}

    /**
     * Lets this know which loop runs. For the root package, whenever one is made in debug mode.
     *
     * @param here asks the calling thread
     */
    public static void askForLoops(Supplier<? extends @Nullable HomeLoop> here) {
        running = here;
    }

    /** Where the references come of what has become garbage. */
    static ReferenceQueue<Object> lost() {
        return LOOKOUT.lost;
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

    /**
     * A loop enters debug mode: records where, and switches on what the process as a whole does.
     *
     * @param whenLost called if it becomes garbage before it is closed; must not lead to it
     */
    public static void enter(HomeLoop loop, Runnable whenLost) {
        count(1);
        List<StackTraceElement> stack = UserFrames.here();
        String complaint =
                "an event loop was never closed, nor its default executor: close() it, or let run(...) do that\n"
                        + "created, or put into debug mode, at:" + UserFrames.text(stack);
        add(new Origin(loop, stack, complaint) {
            @Override
            void lost() {
                count(-1);
                whenLost.run();
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
        LOOKOUT.begin();
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
        LOOKOUT.mayEnd();
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

    /**
     * The JVM ends. What is in the hands of a loop that is not closed may still have been meant to run; so of its tasks it is said where they stand, and of
     * the rest nothing.
     */
    private static void atExit() {
        for (Reference<?> lost = LOOKOUT.lost.poll(); lost != null; lost = LOOKOUT.lost.poll()) {
            if (lost instanceof Origin) {
                lose(lost);
            }
        }
        PendingAtExit pending = PendingAtExit.of(openLoops());
        // Not to the logger: java.util.logging may have been shut down already, by a hook of its own.
        takeComplaints(origin -> !origin.isOfOpenLoop() && !pending.tellsOf(origin.get()))
                .forEach(complaint -> System.err.println("WARNING: " + complaint));
        pending.tell();
    }

    private static List<HomeLoop> openLoops() {
        List<HomeLoop> loops = new ArrayList<>();
        for (Origin origin : RECORDS.values()) {
            if (origin.get() instanceof HomeLoop loop && !loop.isClosed()) {
                loops.add(loop);
            }
        }
        return loops;
    }
}
