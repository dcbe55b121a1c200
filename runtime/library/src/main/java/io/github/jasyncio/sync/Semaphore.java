package io.github.jasyncio.sync;

import static io.github.jasyncio.Asyncio.await;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Future;

/**
 * Hands out a number of permits, in the order in which tasks ask.
 *
 * <p>Semantics: {@code asyncio.Semaphore}. Anybody may release, also who did not acquire; {@link BoundedSemaphore} refuses what is too much. While
 * somebody waits nobody overtakes, even if a permit is free. Loop-confined.
 */
public sealed class Semaphore extends Acquirable permits BoundedSemaphore {

    private final Waiters<Boolean> waiters = new Waiters<>();

    /** The permits that neither somebody has nor a waiter was given who is about to run. */
    private int value;

    /** A semaphore with one permit. */
    public Semaphore() {
        this(1);
    }

    /**
     * A semaphore with {@code value} permits.
     *
     * @throws IllegalArgumentException if the value is negative
     */
    public Semaphore(int value) {
        if (value < 0) {
            throw new IllegalArgumentException(
                    getClass().getSimpleName() + ": initial value must not be negative, got " + value);
        }
        this.value = value;
    }

    /** True if {@link #acquire} would wait: no permit is free, or somebody waits already. Semantics: {@code locked}. */
    public boolean isLocked() {
        return value == 0 || waiters.hasAny();
    }

    final int value() {
        return value;
    }

    /**
     * Waits until it is this task's turn and a permit is free, and takes it.
     *
     * <p>Semantics: {@code asyncio.Semaphore.acquire}. Does not suspend if a permit is free and nobody waits. A waiter that is cancelled when it
     * was just given a permit gives it to the next.
     *
     * @return a coroutine that gives true; it fails with {@link IllegalStateException} if it has to wait on another loop than others did before
     */
    @Async
    @Override
    public Coroutine<Boolean> acquire() {
        if (!isLocked()) {
            value--;
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
            if (waiter.isDone() && !waiter.isCancelled()) {
                value++;
            }
            throw e;
        } finally {
            // Others may have come to wait behind this one although permits were free.
            while (value > 0 && wakeNext()) {}
        }
        return Coroutine.of(true);
    }

    /**
     * Gives a permit back, to the task that has waited longest, if there is one.
     *
     * <p>Semantics: {@code asyncio.Semaphore.release}. Does not suspend.
     */
    @Override
    public void release() {
        if (waiters.wake(1, true) == 0) {
            value++;
        }
    }

    /** Gives one permit, of which there must be one, to the first who sleeps. False if nobody does. */
    private boolean wakeNext() {
        if (waiters.wake(1, true) == 0) {
            return false;
        }
        value--;
        return true;
    }

    /** For example {@code <Semaphore [unlocked, value:2]>}, {@code <Semaphore [locked, waiters:3]>}. */
    @Override
    public String toString() {
        return describe(isLocked() ? "locked" : "unlocked, value:" + value, waiters);
    }
}
