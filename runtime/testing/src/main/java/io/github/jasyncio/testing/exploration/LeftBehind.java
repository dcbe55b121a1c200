package io.github.jasyncio.testing.exploration;

import io.github.jasyncio.Asyncio;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Task;
import java.util.List;

/** Finds the tasks that a program leaves behind: those that are not done, and that nobody has asked to end. */
final class LeftBehind {

    private LeftBehind() {}

    static void check(EventLoop loop) {
        List<Task<?>> left = Asyncio.allTasks(loop).stream()
                .filter(task -> task.cancelling() == 0)
                .toList();
        if (!left.isEmpty()) {
            StringBuilder text = new StringBuilder("the program has ended, but not these tasks:");
            left.forEach(task ->
                    text.append('\n').append(Asyncio.formatCallGraph(task).stripTrailing()));
            throw new AssertionError(text.append("\n    await them, cancel them, or create them in a TaskGroup")
                    .toString());
        }
    }
}
