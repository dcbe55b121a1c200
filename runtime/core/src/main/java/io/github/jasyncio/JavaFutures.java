package io.github.jasyncio;

import io.github.jasyncio.internal.Stages;
import io.github.jasyncio.internal.loop.ExecutorTurns;
import io.github.jasyncio.internal.loop.Outsider;
import io.github.jasyncio.internal.loop.Outsiders;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The ways between the futures of a loop and Java's own, to and fro. */
final class JavaFutures {

    private JavaFutures() {}

    /** A future that comes to the same as a stage. Semantics: {@code asyncio.wrap_future}. */
    static <T> Future<T> from(EventLoop loop, CompletionStage<? extends T> stage) {
        StageFuture<T> future = new StageFuture<>(loop, stage);
        loop.outsideWork.beginStage();
        try {
            stage.whenComplete(future.arrival);
        } catch (Throwable t) {
            // Whatever a stage does belongs to whoever awaits it, also that it cannot be asked.
            future.copy(null, t);
        }
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
            new Chain<>(future.loop, result).to(future);
        }
        return result;
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
        loop.checkOpen("runCoroutineThreadsafe");
        CompletableFuture<T> result = new CompletableFuture<>();
        Chain<T> chain = new Chain<>(loop, result);
        loop.callSoonThreadsafe(() -> {
            try {
                chain.to(loop.createTask(coroutine));
            } catch (Throwable t) {
                // The caller must not wait for ever; the loop's exception handler is told as well.
                result.completeExceptionally(t);
                throw t;
            }
        });
        return result;
    }

    /** Semantics: {@code futures._chain_future} with a {@code concurrent.futures.Future} at the end; one that hears of the loop's end. */
    private static final class Chain<T> implements Outsider, BiConsumer<T, @Nullable Throwable> {

        private final EventLoop loop;
        private final CompletableFuture<T> destination;
        private final Outsiders.Place place;

        /** Null until there is one. */
        private volatile @Nullable Future<T> source;

        Chain(EventLoop loop, CompletableFuture<T> destination) {
            this.loop = loop;
            this.destination = destination;
            this.place = loop.outsiders.add(this);
            CompletableFuture<T> unused = destination.whenComplete(this);
        }

        void to(Future<T> source) {
            this.source = source;
            source.addDoneCallback(done -> copy(done, destination));
            if (destination.isCancelled()) {
                cancel(source); // before there was anything to cancel
            }
        }

        /** The destination is done, on whatever thread. */
        @Override
        public void accept(T value, @Nullable Throwable failure) {
            place.leave();
            Future<T> present = source;
            if (destination.isCancelled() && present != null) {
                cancel(present);
            }
        }

        private void cancel(Future<T> source) {
            loop.handIn(new Handle((Runnable) source::cancel, VarMap.EMPTY), false);
        }

        @Override
        public void loopEnds() {
            Future<T> present = source;
            if (present != null && present.isDone()) {
                copy(present, destination);
            }
        }

        @Override
        public void loopEnded(String how) {
            loopEnds();
            destination.completeExceptionally(new IllegalStateException(how));
        }
    }

    /**
     * A future that comes to the same as one of Java's own stages.
     *
     * <p>Semantics: {@code asyncio.wrap_future}: the result arrives by {@code callSoonThreadsafe}, and cancelling this cancels the stage in the next
     * turn.
     */
    private static final class StageFuture<T> extends Future<T> {

        private final CompletionStage<? extends T> stage;
        private final Arrival<T> arrival = new Arrival<>(this);

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
            end();
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

        private void copy(@Nullable T value, @Nullable Throwable failure) {
            if (isDone()) {
                return;
            }
            end();
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

        private void end() {
            loop.outsideWork.endStage();
            arrival.future = null;
        }
    }

    /** What a stage gets to keep, perhaps for ever. It comes on whatever thread completes the stage; the first outcome counts. */
    private static final class Arrival<T> implements BiConsumer<@Nullable T, @Nullable Throwable> {

        // Not volatile: who sees it too long hands in what does nothing.
        private @Nullable StageFuture<T> future;

        Arrival(StageFuture<T> future) {
            this.future = future;
        }

        @Override
        public void accept(@Nullable T value, @Nullable Throwable failure) {
            StageFuture<T> waiting = future;
            if (waiting == null) {
                return;
            }
            EventLoop loop = waiting.loop;
            Runnable news = () -> waiting.copy(value, failure);
            ExecutorTurns turns = loop.executorTurns;
            if (turns == null || !turns.takeTurnHere(news)) {
                loop.handIn(new Handle(news, VarMap.EMPTY), false);
            }
        }
    }
}
