package io.github.jasyncio.sync;

import static io.github.jasyncio.Asyncio.await;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import java.util.Locale;

/**
 * A place where tasks wait until a given number of them has come; then all go on, and it serves for the next round.
 *
 * <p>Semantics: {@code asyncio.Barrier}; its {@code wait} is {@link #waitOn} here, and {@code async with barrier as index} is {@code int index =
 * await(barrier.waitOn())}, for nothing is done at the end. A waiter that is cancelled just leaves. Loop-confined.
 */
public final class Barrier {

    private enum State {
        FILLING,
        DRAINING,
        RESETTING,
        BROKEN
    }

    private final Condition condition = new Condition();
    private final int parties;

    // FILLING --the last party comes--> DRAINING  --the last of them goes--> FILLING
    //    |-----reset, if some wait----> RESETTING --the last of them goes--> FILLING
    //    '-----abort, from any state--> BROKEN    --reset------------------> RESETTING or FILLING
    private State state = State.FILLING;

    /** The tasks that have come and not gone. */
    private int count;

    /**
     * A barrier for {@code parties} tasks.
     *
     * @throws IllegalArgumentException if there are not any
     */
    public Barrier(int parties) {
        if (parties < 1) {
            throw new IllegalArgumentException("Barrier: parties must be 1 or more, got " + parties);
        }
        this.parties = parties;
    }

    /**
     * Waits until all parties have come. Who comes while the last round still leaves waits for that first.
     *
     * <p>Semantics: {@code asyncio.Barrier.wait}. The last to come does not suspend.
     *
     * @return a coroutine that gives each task of a round another index, from 0 to {@code parties} - 1, in the order in which they came; it
     *     fails with {@link BrokenBarrierException} if the barrier is broken, or reset or aborted meanwhile
     */
    @Async
    public Coroutine<Integer> waitOn() {
        await(condition.acquire());
        try {
            await(waitUntilFree());
            int index = count++;
            try {
                if (index + 1 == parties) {
                    state = State.DRAINING;
                    condition.notifyAllWaiters();
                } else {
                    await(waitUntilFull());
                }
            } finally {
                count--;
                leave();
            }
            return Coroutine.of(index);
        } finally {
            condition.release();
        }
    }

    @Async
    private Coroutine<Void> waitUntilFree() {
        await(condition.waitFor(() -> state != State.DRAINING && state != State.RESETTING));
        if (state == State.BROKEN) {
            throw new BrokenBarrierException("waitOn: " + this + " was aborted; reset() makes it serve again");
        }
        return Coroutine.done();
    }

    @Async
    private Coroutine<Void> waitUntilFull() {
        await(condition.waitFor(() -> state != State.FILLING));
        if (state == State.BROKEN || state == State.RESETTING) {
            throw new BrokenBarrierException("waitOn: " + this + " was aborted or reset while this task waited");
        }
        return Coroutine.done();
    }

    /** The last to go lets those in who came meanwhile. */
    private void leave() {
        if (count == 0) {
            if (state == State.RESETTING || state == State.DRAINING) {
                state = State.FILLING;
            }
            condition.notifyAllWaiters();
        }
    }

    /**
     * Makes the barrier as it was in the beginning; those who wait get {@link BrokenBarrierException}.
     *
     * <p>Semantics: {@code asyncio.Barrier.reset}.
     */
    @Async
    public Coroutine<Void> reset() {
        await(condition.acquire());
        try {
            state = count > 0 ? State.RESETTING : State.FILLING;
            condition.notifyAllWaiters();
        } finally {
            condition.release();
        }
        return Coroutine.done();
    }

    /**
     * Breaks the barrier: those who wait, and all who come before a {@link #reset}, get {@link BrokenBarrierException}.
     *
     * <p>Semantics: {@code asyncio.Barrier.abort}.
     */
    @Async
    public Coroutine<Void> abort() {
        await(condition.acquire());
        try {
            state = State.BROKEN;
            condition.notifyAllWaiters();
        } finally {
            condition.release();
        }
        return Coroutine.done();
    }

    /** How many tasks make a round. Semantics: {@code parties}. */
    public int parties() {
        return parties;
    }

    /** How many wait for the others of their round; none while one leaves. Semantics: {@code n_waiting}. */
    public int nWaiting() {
        return state == State.FILLING ? count : 0;
    }

    /** True after {@link #abort}, until {@link #reset}. Semantics: {@code broken}. */
    public boolean isBroken() {
        return state == State.BROKEN;
    }

    /** For example {@code <Barrier [filling, waiters:1/3]>}, {@code <Barrier [broken]>}. */
    @Override
    public String toString() {
        String waiters = isBroken() ? "" : ", waiters:" + nWaiting() + "/" + parties;
        return "<Barrier [" + state.name().toLowerCase(Locale.ROOT) + waiters + "]>";
    }
}
