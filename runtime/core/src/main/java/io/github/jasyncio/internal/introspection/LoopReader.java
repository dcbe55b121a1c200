package io.github.jasyncio.internal.introspection;

import io.github.jasyncio.Future;
import io.github.jasyncio.Task;
import io.github.jasyncio.internal.ObjectText;
import io.github.jasyncio.internal.traces.RunningStack;
import io.github.jasyncio.introspection.LoopDump;
import io.github.jasyncio.introspection.TaskDump;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Reads what a loop and its tasks are doing. On another thread than the loop's what is read may be of different moments, but reading it neither
 * fails nor goes on for ever.
 */
public final class LoopReader {

    /** More tasks than this are only counted, and more of a stack is left out: a dump must not be what breaks the program. */
    private static final int MAX_TASKS = 10_000;

    private static final int MAX_STACK = 1000;

    /** Of all tasks together; behind it each shows only where it stands now. */
    private static final int MAX_PLACES = 100_000;

    private static final int FEW_PLACES = 5;

    private LoopReader() {}

    /**
     * Reads a loop.
     *
     * @param isConsistent whether the loop cannot change meanwhile
     */
    public static LoopDump read(LoopView loop, boolean isConsistent) {
        Thread thread = loop.thread();
        List<Task<?>> tasks = loop.tasks();
        int count = tasks.size();
        List<Task<?>> shown = count > MAX_TASKS ? tasks.subList(0, MAX_TASKS) : tasks;
        IdentityHashMap<Future<?>, Integer> ids = new IdentityHashMap<>();
        for (Task<?> task : shown) {
            ids.put(task, ids.size() + 1);
        }
        List<TaskDump> dumps = new ArrayList<>();
        int places = 0;
        for (Task<?> task : shown) {
            TaskDump dump = read(task, ids, places < MAX_PLACES ? MAX_STACK : FEW_PLACES);
            places += dump.stack().size();
            dumps.add(dump);
        }
        return new LoopDump(
                loop.id(),
                thread == null ? null : thread.getName(),
                isConsistent,
                isConsistent || thread == null ? List.of() : atMost(MAX_STACK, RunningStack.of(thread)),
                loop.ready(),
                loop.scheduled(),
                loop.turns(),
                count,
                dumps);
    }

    private static TaskDump read(Task<?> task, IdentityHashMap<Future<?>, Integer> ids, int mostPlaces) {
        Insight insight = Insight.get();
        Future<?> awaited = insight.awaited(task);
        boolean isRunning = insight.isRunning(task);
        boolean isWaiting = awaited != null && !awaited.isDone();
        return new TaskDump(
                ids.getOrDefault(task, 0),
                ObjectText.of(task.getName()),
                (isRunning ? "running" : isWaiting ? "waiting" : "ready")
                        + (task.cancelling() > 0 ? ", cancelling" : ""),
                isWaiting ? insight.kind(awaited) : null,
                atMost(mostPlaces, stack(task)),
                awaiters(task, ids));
    }

    private static List<StackTraceElement> stack(Task<?> task) {
        try {
            return Insight.get().stack(task);
        } catch (RuntimeException e) {
            // A frame that changed while it was read on another thread.
            return List.of();
        }
    }

    private static <T> List<T> atMost(int most, List<T> stack) {
        return stack.size() > most ? stack.subList(0, most) : stack;
    }

    private static List<TaskDump.Awaiter> awaiters(Task<?> task, IdentityHashMap<Future<?>, Integer> ids) {
        List<TaskDump.Awaiter> awaiters = new ArrayList<>();
        for (Future<?> waiter : AwaitedBy.of(task)) {
            awaiters.add(new TaskDump.Awaiter(
                    ids.getOrDefault(waiter, 0), Insight.get().kind(waiter)));
        }
        return awaiters;
    }
}
