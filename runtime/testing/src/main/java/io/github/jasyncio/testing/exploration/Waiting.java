package io.github.jasyncio.testing.exploration;

import io.github.jasyncio.Asyncio;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Task;
import io.github.jasyncio.testing.DeadlockError;
import io.github.jasyncio.testing.SimulatedNetwork;
import java.util.List;
import java.util.StringJoiner;

/** Says who waits on a loop, and where. */
public final class Waiting {

    /** Whoever has seen so many has seen what it is about. */
    private static final int SHOWN = 10;

    private Waiting() {}

    /** The failure of the running loop, for which nothing can come any more. */
    public static DeadlockError forEver(SimulatedNetwork network) {
        return new DeadlockError("nothing is ready, and nothing can come: these wait for ever\n" + those(network));
    }

    /** The failure of the running loop, to which something might still come, though nobody will wait for it. */
    static DeadlockError tooLong(String what, SimulatedNetwork network) {
        return new DeadlockError(what + "\nThese wait:\n" + those(network));
    }

    private static String those(SimulatedNetwork network) {
        EventLoop loop = EventLoop.running();
        return (loop == null ? "" : describe(loop))
                + (!network.hosts().isEmpty()
                        ? "\nNothing is on its way on " + network
                                + "; whoever waits for an answer that may never come needs a timeout"
                        : "");
    }

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
