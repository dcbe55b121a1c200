package io.github.jasyncio.internal.debug;

/** A loop as debug mode knows it: what is made while it runs is complained of when it is closed. Thread-safe. */
public interface HomeLoop {

    /** True while it runs. */
    boolean isRunning();

    /** True once it is closed. */
    boolean isClosed();

    /** Takes a complaint of something that was made while it ran, if somebody wants to hear of it; false if it belongs into the log. */
    boolean hears(String complaint);
}
