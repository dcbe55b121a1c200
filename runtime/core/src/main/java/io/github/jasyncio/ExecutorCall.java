package io.github.jasyncio;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A call that runs on an executor, and the future of its result on the loop.
 *
 * <p>Semantics: {@code loop.run_in_executor}. Cancelling it keeps the call from starting, in the next turn; one that runs goes on, and its
 * result is dropped.
 */
final class ExecutorCall<T> extends Future<T> implements Runnable {

    private static final int WAITS = 0;
    private static final int TAKEN = 1;

    private final Callable<? extends T> callable;

    // WAITS --run--> TAKEN, or WAITS --cancel--> TAKEN: whoever comes first
    private final AtomicInteger stage = new AtomicInteger(WAITS);

    ExecutorCall(EventLoop loop, Callable<? extends T> callable) {
        super(loop);
        this.callable = callable;
        loop.outsideWork().begin();
    }

    /** On a thread of the executor. */
    @Override
    public void run() {
        if (!stage.compareAndSet(WAITS, TAKEN)) {
            return;
        }
        T value = null;
        Throwable failure = null;
        try {
            value = callable.call();
        } catch (Throwable t) {
            failure = t;
        }
        T result = value;
        Throwable error = failure;
        if (!loop.isClosed()) {
            loop.callSoonThreadsafe(() -> arrived(result, error));
        }
    }

    private void arrived(@Nullable T result, @Nullable Throwable failure) {
        if (isDone()) {
            return;
        }
        loop.outsideWork().end();
        if (failure != null) {
            fail(failure);
        } else {
            complete(FINISHED, result);
        }
    }

    @Override
    public boolean cancel(@Nullable String message) {
        if (isDone()) {
            return super.cancel(message);
        }
        checkThread("cancel");
        loop.outsideWork().end();
        loop.callSoon(() -> stage.compareAndSet(WAITS, TAKEN));
        return super.cancel(message);
    }

    /** The executor would not take it. */
    void refused() {
        loop.outsideWork().end();
    }
}
