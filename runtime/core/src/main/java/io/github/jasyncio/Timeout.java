package io.github.jasyncio;

import io.github.jasyncio.internal.Execution;
import io.github.jasyncio.internal.functions.HandWritten;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * The deadline of a body that {@link Asyncio#timeout timeout} or {@link Asyncio#timeoutAt timeoutAt} runs.
 *
 * <p>Semantics: {@code asyncio.Timeout}. When the deadline comes, the task that runs the body is cancelled; if the body ends by that
 * cancellation, and nobody else has asked for one meanwhile, {@link AsyncTimeoutException} is thrown in its stead. A body that
 * ends in another way, or is cancelled by others too, keeps its own outcome. Different: Python also chains a TimeoutError into the
 * context of another failure, which Java's exceptions do not have.
 *
 * <p>Loop-confined.
 */
public final class Timeout {

    /** Named as {@link #toString} shows them. */
    private enum State {
        CREATED("created"),
        ENTERED("active"),
        EXPIRING("expiring"),
        EXPIRED("expired"),
        EXITED("finished");

        private final String shown;

        State(String shown) {
            this.shown = shown;
        }
    }

    // CREATED --enter--> ENTERED --deadline--> EXPIRING --exit--> EXPIRED
    //                       '------------exit--------------------> EXITED
    private State state = State.CREATED;

    private @Nullable Long whenNanos;
    private @Nullable Handle timer;
    private @Nullable Task<?> task;
    private int requestsBefore;

    /**
     * Makes one that is not running yet.
     *
     * @param whenNanos the deadline in nanoseconds of the loop's clock; null means none
     */
    Timeout(@Nullable Long whenNanos) {
        this.whenNanos = whenNanos;
    }

    /** The deadline, in nanoseconds of the loop's clock ({@link EventLoop#time}); null if there is none. Semantics: {@code Timeout.when}. */
    public @Nullable Long when() {
        return whenNanos;
    }

    /**
     * Moves the deadline. One that has passed takes effect in the next turn of the loop.
     *
     * <p>Semantics: {@code asyncio.Timeout.reschedule}.
     *
     * @param whenNanos the new deadline in nanoseconds of the loop's clock, as {@link EventLoop#time} counts them; null means none
     * @throws IllegalStateException if the deadline has come already, or the body has ended
     */
    public void reschedule(@Nullable Long whenNanos) {
        if (state == State.CREATED) {
            throw new IllegalStateException("reschedule called on " + this + ", which has not been entered");
        }
        if (state != State.ENTERED) {
            throw new IllegalStateException(
                    "reschedule called on " + this + ": only the deadline of a body that still runs"
                            + " and has not been cancelled by it can be moved");
        }
        this.whenNanos = whenNanos;
        stopTimer();
        if (whenNanos != null) {
            EventLoop loop = Asyncio.getRunningLoop();
            timer = whenNanos <= loop.time() ? loop.callSoon(this::onTimeout) : loop.callAt(whenNanos, this::onTimeout);
        }
    }

    /** True once the deadline has come while the body was running, whatever the body made of it. Semantics: {@code Timeout.expired}. */
    public boolean expired() {
        return state == State.EXPIRING || state == State.EXPIRED;
    }

    /** In asyncio's form, the deadline in seconds: {@code <Timeout [active] when=12.5>}. */
    @Override
    public String toString() {
        String when = state == State.ENTERED ? " when=" + seconds(whenNanos) : "";
        return "<Timeout [" + state.shown + "]" + when + ">";
    }

    private static String seconds(@Nullable Long nanos) {
        return nanos == null
                ? "null"
                : BigDecimal.valueOf(nanos, 9)
                        .setScale(3, RoundingMode.HALF_EVEN)
                        .stripTrailingZeros()
                        .toPlainString();
    }

    private void enter() {
        Task<?> current = Asyncio.currentTask();
        if (current == null) {
            throw new IllegalStateException(
                    "timeout was awaited outside a task, so there is nothing to cancel; make a task of the coroutine"
                            + " that awaits it");
        }
        state = State.ENTERED;
        task = current;
        requestsBefore = current.cancelling();
        reschedule(whenNanos);
    }

    /**
     * Ends the deadline's life.
     *
     * @param failure how the body has ended; null if it has a value
     * @param what the method by which users know this timeout
     * @return what comes out instead of the body's outcome; null lets that be
     */
    private @Nullable AsyncTimeoutException exit(@Nullable Throwable failure, String what) {
        stopTimer();
        if (state == State.ENTERED) {
            state = State.EXITED;
            return null;
        }
        state = State.EXPIRED;
        // Uncancelled in any case: the request was ours. Only if it was the last one is the body's cancellation ours,
        // too.
        boolean ours = task().uncancel() <= requestsBefore;
        return ours && failure instanceof CancelledError
                ? new AsyncTimeoutException(what + " timed out", failure)
                : null;
    }

    private void onTimeout() {
        task().cancel();
        state = State.EXPIRING;
        timer = null;
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private Task<?> task() {
        if (task == null) {
            throw new AssertionError(this + " has no task (a bug in jasyncio)");
        }
        return task;
    }

    /** {@code async with timeout(...) as t: return await body(t)}. */
    static final class Scope<T> extends HandWritten<T> {

        /** Says when the deadline is; asked when the coroutine starts. */
        @FunctionalInterface
        interface Deadline {

            /** In nanoseconds of that loop's clock; null means never. */
            @Nullable
            Long on(EventLoop loop);
        }

        /** What is to be done in time. */
        @FunctionalInterface
        interface Body<T> {

            /** Makes what is awaited. */
            Awaitable<T> in(Timeout timeout) throws Exception;
        }

        private final Deadline deadline;
        private final Body<T> body;
        private @Nullable Timeout timeout;

        Scope(String methodName, Deadline deadline, Body<T> body) {
            super(methodName);
            this.deadline = deadline;
            this.body = body;
        }

        @Override
        @Nullable
        protected Object run(Execution execution) throws Throwable {
            Timeout entered = new Timeout(deadline.on(Asyncio.getRunningLoop()));
            entered.enter();
            timeout = entered;
            return await(() -> body.in(entered), this::leave, execution);
        }

        private @Nullable Object leave(@Nullable Object value, @Nullable Throwable failure, Execution execution)
                throws Throwable {
            AsyncTimeoutException late =
                    timeout == null ? null : timeout.exit(failure, location().getMethodName());
            return valueOr(late != null ? late : failure, value);
        }
    }
}
