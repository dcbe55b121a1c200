package io.github.jasyncio.introspection;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event loop as it was at a moment.
 *
 * @param id counts the loops of the process from 1
 * @param thread the name of the thread on which it runs; null if it does not run, or is between two turns on an executor
 * @param answered false if the loop's thread was busy with something and did not answer in time: then all this was read while it may have
 *     changed, and need not be consistent
 * @param threadStack what the loop's thread was doing, the most recent call first, without the runtime's own methods; empty if it answered
 * @param ready how many entries stood in the ready queue
 * @param scheduled how many waited for their time
 * @param turns how many turns it has taken
 * @param taskCount how many unfinished tasks it has; not all of very many are in {@code tasks}
 * @param tasks in the order in which they were made
 */
public record LoopDump(
        long id,
        @Nullable String thread,
        boolean answered,
        List<StackTraceElement> threadStack,
        int ready,
        int scheduled,
        long turns,
        int taskCount,
        List<TaskDump> tasks) {

    public LoopDump {
        threadStack = List.copyOf(threadStack);
        tasks = List.copyOf(tasks);
    }

    /** In one line: {@code Event loop 1 on thread 'main': 0 ready, 2 scheduled, 3 tasks, 17 turns}. */
    String title() {
        return "Event loop " + id + (thread == null ? ", not running" : " on thread '" + thread + "'") + ": " + ready
                + " ready, " + scheduled + " scheduled, " + taskCount + (taskCount == 1 ? " task, " : " tasks, ")
                + turns + (turns == 1 ? " turn" : " turns");
    }

    /** What to say of a loop that did not answer. */
    String warning() {
        return "The loop's thread is busy and did not answer; what follows was read meanwhile. It is here:";
    }
}
