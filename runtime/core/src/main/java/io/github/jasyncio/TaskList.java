package io.github.jasyncio;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The unfinished tasks of a loop, in the order in which they were made; linked through the tasks themselves. Loop-confined.
 *
 * <p>asyncio holds them weakly, and a task that nobody references may vanish while it waits. Here the loop keeps them alive until they are done.
 */
final class TaskList {

    private @Nullable Task<?> first;
    private @Nullable Task<?> last;

    void add(Task<?> task) {
        Task<?> before = last;
        task.previous = before;
        if (before == null) {
            first = task;
        } else {
            before.next = task;
        }
        last = task;
    }

    /** Takes out a task, if it is in the list. */
    void remove(Task<?> task) {
        Task<?> before = task.previous;
        Task<?> after = task.next;
        if (before == null && first != task) {
            return;
        }
        if (before == null) {
            first = after;
        } else {
            before.next = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.previous = before;
        }
        task.previous = null;
        task.next = null;
    }

    /** The tasks of this moment. On another thread than the loop's some may be missing, where one is taken out meanwhile. */
    List<Task<?>> toList() {
        Task<?> end = last;
        List<Task<?>> tasks = new ArrayList<>();
        for (Task<?> task = first; task != null; task = task.next) {
            tasks.add(task);
        }
        if (end != null && !isLast(tasks, end) && !tasks.contains(end)) {
            tasks.add(end);
        }
        return tasks;
    }

    /** How many there are. On another thread than the loop's a guess, like {@link #toList}. */
    int count() {
        int count = 0;
        for (Task<?> task = first; task != null; task = task.next) {
            count++;
        }
        return count;
    }

    private static boolean isLast(List<Task<?>> tasks, Task<?> task) {
        return !tasks.isEmpty() && tasks.get(tasks.size() - 1) == task;
    }
}
