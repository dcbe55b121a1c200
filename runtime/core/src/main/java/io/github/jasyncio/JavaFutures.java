package io.github.jasyncio;

import io.github.jasyncio.internal.Stages;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The ways between the futures of a loop and Java's own, to and fro. */
final class JavaFutures {

    private JavaFutures() {}

    /** A future that comes to the same as a stage. Semantics: {@code asyncio.wrap_future}. */
    static <T> Future<T> from(EventLoop loop, CompletionStage<? extends T> stage) {
        StageFuture<T> future = new StageFuture<>(loop, stage);
        loop.outsideWork().beginStage();
        stage.whenComplete(future::arrived);
        return future;
    }

    /** The stage to whose outcome a future comes; null if it is none of that kind. */
    static @Nullable CompletionStage<?> stageOf(@Nullable Future<?> future) {
        return future instanceof StageFuture<?> wrapped ? wrapped.stage : null;
    }

    /** A future of Java's own that comes to the same as one of a loop's. */
    static <T> CompletableFuture<T> to(Future<T> future) {
        CompletableFuture<T> result = new CompletableFuture<>();
        if (future.isDone()) {
            copy(future, result);
        } else {
            chain(future, result);
        }
        return result;
    }

    /** Semantics: {@code futures._chain_future} with a {@code concurrent.futures.Future} at the end. */
    private static <T> void chain(Future<T> source, CompletableFuture<T> destination) {
        source.addDoneCallback(done -> copy(done, destination));
        CompletableFuture<T> unused = destination.whenComplete((value, failure) -> {
            if (destination.isCancelled() && !source.getLoop().isClosed()) {
                source.getLoop().callSoonThreadsafe(source::cancel);
            }
        });
    }

    private static <T> void copy(Future<T> source, CompletableFuture<T> destination) {
        if (source.isCancelled()) {
            destination.cancel(false);
            return;
        }
        @Nullable Throwable failure = source.exception();
        if (failure != null) {
            destination.completeExceptionally(failure);
        } else {
            destination.complete(source.result());
        }
    }

    /** Hands a coroutine to a loop on another thread. Semantics: {@code asyncio.run_coroutine_threadsafe}. */
    static <T> CompletableFuture<T> submit(Coroutine<T> coroutine, EventLoop loop) {
        if (coroutine == null) {
            throw new NullPointerException("runCoroutineThreadsafe: a coroutine was expected, got null");
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        loop.callSoonThreadsafe(() -> {
            try {
                chain(loop.createTask(coroutine), result);
            } catch (Throwable t) {
                // The caller must not wait for ever; the loop's exception handler is told as well.
                result.completeExceptionally(t);
                throw t;
            }
        });
        return result;
    }

    /**
     * A future that comes to the same as one of Java's own stages.
     *
     * <p>Semantics: {@code asyncio.wrap_future}: the result arrives by {@code callSoonThreadsafe}, and cancelling this cancels the stage in the next
     * turn.
     */
    private static final class StageFuture<T> extends Future<T> {

        private final CompletionStage<? extends T> stage;

        private StageFuture(EventLoop loop, CompletionStage<? extends T> stage) {
            super(loop);
            this.stage = stage;
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
                // CompletionStage allows this answer: a stage that cannot be cancelled goes on, and its result is
                // dropped.
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
}
