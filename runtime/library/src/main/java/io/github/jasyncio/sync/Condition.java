package io.github.jasyncio.sync;

import static io.github.jasyncio.Asyncio.await;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Future;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A lock, and a place where its holder can wait until another task says that something has changed.
 *
 * <p>Semantics: {@code asyncio.Condition}. Its {@code wait}, {@code notify} and {@code notify_all} are {@link #waitOn}, {@link #notify(int)} and
 * {@link #notifyAllWaiters} here, because {@link Object} has final methods of those names; these know nothing of the condition, and throw
 * {@link IllegalMonitorStateException} where they are called by mistake. Loop-confined.
 *
 * <pre>{@code
 * await(condition.with(() -> {
 *     await(condition.waitFor(() -> !items.isEmpty()));
 *     return Coroutine.of(items.remove());
 * }));
 * }</pre>
 */
public final class Condition extends Acquirable {

    private final Lock lock;
    private final Waiters<Boolean> waiters = new Waiters<>();

    /** A condition with a lock of its own. Semantics: {@code asyncio.Condition()}. */
    public Condition() {
        this(new Lock());
    }

    /**
     * A condition that shares a lock, with others perhaps.
     *
     * @param lock what {@link #acquire} and {@link #release} acquire and release
     */
    public Condition(Lock lock) {
        if (lock == null) {
            throw new NullPointerException("Condition: a lock was expected, got null");
        }
        this.lock = lock;
    }

    /** True while somebody has the lock. Semantics: {@code locked}. */
    public boolean isLocked() {
        return lock.isLocked();
    }

    /**
     * Acquires the lock.
     *
     * @return a coroutine that gives true, see {@link Lock#acquire}
     */
    @Override
    public Coroutine<Boolean> acquire() {
        return lock.acquire();
    }

    /**
     * Releases the lock.
     *
     * <p>Semantics: {@code Condition.release}.
     *
     * @throws IllegalStateException if it is not locked
     */
    @Override
    public void release() {
        lock.release();
    }

    /**
     * Releases the lock, waits until notified, and acquires the lock again.
     *
     * <p>Semantics: {@code asyncio.Condition.wait}. Now and then it wakes for nothing: look again at what was waited for, or use {@link #waitFor}.
     * If the task is cancelled it acquires the lock all the same, however long that takes, before the latest {@link CancelledError} goes
     * on; and another waiter is notified in its place.
     *
     * @return a coroutine that gives true; it fails with {@link IllegalStateException} if the lock is not held, or if it waits on another loop
     *     than others did before
     */
    @Async
    public Coroutine<Boolean> waitOn() {
        checkLocked("waitOn");
        Future<Boolean> waiter = createWaiter();
        lock.release();
        try {
            try {
                waiters.add(waiter);
                try {
                    await(waiter);
                } finally {
                    waiters.remove(waiter);
                }
            } finally {
                await(reacquire());
            }
        } catch (Throwable failure) {
            // This task may have been chosen already, and will not act on it.
            waiters.wake(1, false);
            throw failure;
        }
        return Coroutine.of(true);
    }

    /** Acquires the lock, no matter how often it is cancelled meanwhile; the latest cancellation goes on afterwards. */
    @Async
    private Coroutine<Void> reacquire() {
        CancelledError latest = null;
        while (true) {
            try {
                await(lock.acquire());
                break;
            } catch (CancelledError e) {
                latest = e;
            }
        }
        throwIfPresent(latest);
        return Coroutine.done();
    }

    private static void throwIfPresent(@Nullable CancelledError cancellation) {
        if (cancellation != null) {
            throw cancellation;
        }
    }

    /**
     * Waits until {@code predicate} is true: looks, and looks again each time it was notified.
     *
     * <p>Semantics: {@code asyncio.Condition.wait_for}. Does not suspend if the predicate is true already. Where Python's predicate returns what
     * it found, the Java one keeps it somewhere.
     *
     * @param predicate called with the lock held
     * @return a coroutine that gives true; it fails like {@link #waitOn}, and with what the predicate throws
     */
    @Async
    public Coroutine<Boolean> waitFor(BooleanSupplier predicate) {
        while (!predicate.getAsBoolean()) {
            await(waitOn());
        }
        return Coroutine.of(true);
    }

    /**
     * Wakes the {@code n} tasks that have waited longest, or all if they are fewer. Each goes on when it has the lock again.
     *
     * <p>Semantics: {@code asyncio.Condition.notify}, where {@code n} may be left out; here it may not, for {@code notify()} is {@link
     * Object#notify}.
     *
     * @throws IllegalStateException if the lock is not held
     */
    public void notify(int n) {
        checkLocked("notify");
        waiters.wake(n, false);
    }

    /**
     * Wakes all who wait. Each goes on when it has the lock again.
     *
     * <p>Semantics: {@code asyncio.Condition.notify_all}.
     *
     * @throws IllegalStateException if the lock is not held
     */
    public void notifyAllWaiters() {
        checkLocked("notifyAllWaiters");
        waiters.wake(Integer.MAX_VALUE, false);
    }

    private void checkLocked(String operation) {
        if (!lock.isLocked()) {
            throw new IllegalStateException(
                    operation + ": " + this + " is not acquired; call it between acquire() and release()");
        }
    }

    /** For example {@code <Condition [unlocked]>}, {@code <Condition [locked, waiters:2]>}; the waiters are those who were not notified. */
    @Override
    public String toString() {
        return describe(isLocked() ? "locked" : "unlocked", waiters);
    }
}
