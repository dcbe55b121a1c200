package io.github.jasyncio.internal;

import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Context;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import io.github.jasyncio.internal.loop.GoingOn;
import io.github.jasyncio.internal.loop.LoopDoor;
import io.github.jasyncio.internal.loop.Outsider;
import io.github.jasyncio.internal.loop.Outsiders;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
public final class EagerCall<T> extends CompletableFuture<T> implements Outsider {

    /** An outcome that is null. */
    private static final Object NULL = new Object();

    private static final VarHandle WAIT;
    private static final VarHandle OUTCOME;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            WAIT = lookup.findVarHandle(EagerCall.class, "wait", EagerCall.Wait.class);
            OUTCOME = lookup.findVarHandle(EagerCall.Wait.class, "outcome", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Execution execution;

    /** The loop on which it goes on; null if it is to go on wherever what it awaits is completed. */
    private final @Nullable EventLoop loop;

    private final @Nullable LoopDoor door;
    private final @Nullable Context context;

    // null: it runs --park--> a Wait --its outcome, on any thread--> the same, settled --taken by whoever goes on-->
    // null: it runs ... --value, failure--> done (CompletableFuture's own state)
    // Who settles looks afterwards whether it is parked, who parks whether it is settled, and so with what is
    // requested:
    // one of both sees it.
    /** Where the body stands; null while it runs. Whoever takes it out goes on with the body. */
    private volatile @Nullable Wait wait;

    private volatile boolean isCancelRequested;

    // null --the loop has ended--> how. Its next await throws CancelledError, so that it can clean up; at the one after
    // that it is given up.
    private volatile @Nullable String end;
    private volatile boolean isToldOfEnd;

    /** Among those who are told of it; null if there is no loop. */
    private Outsiders.@Nullable Place place;

    /** Whether it goes on in the midst of what runs on some thread, instead of in its loop's turns. Belongs to whoever runs the body. */
    private boolean isAway;

    private EagerCall(Execution execution) {
        this.execution = execution;
        this.loop = EventLoop.running();
        this.door = loop == null ? null : LoopDoor.of(loop);
        this.context = loop == null ? null : GoingOn.context();
        this.isAway = loop == null;
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
        if (call.door != null) {
            call.place = call.door.addCall(call);
        }
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
        leaveLoop();
        @SuppressWarnings("unchecked") // the body gives values of the method's type
        T value = (T) answer;
        complete(value);
    }

    private void finish(Throwable failure) {
        leaveLoop();
        tidy(failure);
        if (failure instanceof LoopEnd) {
            completeExceptionally(new IllegalStateException(failure.getMessage()));
        } else if (failure instanceof CancelledError) {
            super.cancel(false);
        } else {
            completeExceptionally(failure);
        }
    }

    private void leaveLoop() {
        if (place != null) {
            place.leave();
        }
    }

    /** Leaves the body waiting; true if it need not, because what it waits for has come already. */
    private boolean park(Wait next) {
        if (isToldOfEnd && !next.isSettled()) {
            throw new LoopEnd(end); // past the body, which is given up where it stands
        }
        wait = next;
        if (end != null) {
            next.tellOfEnd();
        }
        if (isCancelRequested) {
            next.settle(null, new CancelledError());
        }
        return next.isSettled() && WAIT.compareAndSet(this, next, null);
    }

    /**
     * Asks the body to end: {@link CancelledError} is thrown at its await. Where calls wait for calls, without a loop, each ends one after the other.
     *
     * @param mayInterruptIfRunning of no effect, as for every {@link CompletableFuture}
     * @return true if this is cancelled now; false also where the body goes on to clean up and will be cancelled later
     */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        if (isDone()) {
            return isCancelled();
        }
        Wait waiting = wait;
        if (waiting == null || !waiting.settle(null, new CancelledError())) {
            // It runs, or is about to: then the await at which it stands throws. Two requests before that are one.
            isCancelRequested = true;
            waiting = wait;
            if (waiting == null || !waiting.settle(null, new CancelledError())) {
                return false;
            }
        }
        Wait settled = waiting;
        Trampoline.run(() -> {
            settled.proceed();
            Trampoline.run(settled::cancelAwaited);
        });
        return isCancelled();
    }

    /** The loop on which it was to go on has ended, so it does so here: with what has come already, or else with the news. */
    @Override
    public void loopEnded(String how) {
        end = how;
        Wait waiting = wait;
        if (waiting == null) {
            return; // it runs, and hears of it when it next waits
        }
        waiting.settleByItself();
        waiting.tellOfEnd();
        Trampoline.run(waiting::goOnHere);
    }

    /** Thrown at the await of a body whose loop has ended. */
    private static final class LoopEnd extends CancelledError {

        private static final long serialVersionUID = 1L;

        LoopEnd(@Nullable String how) {
            super(how);
        }
    }

    // ------------------------------------------------------------------------------------------------ blocking

    // Who blocks in a callback of one call until another one is done may be on the very thread that has to bring that
    // about.

    @Override
    public T get() throws InterruptedException, ExecutionException {
        help();
        return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        help();
        return super.get(timeout, unit);
    }

    @Override
    public T join() {
        help();
        return super.join();
    }

