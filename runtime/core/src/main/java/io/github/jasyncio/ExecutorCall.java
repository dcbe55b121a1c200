package io.github.jasyncio;

import io.github.jasyncio.internal.loop.Terminations;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A call that runs on an executor, and the future of its result on the loop.
 *
 * <p>Semantics: {@code loop.run_in_executor}. Cancelling it keeps the call from starting, in the next turn; one that runs goes on, and its
 * result is dropped.
 */
final class ExecutorCall<T> extends Future<T> implements Runnable, Terminations.Waiting {

    private static final int WAITS = 0;
    private static final int TAKEN = 1;

    private final Callable<? extends T> callable;

    /** Told if it terminates with the call in its queue; null if it is not asked. */
    private final @Nullable ExecutorService executor;

    // WAITS --run, cancel, giveUp--> TAKEN: whoever comes first
    private final AtomicInteger stage = new AtomicInteger(WAITS);

    /**
     * Begins to wait.
     *
     * @param executor whose queue may be thrown away; null if that cannot be
     */
    ExecutorCall(EventLoop loop, Callable<? extends T> callable, @Nullable Executor executor) {
        super(loop);
        this.callable = callable;
        this.executor = executor instanceof ExecutorService service ? service : null;
        loop.outsideWork.begin();
        if (this.executor != null) {
            loop.terminations.add(this);
        }
    }

    /** On a thread of the executor. */
    @Override
    public void run() {
        if (!take()) {
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
        loop.handIn(new Handle((Runnable) () -> arrived(result, error), VarMap.EMPTY), false);
    }

    private boolean take() {
        if (!stage.compareAndSet(WAITS, TAKEN)) {
            return false;
        }
        if (executor != null) {
            loop.terminations.remove(this);
        }
        return true;
    }

    @Override
    public boolean isInVain() {
        return executor != null && executor.isTerminated();
    }

    @Override
    public void giveUp() {
        if (take()) {
            RejectedExecutionException failure = new RejectedExecutionException(
                    "the executor was shut down before it began this call, which was in its queue: " + executor);
            loop.handIn(new Handle((Runnable) () -> arrived(null, failure), VarMap.EMPTY), false);
        }
    }

    private void arrived(@Nullable T result, @Nullable Throwable failure) {
        if (isDone()) {
            return;
        }
        loop.outsideWork.end();
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
        loop.outsideWork.end();
        loop.callSoon(this::take);
        return super.cancel(message);
    }

    /** The executor would not take it. */
    void refused() {
        take();
        loop.outsideWork.end();
    }
}
