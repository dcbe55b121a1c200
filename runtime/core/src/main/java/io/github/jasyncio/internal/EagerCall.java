package io.github.jasyncio.internal;

import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Context;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import io.github.jasyncio.internal.loop.GoingOn;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Drives a call of the eager kind: an {@link io.github.jasyncio.Async} method that returns {@link CompletableFuture} or {@link
 * CompletionStage}.
 *
 * <p>The body runs in the caller's thread up to its first suspension. It goes on upon the loop that ran on that thread, if one did, otherwise in the
 * thread that completes what it awaits. One thread at a time runs it, and each hand-over happens before what follows it.
 *
 * <p>Cancelling the future that the caller got throws {@link CancelledError} at the await where the body stands, or at the next one; the future is
 * cancelled once the body has let the error pass.
 *
 * @param <T> the type of the value
 */
public final class EagerCall<T> extends CompletableFuture<T> {

    private final Execution execution;
    private final @Nullable EventLoop loop;
    private final @Nullable Context context;

    // RUNNING --suspension--> a Wait --outcome, cancel--> RUNNING ... --value, failure--> done (CompletableFuture's own
    // state)
    /** What the body waits for now; null while it runs. Guarded by this object's monitor, held for a few instructions only. */
    private @Nullable Wait wait;

    private boolean cancelRequested;

    private EagerCall(Execution execution) {
        this.execution = execution;
        this.loop = EventLoop.running();
        this.context = loop == null ? null : GoingOn.context();
    }

    // ------------------------------------------------------------------------------------------------ for rewritten
    // code

    /**
     * Turns the answer of a body that has just run for the first time into what the method returns.
     *
     * @param answer the value, or {@link Execution#SUSPENDED}
     */
    @SuppressWarnings("unchecked") // the body gives values of the method's type
    public static <T> CompletableFuture<T> answered(@Nullable Object answer, Execution execution) {
        if (answer != Execution.SUSPENDED) {
            return CompletableFuture.completedFuture((T) answer);
        }
        EagerCall<T> call = new EagerCall<>(execution);
        call.drive(answer);
        return call;
    }

    /** The same for a body that threw. */
    public static <T> CompletableFuture<T> failed(Throwable failure) {
        tidy(failure);
        CompletableFuture<T> future = new CompletableFuture<>();
        if (failure instanceof CancelledError) {
            future.cancel(false);
        } else {
            future.completeExceptionally(failure);
        }
        return future;
    }

    /** Whoever holds the future sees a trace without machinery. */
    private static void tidy(Throwable failure) {
        FailureTraces traces = FailureTraces.withoutLoop();
        if (traces != null) {
            traces.leaves(failure);
        }
    }

    // ------------------------------------------------------------------------------------------------ driving

    /** Goes on until the body is done or waits for something that is not there yet. */
    private void drive(@Nullable Object first) {
        Object answer = first;
        try {
            while (answer == Execution.SUSPENDED) {
                Wait next = new Wait(execution.innermost());
                Object awaited = execution.awaited();
                execution.clear();
                next.register(awaited);
                if (!park(next)) {
                    return;
                }
                answer = next.resume();
            }
        } catch (Throwable failure) {
            // Everything a body throws belongs to whoever holds the future.
            finish(failure);
            return;
        }
        @SuppressWarnings("unchecked") // the body gives values of the method's type
        T value = (T) answer;
        complete(value);
    }

    private void finish(Throwable failure) {
        tidy(failure);
        if (failure instanceof CancelledError) {
            super.cancel(false);
        } else {
            completeExceptionally(failure);
        }
    }

    /** Leaves the body waiting; true if it need not, because what it waits for has come already. */
    private synchronized boolean park(Wait next) {
        if (cancelRequested) {
            cancelRequested = false;
            next.settle(null, new CancelledError());
        }
        if (next.isSettled) {
            return true;
        }
        wait = next;
        return false;
    }

