package io.github.jasyncio.internal;

import io.github.jasyncio.CancelledError;
import io.github.jasyncio.internal.traces.Awaiting;
import io.github.jasyncio.internal.traces.TraceElements;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the stack traces of failures read as if the code were synchronous: what a user wrote, then the coroutines that were awaiting it.
 *
 * <p>The JVM fills a trace when the exception is made, and of those who await it knows only the ones that have not been suspended meanwhile; below
 * them stands the loop. At the first place at which the failure is handed on, all who await are known, and the trace is set once. A
 * trace is in one of three states, which can be told from itself:
 *
 * <pre>
 * raw    machinery is in it      --> is cleaned, and continued with those who await
 * open   its end is marked       --> is continued with those who await, unless they are in it already
 * whole  anything else           --> stays as it is
 * </pre>
 *
 * <p>Continuing ends with whoever runs the loop, and then the trace is whole; or with somebody whom nobody awaits yet, and then it is open. So one that
 * is thrown again and again grows neither when it is whole nor, being open, by the same places twice. It never exceeds {@link Awaiting#LONGEST}.
 *
 * <p>Never throws, whatever a class of exceptions overrides. Confined to the thread that drives the coroutines; this class itself has no state.
 */
public class FailureTraces {

    /** Whether anything is done; if not, there are no objects of this class. */
    public static final boolean ON = !"off".equalsIgnoreCase(System.getProperty("jasyncio.stacktraces"));

    /** Causes and suppressed failures, and theirs, that are looked at. */
    private static final int MOST_RELATED = 64;

    private static final FailureTraces WITHOUT_LOOP = new FailureTraces();

    /** For a subclass that knows a loop. */
    protected FailureTraces() {}

    /** For coroutines that no loop runs; null if off. */
    public static @Nullable FailureTraces withoutLoop() {
        return ON ? WITHOUT_LOOP : null;
    }

    // ------------------------------------------------------------------------------------------------ to be known by a
    // loop

    /** Those who wait for the end of what runs now. */
    protected Awaiting beyond() {
        return Awaiting.NOBODY;
    }

    /** True if the trace ends with those who run the loop. */
    protected boolean isWhole(StackTraceElement[] trace) {
        return false;
    }

    // ------------------------------------------------------------------------------------------------ where failures
    // pass

    /** A failure leaves a coroutine that was resumed, {@code left}, for the one that awaits it. */
    public final void crosses(Throwable failure, Frame<?> left, Frame<?> awaiting) {
        goOn(failure, false, left, () -> Awaiting.of(awaiting, beyond()));
    }

    /**
     * A failure that is there already is about to be thrown at an await.
     *
     * @param isForeign true if what is awaited failed outside of coroutines
     */
    public final void awaited(Throwable failure, boolean isForeign) {
        try {
            StackTraceElement[] trace = failure.getStackTrace();
            if (trace.length == 0 || isFull(trace)) {
                return;
            }
            if (isRaw(trace) ? isForeign && isOutsideOfSteps(trace) : mayGoOn(trace, isForeign)) {
                Awaiting here = here();
                goOn(failure, trace, isForeign, null, () -> here);
            }
        } catch (Throwable hostile) {
            // As in goOn.
        }
    }

    /** The same at an await where a coroutine has stood since. */
    public final void thrownAt(Frame<?> innermost, Throwable failure, boolean isForeign) {
        arrives(failure, isForeign, () -> Awaiting.of(innermost, beyond()));
    }

    /** A failure that is there already will be thrown where {@code awaiting} begins. */
    protected final void arrives(Throwable failure, boolean isForeign, Supplier<Awaiting> awaiting) {
        goOn(failure, isForeign, null, () -> awaiting.get().asNew());
    }

    /** A failure leaves coroutines for good, to somebody who knows nothing of them. */
    public final void leaves(Throwable failure) {
        goOn(failure, false, () -> Awaiting.NOBODY);
    }

    /**
     * Brings a trace up to date.
     *
     * @param isForeign true if one without machinery, which is not whole, is to be continued as well
     * @param awaiting asked only if needed
     */
    protected final void goOn(Throwable failure, boolean isForeign, Supplier<Awaiting> awaiting) {
        goOn(failure, isForeign, null, awaiting);
    }

    private void goOn(Throwable failure, boolean isForeign, @Nullable Frame<?> left, Supplier<Awaiting> asked) {
        Supplier<Awaiting> awaiting = new Once(asked);
        try {
            StackTraceElement[] trace = failure.getStackTrace();
            if (trace.length == 0 || isFull(trace)) {
                return;
            }
            goOn(failure, trace, isForeign, left, awaiting);
        } catch (Throwable hostile) {
            // An exception may override any method that is called here, with one that fails. Then it keeps its trace.
        }
    }

    private void goOn(
            Throwable failure,
            StackTraceElement[] trace,
            boolean isForeign,
            @Nullable Frame<?> left,
            Supplier<Awaiting> awaiting) {
        if (isRaw(trace)) {
            store(failure, completed(failure, trace, isForeign, left, awaiting.get()));
            bringRelated(failure, isForeign, left, awaiting, newSeen());
        } else if (mayGoOn(trace, isForeign)) {
            store(failure, joined(trace, awaiting.get()));
            bringRelated(failure, isForeign, left, awaiting, newSeen());
        } else if (failure.getSuppressed().length > 0) {
            bringRelated(failure, isForeign, left, awaiting, newSeen()); // the suppressed ones may be new
        }
    }

    private boolean mayGoOn(StackTraceElement[] trace, boolean isForeign) {
        return isOpen(trace) || (isForeign && !isWhole(trace));
    }

    private static void store(Throwable failure, List<StackTraceElement> trace) {
        failure.setStackTrace(trace.toArray(StackTraceElement[]::new));
    }

    private static Set<Throwable> newSeen() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    /** What a failure is about has come the same way, if its trace is raw or open, too; so the same coroutines await it. */
    private static void bringRelated(
            Throwable failure,
            boolean isForeign,
            @Nullable Frame<?> left,
            Supplier<Awaiting> awaiting,
            Set<Throwable> seen) {
        if (!seen.add(failure) || seen.size() > MOST_RELATED) {
            return;
        }
        if (seen.size() > 1) {
            StackTraceElement[] trace = failure.getStackTrace();
            if (isRaw(trace)) {
                store(failure, completed(failure, trace, isForeign, left, awaiting.get()));
            } else if (isOpen(trace)) {
                store(failure, joined(trace, awaiting.get()));
            }
        }
        Throwable cause = failure.getCause();
        if (cause != null) {
            bringRelated(cause, isForeign, left, awaiting, seen);
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            bringRelated(suppressed, isForeign, left, awaiting, seen);
        }
    }

    /** One that the runtime throws says by its type where it comes from. */
    private static boolean isOurs(Throwable failure) {
        return failure.getClass().getPackageName().equals(CancelledError.class.getPackageName());
    }

    /** Asks only once. */
    private static final class Once implements Supplier<Awaiting> {

        private final Supplier<Awaiting> asked;
        private @Nullable Awaiting answer;

        Once(Supplier<Awaiting> asked) {
            this.asked = asked;
        }

        @Override
        public Awaiting get() {
            Awaiting known = answer;
            if (known == null) {
                known = asked.get();
                answer = known;
            }
            return known;
        }
    }

    // ------------------------------------------------------------------------------------------------ traces

    /** Where we are now, as far as the Java stack knows. */
    private static Awaiting here() {
        StackTraceElement[] stack = new Throwable().getStackTrace();
        return new Awaiting(TraceElements.written(Arrays.asList(stack).subList(0, endOfStep(stack))), false);
    }

    public static boolean isRaw(StackTraceElement[] trace) {
        for (int i = 0; i < trace.length; i++) {
            // The first is left, if it is machinery, to say who threw.
            if (TraceElements.isBody(trace[i]) || (i > 0 && TraceElements.isMachinery(trace[i]))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOpen(StackTraceElement[] trace) {
        return trace.length > 0 && TraceElements.isOpenEnd(trace[trace.length - 1]);
    }

    /** True of a trace that would go on if there were room. To be asked first: a failure may come through many that await. */
    private static boolean isFull(StackTraceElement[] trace) {
        return trace.length >= Awaiting.LONGEST && isOpen(trace);
    }

    private static List<StackTraceElement> completed(
            Throwable failure, StackTraceElement[] raw, boolean isForeign, @Nullable Frame<?> left, Awaiting awaiting) {
        int end = endOfStep(raw);
        List<StackTraceElement> whole = TraceElements.written(Arrays.asList(raw).subList(0, end));
        boolean isNobodyElse =
                whole.isEmpty() && (end == raw.length || awaiting.places().isEmpty());
        if (isNobodyElse || (!isOurs(failure) && TraceElements.isMachinery(raw[0]))) {
            whole.add(0, raw[0]); // says who threw
        }
        if (end == raw.length && !isForeign) {
            return whole; // cut off by the JVM, or thrown outside of any step: nobody is known to stand below
        }
        boolean isOfNow = left == null || TraceElements.isResumed(raw, end, left);
        return continued(whole, awaiting, isOfNow ? 0 : overlap(whole, awaiting.places()));
    }

    /** True of a trace that tells of no step: that of a thread which is no loop's, though something of ours was called there. */
    private static boolean isOutsideOfSteps(StackTraceElement[] raw) {
        return endOfStep(raw) == raw.length;
    }

    private static int endOfStep(StackTraceElement[] raw) {
        int end = 0;
        while (end < raw.length && !TraceElements.endsStep(raw[end])) {
            end++;
        }
        return end;
    }

    /** How many of the last are the first of those who await: they were on the Java stack then, and have been suspended meanwhile. */
    private static int overlap(List<StackTraceElement> trace, List<StackTraceElement> places) {
        int overlap = Math.min(trace.size(), places.size());
        while (!trace.subList(trace.size() - overlap, trace.size()).equals(places.subList(0, overlap))) {
            overlap--;
        }
        return overlap;
    }

    private static List<StackTraceElement> joined(StackTraceElement[] trace, Awaiting awaiting) {
        List<StackTraceElement> whole = new ArrayList<>(Arrays.asList(trace));
        int last = whole.size() - 1;
        whole.set(last, TraceElements.withoutOpenEnd(whole.get(last)));
        List<StackTraceElement> places = awaiting.places();
        if (!places.isEmpty() && Collections.indexOfSubList(whole, places) >= 0) {
            return Arrays.asList(trace); // it has come this way before
        }
        return continued(whole, awaiting, awaiting.isNew() ? 0 : overlap(whole, places));
    }

    /** Adds those who await, but for the first few, to {@code trace}. */
    private static List<StackTraceElement> continued(List<StackTraceElement> trace, Awaiting awaiting, int from) {
        List<StackTraceElement> places = awaiting.places();
        int room = Math.max(0, Awaiting.LONGEST - trace.size());
        trace.addAll(places.subList(from, Math.min(places.size(), from + room)));
        return awaiting.isWhole() ? trace : openEnded(trace);
    }

    /** Marks a trace as one that may go on. */
    protected static List<StackTraceElement> openEnded(List<StackTraceElement> trace) {
        if (!trace.isEmpty()) {
            int last = trace.size() - 1;
            trace.set(last, TraceElements.withOpenEnd(trace.get(last)));
        }
        return trace;
    }
}
