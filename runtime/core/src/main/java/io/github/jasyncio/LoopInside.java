package io.github.jasyncio;

import io.github.jasyncio.internal.introspection.LoopView;
import io.github.jasyncio.internal.introspection.Loops;
import io.github.jasyncio.internal.loop.StepClock;
import io.github.jasyncio.internal.loop.TurnTaker;
import io.github.jasyncio.internal.observers.Observers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A loop as the rooms of the runtime know it, and users do not: those that take its turns on an executor, and those that show it. */
final class LoopInside extends LoopView implements TurnTaker {

    private final BaseLoop loop;

    LoopInside(BaseLoop loop) {
        this.loop = loop;
    }

    /** The loop has been made. */
    void opened() {
        Loops.opened(this);
        Observers.opened();
    }

    /** The loop is closed. */
    void closed() {
        Loops.closed(this);
        Observers.closed(this);
    }

    // ------------------------------------------------------------------------------------------------ to be shown

    @Override
    public boolean isRunning() {
        return loop.isAtWork();
    }

    @Override
    public boolean isClosed() {
        return loop.isShut();
    }

    @Override
    public @Nullable Thread thread() {
        return loop.thread();
    }

    @Override
    public int ready() {
        return loop.readyCount();
    }

    @Override
    public int scheduled() {
        return loop.timers().size();
    }

    @Override
    public long turns() {
        return loop.turns();
    }

    @Override
    public List<Task<?>> tasks() {
        return loop.allTasks();
    }

    @Override
    public int taskCount() {
        return loop.tasks().count();
    }

    @Override
    public StepClock stepClock() {
        return loop.stepClock();
    }

    @Override
    public void callSoonThreadsafe(Runnable callback) {
        loop.self().callSoonThreadsafe(callback);
    }

    @Override
    public String toString() {
        return loop.toString();
    }

    // ------------------------------------------------------------------------------------------------ turns

    @Override
    public boolean mayTakeTurn(Runnable whenOver) {
        ThreadState thread = ThreadState.current();
        if (thread.running == null) {
            return true;
        }
        thread.waitForLoop(whenOver);
        return false;
    }

    @Override
    public void takeTurn() {
        loop.takeTurn(ThreadState.current());
    }

    @Override
    public boolean isToStop() {
        return loop.isToStop();
    }

    @Override
    public boolean isDebug() {
        return loop.isDebug();
    }

    @Override
    public boolean hasMail() {
        return loop.hasMail();
    }

    @Override
    public long nanosUntilWork() {
        return loop.nanosUntilWork();
    }

    @Override
    public long now() {
        return loop.now();
    }

    @Override
    public long firstDeadline() {
        return loop.timers().firstDeadline();
    }
}
