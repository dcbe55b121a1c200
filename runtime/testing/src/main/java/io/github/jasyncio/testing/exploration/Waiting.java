package io.github.jasyncio.testing.exploration;

import io.github.jasyncio.Asyncio;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Task;
import java.util.List;
import java.util.StringJoiner;

/** Says who waits on a loop, and where. */
public final class Waiting {

    /** Whoever has seen so many has seen what it is about. */
    private static final int SHOWN = 10;

    private Waiting() {}

    /** Their call graphs. */
    public static String describe(EventLoop loop) {
        List<Task<?>> tasks = List.copyOf(Asyncio.allTasks(loop));
        StringJoiner text = new StringJoiner("\n");
        tasks.stream()
                .limit(SHOWN)
                .forEach(task -> text.add(Asyncio.formatCallGraph(task).stripTrailing()));
        if (tasks.size() > SHOWN) {
            text.add("... and " + (tasks.size() - SHOWN) + " tasks more");
        }
        return text.toString();
    }
}
