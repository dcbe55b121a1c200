package io.github.jasyncio;

import io.github.jasyncio.internal.Execution;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The coroutine of {@code waitFor} without any time to wait: what is done gives its outcome, anything else is cancelled and its end awaited.
 *
 * <p>It waits for a future of its own, and not for the cancelled one, so that it can itself be cancelled meanwhile.
 */
final class CancelAndWait<T> extends HandWritten<T> {

    private final Awaitable<T> awaitable;
    private @Nullable Future<T> future;
    private @Nullable Consumer<Future<T>> release;

    CancelAndWait(Awaitable<T> awaitable) {
        super("waitFor");
        this.awaitable = awaitable;
    }

    @Override
    @Nullable
    Object run(Execution execution) throws Throwable {
        Future<T> future = Asyncio.ensureFuture(awaitable);
        if (future.isDone()) {
            return future.result();
        }
        Future<Void> waiter = Asyncio.getRunningLoop().createFuture();
        Consumer<Future<T>> release = new CallbackOnBehalf<>(
                "waitFor",
                ended -> {
                    if (!waiter.isDone()) {
                        waiter.setResult(null);
                    }
                },
                () -> List.of(waiter));
        this.future = future;
        this.release = release;
        future.addDoneCallback(release);
        future.cancel();
        return await(waiter, this::ended, execution);
    }

    private @Nullable Object ended(@Nullable Object value, @Nullable Throwable failure, Execution execution)
            throws Throwable {
        Future<T> cancelled = future;
        Consumer<Future<T>> callback = release;
        if (cancelled == null || callback == null) {
            throw new AssertionError("waitFor went on before it began (a bug in jasyncio)");
        }
        cancelled.removeDoneCallback(callback);
        if (failure != null) {
            throw failure;
        }
        try {
            return cancelled.result();
        } catch (CancelledError e) {
            throw new AsyncTimeoutException("waitFor timed out", e);
        }
    }
}
