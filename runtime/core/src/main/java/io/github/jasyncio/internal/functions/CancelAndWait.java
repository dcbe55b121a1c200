package io.github.jasyncio.internal.functions;

import io.github.jasyncio.AsyncTimeoutException;
import io.github.jasyncio.Awaitable;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Future;
import io.github.jasyncio.internal.Execution;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The coroutine of {@code waitFor} without any time to wait: what is done gives its outcome, anything else is cancelled and its end awaited.
 *
 * <p>It waits for a future of its own, and not for the cancelled one, so that it can itself be cancelled meanwhile.
 */
public final class CancelAndWait<T> extends HandWritten<T> {

    private final Awaitable<T> awaitable;
    private final Function<Awaitable<T>, Future<T>> ensureFuture;
    private @Nullable Future<T> future;
    private @Nullable Consumer<Future<T>> release;

    public CancelAndWait(Awaitable<T> awaitable, Function<Awaitable<T>, Future<T>> ensureFuture) {
        super("waitFor");
        this.awaitable = awaitable;
        this.ensureFuture = ensureFuture;
    }

    @Override
    @Nullable
    protected Object run(Execution execution) throws Throwable {
        Future<T> future = ensureFuture.apply(awaitable);
        if (future.isDone()) {
            return future.result();
        }
        Future<Void> waiter = Facade.runningLoop().createFuture();
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