    /**
     * Asks the body to end: {@link CancelledError} is thrown at its await.
     *
     * @param mayInterruptIfRunning of no effect, as for every {@link CompletableFuture}
     * @return true if this is cancelled now; false also where the body goes on to clean up and will be cancelled later
     */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        Wait waiting;
        synchronized (this) {
            if (isDone()) {
                return isCancelled();
            }
            waiting = wait;
            if (waiting == null) {
                cancelRequested = true;
                return false;
            }
        }
        waiting.arrived(null, new CancelledError());
        waiting.cancelAwaited();
        return isCancelled();
    }

    // ------------------------------------------------------------------------------------------------ for those who
    // look
    // on

    /**
     * The call on whose behalf a done callback was added to a future.
     *
     * @return null if it was added for another reason
     */
    public static @Nullable EagerCall<?> behind(Object callback) {
        return callback instanceof EagerCall<?>.Wait wait ? wait.call() : null;
    }

    /** What the body waits for; null while it runs, and when it is done. Thread-safe. */
    public synchronized @Nullable Object awaited() {
        return wait == null ? null : wait.awaited;
    }

    /** Where the body stands: its innermost suspended frame; null while it runs, and when it is done. Thread-safe. */
    public synchronized @Nullable Frame<?> innermost() {
        return wait == null ? null : wait.innermost;
    }

    /** One suspension: where the body stands, and what came of what it awaits. The first outcome counts. */
    private final class Wait implements Consumer<Future<?>> {

        private final @Nullable Frame<?> innermost;
        private @Nullable Object awaited;
        private @Nullable Object value;
        private @Nullable Throwable failure;
        private boolean isSettled;

        Wait(@Nullable Frame<?> innermost) {
            this.innermost = innermost;
        }

        /** Asks to be told of the outcome; it may come at any moment from now on, on any thread. */
        void register(@Nullable Object awaited) {
            this.awaited = awaited;
            if (awaited instanceof CompletionStage<?> stage) {
                stage.whenComplete(this::stageArrived);
            } else if (awaited instanceof Future<?> future) {
                registerWith(future);
            } else if (loop != null) {
                loop.callSoon(() -> arrived(null, null), context);
            } else {
                arrived(null, null); // nobody else to give a turn to
            }
        }

        private <V> void registerWith(Future<V> future) {
            EventLoop home = future.getLoop();
            if (home == loop) {
                future.addDoneCallback(this);
            } else {
                home.callSoonThreadsafe(() -> future.addDoneCallback(this));
            }
        }

        private EagerCall<T> call() {
            return EagerCall.this;
        }

        @Override
        public void accept(Future<?> future) {
            Object result = null;
            Throwable error = null;
            try {
                result = future.result();
            } catch (Throwable t) {
                // Handed on: thrown at the await.
                error = t;
            }
            arrived(result, error);
        }

        private void stageArrived(@Nullable Object result, @Nullable Throwable error) {
            arrived(result, error == null ? null : Stages.failure(error));
        }

        void arrived(@Nullable Object result, @Nullable Throwable error) {
            synchronized (EagerCall.this) {
                if (!settle(result, error) || wait != this) {
                    return; // too late, or the thread that registers goes on by itself
                }
                wait = null;
            }
            if (loop == null) {
                goOn();
            } else if (loop.isClosed()) {
                finish(new IllegalStateException(
                        "the event loop on which this call was to go on has been closed: " + loop));
            } else {
                loop.callSoonThreadsafe(this::goOn, context); // never in the midst of what runs on the loop now
            }
        }

        /** Notes the outcome unless there is one. Under the monitor. */
        boolean settle(@Nullable Object result, @Nullable Throwable error) {
            if (isSettled) {
                return false;
            }
            isSettled = true;
            value = result;
            failure = error;
            return true;
        }

        private void goOn() {
            Object answer;
            try {
                answer = resume();
            } catch (Throwable t) {
                // Everything a body throws belongs to whoever holds the future.
                finish(t);
                return;
            }
            drive(answer);
        }

        @Nullable
        Object resume() {
            if (innermost != null) {
                FailureTraces traces = execution.traces();
                if (failure != null && traces != null) {
                    traces.thrownAt(innermost, failure, awaited instanceof CompletionStage<?>);
                }
                return execution.resume(innermost, value, failure);
            }
            if (failure != null) {
                throw Sneaky.<RuntimeException>failure(failure); // the body ended in a tail call
            }
            return value;
        }

        void cancelAwaited() {
            if (awaited instanceof CompletableFuture<?> future) {
                future.cancel(true);
            } else if (awaited instanceof Future<?> future) {
                future.getLoop().callSoonThreadsafe(future::cancel);
            }
        }
    }
}
