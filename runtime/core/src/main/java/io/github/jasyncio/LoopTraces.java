package io.github.jasyncio;

import io.github.jasyncio.internal.FailureTraces;
import io.github.jasyncio.internal.Frame;
import io.github.jasyncio.internal.functions.StopWhenDone;
import io.github.jasyncio.internal.introspection.OnBehalf;
import io.github.jasyncio.internal.traces.Awaiting;
import io.github.jasyncio.internal.traces.CoroutineStack;
import io.github.jasyncio.internal.traces.TraceElements;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The stack traces of what fails on a loop: knows which tasks await, and who runs the loop.
 *
 * <p>Of several that await the same, the first goes into the trace. Loop-confined.
 */
final class LoopTraces extends FailureTraces {

    private final BaseLoop loop;

    /** Those who run the loop, from {@code run(...)} outwards; null unless somebody has asked during this run. */
    private @Nullable List<StackTraceElement> runners;

    private LoopTraces(BaseLoop loop) {
        this.loop = loop;
    }

    /** Null if traces are to stay as they are. */
    static @Nullable LoopTraces of(BaseLoop loop) {
        return ON ? new LoopTraces(loop) : null;
    }

    /** A future is about to fail; its callbacks are still there. */
    void fails(Future<?> future, Throwable failure) {
        // What a task throws without machinery in its trace was made elsewhere, and Java leaves such a trace alone.
        goOn(failure, !(future instanceof Task), () -> awaiting(future));
    }

    /** A failure that is there already will be thrown where a task stands. */
    void thrownIn(Task<?> task, Throwable failure) {
        arrives(failure, false, () -> Awaiting.of(task.frame(), awaiting(task)));
    }

    /** Where a task stands, as a trace that may go on; its method's first line if it has not begun. */
    StackTraceElement[] placesOf(Task<?> task) {
        StackTraceElement[] places = Awaiting.openEnded(task.frame());
        return places.length > 0
                ? places
                : openEnded(CoroutineStack.awaits(task.getCoroutine(), null)).toArray(StackTraceElement[]::new);
    }

    /** What a future has come to is about to be thrown from the method that ran the loop. */
    void leavesRun(Future<?> future) {
        if (future.state == Future.FAILED) {
            goOn(future.failure(), false, this::caller);
        } else if (future.state == Future.CANCELLED && future.value instanceof CancelledError error) {
            goOn(error, false, this::caller);
        }
    }

    /** The next run may be by somebody else. */
    void runEnds() {
        runners = null;
    }

    @Override
    protected Awaiting beyond() {
        Task<?> current = loop.current();
        return current == null ? Awaiting.NOBODY : awaiting(current);
    }

    @Override
    protected boolean isWhole(StackTraceElement[] trace) {
        List<StackTraceElement> last = runners();
        int from = trace.length - last.size();
        return !last.isEmpty()
                && from >= 0
                && Arrays.asList(trace).subList(from, trace.length).equals(last);
    }

    // ------------------------------------------------------------------------------------------------ who awaits

    private Awaiting awaiting(Future<?> future) {
        List<StackTraceElement> places = new ArrayList<>();
        Set<Future<?>> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Future<?> awaited = future;
        while (awaited != null && places.size() < Awaiting.LONGEST && seen.add(awaited)) {
            Future<?> next = null;
            for (Object entry : awaited.callbackList()) {
                if (isRun(entry)) {
                    places.addAll(runners());
                    return new Awaiting(places, true);
                }
                next = waiter(entry, places);
                if (next != null) {
                    break;
                }
            }
            awaited = next;
        }
        return new Awaiting(places, false);
    }

    private static boolean isRun(Object entry) {
        return entry instanceof DoneCallback<?> done && done.callback() instanceof StopWhenDone;
    }

    private static @Nullable Future<?> waiter(Object entry, List<StackTraceElement> places) {
        if (entry instanceof Task<?> task) {
            Awaiting.addTo(places, task.frame());
            return task;
        }
        Object called = entry instanceof DoneCallback<?> done ? done.callback() : entry;
        if (!(called instanceof OnBehalf callback)) {
            return null;
        }
        for (Future<?> waiter : callback.waiters()) {
            if (waiter.isDone()) {
                continue;
            }
            if (waiter instanceof Task<?> task) {
                Frame<?> frame = task.frame();
                while (frame != null && !callback.isAwaitedBy(frame)) {
                    frame = frame.parent();
                }
                Awaiting.addTo(places, frame);
            }
            return waiter;
        }
        return null;
    }

    // ------------------------------------------------------------------------------------------------ who runs the
    // loop

    private List<StackTraceElement> runners() {
        if (!loop.isRunFromHere()) {
            return List.of();
        }
        List<StackTraceElement> known = runners;
        if (known == null) {
            StackTraceElement[] stack = new Throwable().getStackTrace();
            int at = stack.length;
            while (at > 0 && !TraceElements.isLoop(stack[at - 1])) {
                at--;
            }
            known = at == 0
                    ? List.of()
                    : TraceElements.written(Arrays.asList(stack).subList(at, stack.length));
            runners = known;
        }
        return known;
    }

    private Awaiting caller() {
        return new Awaiting(TraceElements.written(Arrays.asList(new Throwable().getStackTrace())), true);
    }
}
