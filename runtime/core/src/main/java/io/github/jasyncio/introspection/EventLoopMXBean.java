package io.github.jasyncio.introspection;

import org.jspecify.annotations.Nullable;

/**
 * An event loop as JMX clients see it, under {@code io.github.jasyncio:type=EventLoop,id=N}. The numbers are read while the loop runs, and cost it
 * nothing.
 */
public interface EventLoopMXBean {

    /** Counts the loops of the process from 1. */
    long getId();

    /** True while the loop runs. */
    boolean isRunning();

    /** The name of the thread on which it runs now; null if on none. */
    @Nullable
    String getThreadName();

    /** How many entries stand in the ready queue. */
    int getReady();

    /** How many timers wait for their time. */
    int getScheduled();

    /** How many unfinished tasks it has. */
    int getTasks();

    /** How many turns it has taken. */
    long getTurns();

    /** How long, in milliseconds, the longest step or callback took since measuring was switched on last; -1 if none was measured. */
    double getSlowestStepMillis();

    /** Whether steps are measured. Off by default: looking at the clock twice for each step is not free. */
    boolean isMeasuring();

    /** Begins to measure steps, from zero, or ends it. */
    void setMeasuring(boolean measuring);

    /** {@link Dump#toString} of this loop. */
    String dump();

    /** {@link Dump#toJson} of this loop. */
    String dumpAsJson();
}
