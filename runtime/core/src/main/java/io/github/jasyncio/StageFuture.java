package io.github.jasyncio;

import io.github.jasyncio.internal.Stages;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A future that comes to the same as one of Java's own stages.
 *
 * <p>Semantics: {@code asyncio.wrap_future}: the result arrives by {@code callSoonThreadsafe}, and cancelling this cancels the stage in the next
 * turn.
 */
final class StageFuture<T> extends Future<T> {

    private final CompletionStage<? extends T> stage;

    private StageFuture(EventLoop loop, CompletionStage<? extends T> stage) {
        super(loop);
        this.stage = stage;
    }

    static <T> Future<T> of(EventLoop loop, CompletionStage<? extends T> stage) {
        StageFuture<T> future = new StageFuture<>(loop, stage);
        loop.outsideWork().beginStage();
        stage.whenComplete(future::arrived);
        return future;
    }

    CompletionStage<?> stage() {
        return stage;
    }

    @Override
    public boolean cancel(@Nullable String message) {
        if (isDone()) {
            return super.cancel(message);
        }
        loop.callSoon(this::cancelStage);
        loop.outsideWork().endStage();
        return super.cancel(message);
    }

    private void cancelStage() {
        try {
            stage.toCompletableFuture().cancel(true);
        } catch (UnsupportedOperationException e) {
            // CompletionStage allows this answer: a stage that cannot be cancelled goes on, and its result is dropped.
        }
    }

    /** On whatever thread completes the stage. */
    private void arrived(@Nullable T value, @Nullable Throwable failure) {
        if (!loop.isClosed()) {
            loop.callSoonThreadsafe(() -> copy(value, failure));
        }
    }

    private void copy(@Nullable T value, @Nullable Throwable failure) {
        if (isDone()) {
            return;
        }
        loop.outsideWork().endStage();
        if (failure == null) {
            complete(FINISHED, value);
            return;
        }
        Throwable cause = Stages.unwrap(failure);
        if (cause instanceof CancellationException) {
            super.cancel(null);
        } else {
            fail(cause);
        }
    }
}
