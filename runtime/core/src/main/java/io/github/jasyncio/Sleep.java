package io.github.jasyncio;

import io.github.jasyncio.internal.Execution;
import io.github.jasyncio.internal.Frame;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Semantics: {@code asyncio.sleep}.
 *
 * <p>Makes itself a frame only where it has to give a value after a bare yield. Otherwise it leaves by a tail call: what it waits for gives
 * the value straight to whoever awaits the sleep, and this object, which nothing references then, costs nothing where it is awaited at once.
 */
final class Sleep<T> extends Frame<T> {

    private final Duration delay;
    private final @Nullable T result;

    Sleep(Duration delay, @Nullable T result) {
        if (delay == null) {
            throw new NullPointerException("sleep: a delay was expected, got null");
        }
        this.delay = delay;
        this.result = result;
    }

    @Override
    public @Nullable Object start(Execution execution) {
        return startInPlace(execution);
    }

    @Override
    public @Nullable Object startInPlace(Execution execution) {
        begin();
        if (isNoTime(delay)) {
            execution.suspendOn(null);
            if (result == null) {
                return Execution.SUSPENDED;
            }
            state = 1;
            return execution.suspended(this);
        }
        EventLoop loop = Asyncio.getRunningLoop();
        SleepFuture<T> sleep = new SleepFuture<>(loop, result);
        loop.enqueueAt(sleep, loop.deadlineAfter(delay));
        return execution.suspendOn(sleep);
    }

    /** The constant first: the JIT does not look into it, but knows the very object where it stands in the call. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isNoTime(Duration delay) {
        return delay == Duration.ZERO || delay.isZero() || delay.isNegative();
    }

    @Override
    protected @Nullable Object resume(Execution execution) {
        enter();
        execution.result();
        return result;
    }

    @Override
    public StackTraceElement location() {
        return new StackTraceElement(Asyncio.class.getName(), "sleep", "Asyncio.java", -1);
    }
}
