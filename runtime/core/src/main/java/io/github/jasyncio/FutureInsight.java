package io.github.jasyncio;

import io.github.jasyncio.internal.ObjectText;
import io.github.jasyncio.internal.introspection.Insight;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks into tasks and futures for the rooms of the runtime that show them. */
final class FutureInsight extends Insight {

    private FutureInsight() {}

    /** Hands it over to them. */
    static void give() {
        give(new FutureInsight());
    }

    @Override
    public @Nullable Future<?> awaited(Task<?> task) {
        return task.waitingOn();
    }

    @Override
    public @Nullable Object awaitedStage(Task<?> task) {
        return task.awaitedStage();
    }

    @Override
    public boolean isRunning(Task<?> task) {
        return task.isRunning();
    }

    @Override
    public @Nullable Task<?> steppedInto(Task<?> task) {
        return task.steppedInto();
    }

    @Override
    public List<StackTraceElement> stack(Task<?> task) {
        return task.callStack();
    }

    @Override
    public List<Object> entries(Future<?> future) {
        List<Object> entries = new ArrayList<>(future.callbackList());
        entries.replaceAll(entry -> entry instanceof DoneCallback<?> done ? done.callback() : entry);
        return entries;
    }

    @Override
    public List<Task<?>> tasksOfLoop(Future<?> future) {
        return future.loop.allTasks();
    }

    @Override
    public boolean isGathering(@Nullable Future<?> future) {
        return future instanceof Gathering;
    }

    @Override
    public String kind(@Nullable Future<?> future) {
        if (future instanceof Task<?> task) {
            return ObjectText.of(task.getName());
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
        if (JavaFutures.stageOf(future) != null) {
            return "a CompletionStage";
        }
        return "a future";
    }
}
