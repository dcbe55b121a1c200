package io.github.jasyncio.internal.introspection;

import io.github.jasyncio.Future;
import io.github.jasyncio.Task;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What tasks and futures show to those who look into them, and not to users. The root package hands it over when it makes the first future.
 *
 * <p>May be asked on any thread; on another than the loop's the answers are a guess.
 */
public abstract class Insight {

    private static @Nullable Insight given;

    /** For the root package, which has the only one. */
    protected Insight() {}

    /** Hands it over. */
    protected static void give(Insight insight) {
        given = insight;
    }

    /** The one that there is; whoever asks has a future. */
    public static Insight get() {
        Insight insight = given;
        if (insight == null) {
            throw new AssertionError("there is no future yet to be looked into (a bug in jasyncio)");
        }
        return insight;
    }

    /** What a task waits for; null while it runs or is to run. */
    public abstract @Nullable Future<?> awaited(Task<?> task);

    /** The stage of Java's own that a task waits for; null if it waits for something else. */
    public abstract @Nullable Object awaitedStage(Task<?> task);

    /** True of the task that its loop runs at this moment, and of those in the midst of whose steps it does, since it is eager. */
    public abstract boolean isRunning(Task<?> task);

    /** The task in the midst of whose step an eager one has its first step at this moment; null if there is none. */
    public abstract @Nullable Task<?> steppedInto(Task<?> task);

    /** Where a pending task stands, innermost first; empty when it is done. */
    public abstract List<StackTraceElement> stack(Task<?> task);

    /** Who goes on when a future is done, in the order in which they came: tasks that await it, and the callbacks themselves. */
    public abstract List<Object> entries(Future<?> future);

    /** The unfinished tasks of the future's loop. */
    public abstract List<Task<?>> tasksOfLoop(Future<?> future);

    /** True of one that {@code gather} has made. */
    public abstract boolean isGathering(@Nullable Future<?> future);

    /** What kind of future it is, in a few words: its full text would hold those of all that it awaits. */
    public abstract String kind(@Nullable Future<?> future);
}
