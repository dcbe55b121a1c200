package io.github.jasyncio.internal.loop;

import org.jspecify.annotations.Nullable;

/** A loop whose turns {@link ExecutorTurns} has taken: takes one when it is told to, and says when it wants the next. */
public interface TurnTaker {

    /** True if a turn may be taken on this thread now. Otherwise another loop's is at work there, and {@code whenOver} is run at its end. */
    boolean mayTakeTurn(Runnable whenOver);

    /** True if no loop takes a turn on this thread. */
    boolean isThreadFree();

    /**
     * Takes one turn, and does not wait.
     *
     * @param news run first; null if there are none
     */
    void takeTurn(@Nullable Runnable news);

    /** No turn comes any more. Thread-safe. */
    void ended(String how);

    /** True if that was the last one. */
    boolean isToStop();

    /** True once it is closed. Thread-safe. */
    boolean isClosed();

    /** True in debug mode. */
    boolean isDebug();

    /** True if another thread has handed something in. Thread-safe. */
    boolean hasMail();

    /** How long there is nothing to do: zero or less if there is something, {@link Poller#FOREVER} until somebody wakes the loop. */
    long nanosUntilWork();

    /** Nanoseconds of its clock. */
    long now();

    /** When its first timer is due, by its clock; {@link Clock#NEVER} if there is none. */
    long firstDeadline();
}
