package io.github.jasyncio.internal.introspection;

import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Handle;
import io.github.jasyncio.Task;
import io.github.jasyncio.internal.loop.StepClock;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A loop as those see it who look from outside: dumps, JMX clients, flight recordings. The loop keeps its view alive, and nobody else needs to.
 *
 * <p>Thread-safe; but what is read while the loop runs on another thread may be of different moments.
 */
public abstract class LoopView {

    private final long id = Loops.nextId();

    private volatile boolean isShown;
    private volatile @Nullable Consumer<String> complaints;
    private @Nullable Runnable whenStill;

    /** For the root package, whose loops have one each. */
    protected LoopView() {}

    /** Counts the loops of the process from 1. */
    public final long id() {
        return id;
    }

    /** Whether JMX clients may see it. */
    public final boolean isShown() {
        return isShown;
    }

    /** JMX clients may see it from now on. */
    public final void show() {
        isShown = true;
    }

    /**
     * Tells somebody, instead of the log, what debug mode has to complain of: coroutines that were never awaited, say.
     *
     * @param complaints called on any thread
     */
    public final void tellComplaints(Consumer<String> complaints) {
        this.complaints = complaints;
    }

    /** Takes a complaint if somebody wants to hear of it. */
    public final boolean hears(String complaint) {
        Consumer<String> listener = complaints;
        if (listener != null) {
            listener.accept(complaint);
        }
        return listener != null;
    }

    /**
     * Tells somebody when the loop is about to wait for nothing that it knows of: only another thread could hand something in. Loop-confined.
     *
     * @param action what it throws ends the run
     */
    public final void tellWhenStill(Runnable action) {
        whenStill = action;
    }

    /** Whom to tell when the loop stands still; null if nobody. Loop-confined. */
    protected final @Nullable Runnable whenStill() {
        return whenStill;
    }

    /** What users see of it. */
    public abstract EventLoop loop();

    /** Semantics: {@link io.github.jasyncio.EventLoop#isRunning}. */
    public abstract boolean isRunning();

    /** Semantics: {@link io.github.jasyncio.EventLoop#isClosed}. */
    public abstract boolean isClosed();

    /** The thread on which turns are taken at this moment. */
    public abstract @Nullable Thread thread();

    /** How many entries wait for their turn. */
    public abstract int ready();

    /** How many timers wait for their time. */
    public abstract int scheduled();

    /** The callbacks that wait for their time, in the order in which they are due. Only on its own thread, or when it does not run. */
    public abstract List<Handle> timers();

    /**
     * The async generators that have begun and stand at an emit, in words, with where each was made if debug mode was on then; in the order in which they began.
     * Only on its own thread, or when it does not run.
     */
    public abstract List<String> openGenerators();

    /** The channels that belong to somebody who is not about to close them. Only on its own thread, or when it does not run. */
    public abstract List<OpenChannel> openChannels();

    /** How many calls run, or wait to run, on other threads for it. */
    public abstract int callsElsewhere();

    /** How many turns have begun. */
    public abstract long turns();

    /** The unfinished tasks, in the order in which they were made. */
    public abstract List<Task<?>> tasks();

    /** How many unfinished tasks there are. */
    public abstract int taskCount();

    /** Measures its steps. */
    public abstract StepClock stepClock();

    /** An entry of its ready queue in a few words. */
    public abstract String words(Object entry);

    /** Has the loop run something in one of its next turns. Semantics: {@link io.github.jasyncio.EventLoop#callSoonThreadsafe(Runnable)}. */
    public abstract void callSoonThreadsafe(Runnable callback);
}