    private void help() {
        while (!isDone() && Trampoline.help()) {}
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
    public @Nullable Object awaited() {
        Wait waiting = wait;
        return waiting == null ? null : waiting.awaited;
    }

    /** Where the body stands: its innermost suspended frame; null while it runs, and when it is done. Thread-safe. */
    public @Nullable Frame<?> innermost() {
        Wait waiting = wait;
        return waiting == null ? null : waiting.innermost;
    }

    /** What came of an await that is to throw. */
    private record Failure(Throwable failure) {}

    /** One suspension: where the body stands, and what came of what it awaits. The first outcome counts. */
    private final class Wait implements Consumer<Future<?>>, Outsider {

        private final @Nullable Frame<?> innermost;
        private @Nullable Object awaited;

        /** Null until there is one; a {@link Failure}, the value, or {@link #NULL} for null. */
        private volatile @Nullable Object outcome;

        private Outsiders.@Nullable Place placeElsewhere;

        Wait(@Nullable Frame<?> innermost) {
            this.innermost = innermost;
        }

        /** Asks to be told of the outcome; it may come at any moment from now on, on any thread. Failing to ask is an outcome. */
        void register(@Nullable Object awaited) {
            this.awaited = awaited;
            try {
                if (awaited instanceof CompletionStage<?> stage) {
                    stage.whenComplete(this::stageArrived);
                } else if (awaited instanceof Future<?> future) {
                    registerWith(future);
                } else if (loop == null) {
                    arrived(null, null); // nobody else to give a turn to
                } else if (end == null) {
                    loop.callSoon(() -> arrived(null, null), context);
                }
            } catch (Throwable t) {
                // Handed on: thrown at the await.
                arrived(null, t);
            }
        }

        private <V> void registerWith(Future<V> future) {
            EventLoop other = future.getLoop();
            if (other == loop) {
                future.addDoneCallback(this);
            } else {
                LoopDoor otherDoor = LoopDoor.of(other);
                placeElsewhere = otherDoor.add(this);
                otherDoor.hand(() -> future.addDoneCallback(this), null);
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
            if (placeElsewhere != null) {
                placeElsewhere.leave();
            }
            arrived(result, error);
        }

        /** The loop to which the future belongs, another than the call's, has ended. */
        @Override
        public void loopEnded(String how) {
            if (awaited instanceof Future<?> future && future.isDone()) {
                accept(future);
            } else {
                arrived(null, new IllegalStateException(how));
            }
        }

        /** The call's own loop has ended: takes what has come but has not arrived. */
        void settleByItself() {
            if (awaited == null) {
                settle(null, null);
            } else if (awaited instanceof Future<?> future && future.getLoop() == loop && future.isDone()) {
                try {
                    settle(future.result(), null);
                } catch (Throwable t) {
                    // Handed on: thrown at the await.
                    settle(null, t);
                }
            }
        }

        /** The loop has ended, and this is the await that throws, unless what it waits for has come. */
        void tellOfEnd() {
            if (settle(null, new LoopEnd(end))) {
                isToldOfEnd = true;
            }
        }

        private void stageArrived(@Nullable Object result, @Nullable Throwable error) {
            arrived(result, error == null ? null : Stages.failure(error));
        }

        private void arrived(@Nullable Object result, @Nullable Throwable error) {
            if (settle(result, error) && wait == this) {
                proceed();
            }
            // Otherwise it came too late, or the thread that registers goes on by itself.
        }

        /** Has the body go on: on its loop, never in the midst of what runs there now; if that has ended, or there is none, here. */
        void proceed() {
            if (door == null || !door.hand(this::goOn, context)) {
                Trampoline.run(this::goOnHere);
            }
        }

        boolean isSettled() {
            return outcome != null;
        }

        /** Notes the outcome; false if there is one. */
        boolean settle(@Nullable Object result, @Nullable Throwable error) {
            return outcome == null
                    && OUTCOME.compareAndSet(
                            this, null, error != null ? new Failure(error) : result == null ? NULL : result);
        }

        private void goOnHere() {
            isAway = true;
            if (context == null) {
                goOn();
            } else {
                context.run(this::goOn);
            }
        }

        /** At most once, though it may be asked for again when the loop that was asked first has ended. */
        private void goOn() {
            if (!WAIT.compareAndSet(EagerCall.this, this, null)) {
                return;
            }
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
            Object outcome = this.outcome;
            Throwable failure = outcome instanceof Failure failed ? failed.failure : null;
            if (isCancelRequested) {
                // It came before the body has seen the outcome, and takes its place. Semantics: Task.__step.
                isCancelRequested = false;
                failure = failure instanceof CancelledError ? failure : new CancelledError();
            }
            Object value = failure != null || outcome == NULL ? null : outcome;
            if (innermost != null) {
                FailureTraces traces = execution.traces();
                if (failure != null && traces != null) {
                    traces.thrownAt(innermost, failure, awaited instanceof CompletionStage<?>);
                }
                Trampoline left = isAway ? Trampoline.enterBody() : null;
                try {
                    return execution.resume(innermost, value, failure);
                } finally {
                    Trampoline.leaveBody(left);
                }
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
                LoopDoor.of(future.getLoop()).hand(future::cancel, null);
            }
        }
    }
}
