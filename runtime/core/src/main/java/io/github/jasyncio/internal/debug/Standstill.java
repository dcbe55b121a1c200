package io.github.jasyncio.internal.debug;

import io.github.jasyncio.Asyncio;
import io.github.jasyncio.Future;
import io.github.jasyncio.FutureCallGraph;
import io.github.jasyncio.Task;
import io.github.jasyncio.internal.Log;
import io.github.jasyncio.internal.ObjectText;
import io.github.jasyncio.internal.introspection.Insight;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells, in debug mode, of tasks that wait in vain: of those that await each other, when the last of them begins to, and of a loop that is about to wait
 * for nothing it knows of. Loop-confined.
 */
public final class Standstill {

    /** How many graphs are shown; who has more has seen what it is about. */
    private static final int SHOWN = 20;

    /** How many steps the loop had run when it was told of last: once for each standstill. */
    private long toldAt = -1;

    // ------------------------------------------------------------------------------------------------ cycles

    /** Tells of it if {@code task}, which has just begun to wait, awaits itself through other tasks. */
    public static void tellOfCycle(Task<?> task) {
        if (!awaitsItself(task)) {
            return;
        }
        StringBuilder text = new StringBuilder(
                "deadlock: these tasks await each other in a circle, so none of them will ever be done");
        Task<?> member = task;
        int count = 0;
        do {
            Task<?> next = (Task<?>) Insight.get().awaited(member);
            if (count++ < SHOWN) {
                text.append("\nTask '").append(ObjectText.of(member.getName())).append("' awaits ");
                text.append(next == null ? "nothing" : "Task '" + ObjectText.of(next.getName()) + "'");
                text.append(UserFrames.text(Insight.get().stack(member)));
            }
            member = next;
        } while (member != null && member != task);
        if (count > SHOWN) {
            text.append("\n... and so on: ").append(count).append(" tasks in all");
        }
        Log.log(System.Logger.Level.WARNING, text.toString());
    }

    /** What it awaits may itself end in a circle, without this. */
    private static boolean awaitsItself(Task<?> task) {
        Future<?> awaited = Insight.get().awaited(task);
        Task<?> mark = task; // one of those passed, moved on at ever greater distances: in a circle it comes again
        int passed = 0;
        int untilMark = 1;
        while (awaited instanceof Task<?> next && next != task && !next.isDone()) {
            if (next == mark) {
                return false;
            }
            if (++passed == untilMark) {
                mark = next;
                untilMark *= 2;
            }
            awaited = Insight.get().awaited(next);
        }
        return awaited == task;
    }

    // ------------------------------------------------------------------------------------------------ loops

    /**
     * Tells of it if there are tasks, unless it has been told since the last step. It is a notice and not a failure: another thread may mean to hand
     * something in.
     *
     * @param loop for the message
     * @param tasks its unfinished tasks
     * @param steps how many the loop has run
     */
    public void tell(Object loop, List<Task<?>> tasks, long steps) {
        if (steps == toldAt || tasks.isEmpty()) {
            return;
        }
        toldAt = steps;
        Log.log(
                System.Logger.Level.INFO,
                loop
                        + " stands still: nothing is ready, and there is no timer, no channel, no signal, no call on"
                        + " an executor and no CompletionStage that it could wait for. Unless another thread uses"
                        + " callSoonThreadsafe, these wait for ever:\n"
                        + graphs(tasks));
    }

    /** Each task once: first those that await what is no task, with all that wait for them; then what is left, which goes in circles. */
    private static String graphs(List<Task<?>> tasks) {
        Set<Future<?>> shown = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Task<?>> left = new ArrayList<>(tasks);
        left.sort((one, other) -> Boolean.compare(awaitsTask(one), awaitsTask(other)));
        StringBuilder text = new StringBuilder();
        int count = 0;
        for (Task<?> task : left) {
            if (shown.contains(task)) {
                continue;
            }
            if (++count > SHOWN) {
                return text.append("... and more, of ")
                        .append(tasks.size())
                        .append(" tasks")
                        .toString();
            }
            FutureCallGraph graph = Asyncio.captureCallGraph(task);
            text.append(graph);
            addAll(graph, shown);
        }
        return text.toString().stripTrailing();
    }

    private static boolean awaitsTask(Task<?> task) {
        @Nullable Future<?> awaited = Insight.get().awaited(task);
        return awaited instanceof Task || Insight.get().isGathering(awaited);
    }

    private static void addAll(FutureCallGraph root, Set<Future<?>> shown) {
        List<FutureCallGraph> nodes = new ArrayList<>(List.of(root));
        while (!nodes.isEmpty()) {
            FutureCallGraph node = nodes.remove(nodes.size() - 1);
            if (shown.add(node.future())) {
                nodes.addAll(node.awaitedBy());
            }
        }
    }
}
