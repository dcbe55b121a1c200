package io.github.jasyncio.testing;

/** What a test should not leave behind. */
public enum Leftover {

    /** Tasks that are not done, and that nobody has asked to cancel themselves. */
    TASKS,

    /** Callbacks that wait for their time, by {@code callLater} or {@code callAt}. */
    TIMERS,

    /** Connections, datagram endpoints and pipes that are open. */
    CONNECTIONS,
    /** Servers that listen. */
    SERVERS,
    /** Calls that still run on other threads. */
    EXECUTORS,

    /** Failures of tasks, futures and callbacks at which nobody has looked. */
    FAILURES,

    /** Async generators that have begun, have not ended, and were not closed. */
    GENERATORS,

    /** Coroutines that were made and never awaited; not looked for while many orders are tried. */
    COROUTINES
}
