package io.github.jasyncio.internal.loop;

/**
 * Somebody outside of a loop who waits for something of it: told when the loop ends, in whatever way it does, for then nobody else will tell him.
 *
 * <p>Told at most once, on the thread that ends the loop or finds that it has ended.
 */
public interface Outsider {

    /**
     * The loop is about to end: who can see already what he waits for may take it. What he takes counts as looked at, so this comes before the
     * loop reports failures that nobody has seen.
     */
    default void loopEnds() {}

    /**
     * The loop has ended. What has come all the same may be taken, and everything else has failed.
     *
     * @param how what to tell those who wait
     */
    void loopEnded(String how);
}
