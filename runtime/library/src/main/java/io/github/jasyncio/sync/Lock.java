package io.github.jasyncio.sync;

import static io.github.jasyncio.Asyncio.await;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Future;

/**
 * Lets one task in at a time, in the order in which they asked.
 *
 * <p>Semantics: {@code asyncio.Lock}. Not owned by a task (any may release it) and not reentrant. A newcomer does not overtake those who
 * wait, not even between the release and the moment at which the next one runs. Loop-confined.
 *
 * <pre>{@code
 * await(lock.acquire());            // or: await(lock.with(() -> { ... }))
 * try {
 *     ...
 * } finally {
 *     lock.release();
 * }
 * }</pre>
 */
public final class Lock extends Acquirable {

    private final Waiters<Boolean> waiters = new Waiters<>();

    // unlocked --acquire--> locked --release--> unlocked. While unlocked and not all waiters are cancelled, the first
    // of
    // them is done: chosen and about to run, or cancelled and about to choose the next.
    private boolean isLocked;

    /** A lock that is free. */
    public Lock() {}

    /** True while somebody has it; false between a release and the moment at which the one who was chosen runs. Semantics: {@code locked}. */
    public boolean isLocked() {
        return isLocked;
    }

    /**
     * Waits until it is this task's turn, and locks.
     *
     * <p>Semantics: {@code asyncio.Lock.acquire}. Does not suspend if the lock is free and nobody waits. A waiter that is cancelled leaves the
     * queue and, if it was chosen already, passes the lock on.
     *
     * @return a coroutine that gives true; it fails with {@link IllegalStateException} if it has to wait on another loop than others did before
     */
    @Async
    @Override
    public Coroutine<Boolean> acquire() {
        if (!isLocked && !waiters.hasAny()) {
            isLocked = true;
            return Coroutine.of(true);
        }
        Future<Boolean> waiter = createWaiter();
        waiters.add(waiter);
        try {
            try {
                await(waiter);
            } finally {
                waiters.remove(waiter);
            }
        } catch (CancelledError e) {
            if (!isLocked) {
                waiters.wakeFirst(true);
            }
            throw e;
        }
        isLocked = true;
        return Coroutine.of(true);
    }

    /**
     * Unlocks, and wakes the task that has waited longest.
     *
     * <p>Semantics: {@code asyncio.Lock.release}. Does not suspend.
     *
     * @throws IllegalStateException if it is not locked
     */
    @Override
    public void release() {
        if (!isLocked) {
            throw new IllegalStateException("release: " + this + " is not acquired; call it once for each acquire()");
        }
        waiters.wakeFirst(true); // before: where it fails the lock can be released again
        isLocked = false;
    }

    /** For example {@code <Lock [unlocked]>}, {@code <Lock [locked, waiters:2]>}. */
    @Override
    public String toString() {
        return describe(isLocked ? "locked" : "unlocked", waiters);
    }
}
