package io.github.jasyncio.testing;

/**
 * A program failed under some order.
 *
 * @param schedule the order, to be given to {@link Schedules#replay}: a short text, empty if it is asyncio's own order
 * @param error what the program failed with, as it was thrown when the shortest schedule was run
 * @param reorderings in how many places the order differs from asyncio's own
 * @param interleaving what ran when, a line a step, those marked that asyncio would have run later
 */
public record ScheduleFailure(String schedule, Throwable error, int reorderings, String interleaving) {

    /** All of it, for people. */
    @Override
    public String toString() {
        return error + "\nunder schedule \"" + schedule + "\" (" + reorderings
                + (reorderings == 1 ? " reordering" : " reorderings") + "):\n" + interleaving;
    }
}
