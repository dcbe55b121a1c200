package io.github.jasyncio;

import io.github.jasyncio.introspection.LoopDump;
import io.github.jasyncio.introspection.TaskDump;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a loop and its tasks are doing. On another thread than the loop's what is read may be of different moments, but reading it neither
 * fails nor goes on for ever.
 */
final class LoopReader {

    /** More tasks than this are only counted, and more of a stack is left out: a dump must not be what breaks the program. */
    private static final int MAX_TASKS = 10_000;

    private static final int MAX_STACK = 1000;

    private LoopReader() {}

    /**
     * Reads a loop.
     *
     * @param isConsistent whether the loop cannot change meanwhile
     */
    static LoopDump read(EventLoop loop, boolean isConsistent) {
        Thread thread = loop.thread();
        List<Task<?>> tasks = loop.allTasks();
        int count = tasks.size();
        List<Task<?>> shown = count > MAX_TASKS ? tasks.subList(0, MAX_TASKS) : tasks;
        IdentityHashMap<Future<?>, Integer> ids = new IdentityHashMap<>();
        for (Task<?> task : shown) {
            ids.put(task, ids.size() + 1);
        }
        List<TaskDump> dumps = new ArrayList<>();
        for (Task<?> task : shown) {
            dumps.add(read(task, ids));
        }
        return new LoopDump(
                loop.id(),
                thread == null ? null : thread.getName(),
                isConsistent,
                isConsistent || thread == null ? List.of() : atMost(RunningStack.of(thread)),
                loop.readyCount(),
                loop.timers().size(),
                loop.turns(),
                count,
                dumps);
    }

    private static TaskDump read(Task<?> task, IdentityHashMap<Future<?>, Integer> ids) {
        Future<?> awaited = task.waitingOn();
        boolean isRunning = task.loop.current() == task && awaited == null;
        boolean isWaiting = awaited != null && !awaited.isDone();
        return new TaskDump(
                ids.getOrDefault(task, 0),
                task.getName(),
                (isRunning ? "running" : isWaiting ? "waiting" : "ready")
                        + (task.cancelling() > 0 ? ", cancelling" : ""),
                isWaiting ? words(awaited) : null,
                atMost(stack(task)),
                awaiters(task, ids));
    }

    private static List<StackTraceElement> stack(Task<?> task) {
        try {
            return task.callStack();
        } catch (RuntimeException e) {
            // A frame that changed while it was read on another thread.
            return List.of();
        }
    }

    private static <T> List<T> atMost(List<T> stack) {
        return stack.size() > MAX_STACK ? stack.subList(0, MAX_STACK) : stack;
    }

    private static List<TaskDump.Awaiter> awaiters(Task<?> task, IdentityHashMap<Future<?>, Integer> ids) {
        List<TaskDump.Awaiter> awaiters = new ArrayList<>();
        for (Future<?> waiter : AwaitedBy.of(task)) {
            awaiters.add(new TaskDump.Awaiter(
                    ids.getOrDefault(waiter, 0),
                    waiter instanceof Task<?> waiting ? waiting.getName() : words(waiter)));
        }
        return awaiters;
    }

    /** A future in few words: its full text would hold those of all that it awaits. */
    private static String words(@Nullable Future<?> future) {
        if (future instanceof Task<?> task) {
            return task.getName();
        }
        if (future instanceof SleepFuture) {
            return "a sleep";
        }
        if (future instanceof Gathering) {
            return "a gather";
        }
        if (future instanceof ExecutorCall) {
            return "a call on an executor";
        }
        if (future instanceof StageFuture) {
            return "a CompletionStage";
        }
        return "a future";
    }
}
