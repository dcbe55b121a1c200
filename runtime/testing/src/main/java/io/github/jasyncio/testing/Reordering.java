package io.github.jasyncio.testing;

/**
 * What an exploration may put into another order than asyncio's own.
 *
 * <p>In both modes a task's own steps stay in their order, a timer does not run before its time, virtual time goes on only when nothing is ready,
 * and whatever is ready runs in the end: nothing is passed over more than twenty times.
 */
public enum Reordering {

    /**
     * Keeps what asyncio promises, and what programs may rely on:
     *
     * <ul>
     *   <li>what one task or callback makes ready runs in the order in which it did so: its calls of {@code callSoon}, the tasks that it wakes,
     *       itself if it yields. So a task that another has created begins before its creator goes on after {@code await(sleep(Duration.ZERO))}.
     *       Only the first steps of tasks that it has created come in any order among themselves;
     *   <li>those who wait for the same lock, event, condition, semaphore, barrier or queue go on in the order in which they came;
     *   <li>timers of different times run in the order of their times.
     * </ul>
     *
     * <p>Everything else comes in any order, also across turns: the steps of different tasks, timers of the same time, what comes from other threads.
     */
    LEGAL,

    /** Reorders also what asyncio merely happens to keep: whatever is ready may run next. */
    ANY
}
