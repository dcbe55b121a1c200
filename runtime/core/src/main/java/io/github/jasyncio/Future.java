package io.github.jasyncio;

import io.github.jasyncio.internal.DebugMode;
import io.github.jasyncio.internal.Execution;
import io.github.jasyncio.internal.Sneaky;
import io.github.jasyncio.internal.loop.DoneCallbacks;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A value that will be there later, completed by whoever promised it.
 *
 * <p>Semantics: {@code asyncio.Future}. Made by {@link EventLoop#createFuture}. Callbacks, and the tasks that await it, are never run by the one
 * who completes it: they are put into the loop's ready queue, in the order in which they came. A failure at which nobody ever looks is
 * reported to the loop's exception handler when the future has become garbage, or at the latest when the loop is closed.
 *
 * <p>Loop-confined: to complete one from another thread use {@code loop.callSoonThreadsafe(() -> future.setResult(value))}.
 *
 * @param <T> the type of the value
 */
public non-sealed class Future<T> implements Awaitable<T> {

    static final byte PENDING = 0;
    static final byte FINISHED = 1;
    static final byte FAILED = 2;
    static final byte CANCELLED = 3;

    static {
        FutureInsight.give();
    }

    final EventLoop loop;

    /**
     * None, or one {@link Task} that awaits this, or one {@link DoneCallback}, or one {@link TaskWatcher}, or {@link DoneCallbacks}. Null when done,
     * except for the watcher, until it has been told.
     */
    private @Nullable Object callbacks;

    /**
     * FINISHED: the value. FAILED: the Throwable, inside an {@link UnseenFailure} until somebody looks at it. CANCELLED: the message, or the
     * CancelledError with which a task ended. PENDING: at the disposal of subclasses.
     */
    @Nullable
    Object value;

    /** The next in the loop's list of those for which there was no room in its ready queue; this if it is the last, null if it is not in the list. */
    @Nullable
    Future<?> nextUnqueued;

    // PENDING --setResult--> FINISHED     Final states stay: a second set throws InvalidStateException, a second cancel
    // returns false.
    //    |-----setException-> FAILED      Callbacks go to the loop on leaving PENDING, in the order they were added.
    //    '-----cancel-------> CANCELLED
    byte state = PENDING;

    /** Whether somebody has looked at the failure. */
    private boolean isFailureSeen;

    Future(EventLoop loop) {
        this.loop = loop;
        // A plain static field, so that without debug mode not even the loop is looked at; and no field of each
        // future's for the record.
        if (DebugMode.isOn()) {
            loop.record(this);
        }
    }

    /** A future that has failed already, and whose failure is not reported if nobody looks. */
    static <T> Future<T> failed(EventLoop loop, Throwable failure) {
        Future<T> future = new Future<>(loop);
        future.state = FAILED;
        future.value = failure;
        future.isFailureSeen = true;
        return future;
    }

    /** A future that was cancelled already. */
    static Future<?> cancelled(EventLoop loop, @Nullable String message) {
        Future<?> future = new Future<>(loop);
        future.complete(CANCELLED, message);
        return future;
    }

    // ------------------------------------------------------------------------------------------------ what it has come
    // to

    /** True if it has a value, has failed or was cancelled. Semantics: {@code Future.done}. */
    public final boolean isDone() {
        return state != PENDING;
    }

    /** True if it was cancelled. Semantics: {@code Future.cancelled}. */
    public final boolean isCancelled() {
        return state == CANCELLED;
    }

    /**
     * Its value; if it failed its failure is thrown, the very same object, checked or not.
     *
     * <p>Semantics: {@code Future.result}.
     *
     * @throws CancelledError if it was cancelled
     * @throws InvalidStateException if it is not done yet
     */
    @SuppressWarnings({"unchecked", "NullAway"}) // only values of type T are set; T may be nullable
    public final T result() {
        return switch (state) {
            case FINISHED -> (T) value;
            case FAILED -> throw Sneaky.<RuntimeException>failure(failure());
            case CANCELLED -> throw cancellation();
            default ->
                throw new InvalidStateException("result is not ready: " + this
                        + "; await it, or ask for the result in a callback (addDoneCallback)");
        };
    }

    /**
     * Its failure, or null if it has a value.
     *
     * <p>Semantics: {@code Future.exception}.
     *
     * @throws CancelledError if it was cancelled
     * @throws InvalidStateException if it is not done yet
     */
    public final @Nullable Throwable exception() {
        return switch (state) {
            case FINISHED -> null;
            case FAILED -> failure();
            case CANCELLED -> throw cancellation();
            default ->
                throw new InvalidStateException("exception is not set: " + this
                        + "; await it, or ask for the exception in a callback (addDoneCallback)");
        };
    }

    /** Its failure, which counts as looked at from now on. Only when FAILED. */
    @SuppressWarnings("NullAway") // a failed future's value is never null
    final Throwable failure() {
        isFailureSeen = true;
        if (value instanceof UnseenFailure unseen) {
            unseen.seen();
            value = unseen.failure();
        }
        return (Throwable) value;
    }

    /** What awaiting it throws. Only when CANCELLED. */
    final CancelledError cancellation() {
        return value instanceof CancelledError error ? error : new CancelledError((String) value);
    }

    // ------------------------------------------------------------------------------------------------ completing it

    /**
     * Gives it its value.
     *
     * <p>Semantics: {@code Future.set_result}.
     *
     * @throws InvalidStateException if it is done already
     * @throws IllegalStateException in debug mode, on another thread than its loop's
     */
    public void setResult(@Nullable T result) {
        checkThread("setResult");
        checkPending("setResult");
        complete(FINISHED, result);
    }

    /**
     * Makes it fail.
     *
     * <p>Semantics: {@code Future.set_exception}.
     *
     * @param failure thrown, the very same object, where it is awaited
     * @throws InvalidStateException if it is done already
     * @throws IllegalStateException in debug mode, on another thread than its loop's
     */
    public void setException(Throwable failure) {
        if (failure == null) {
            throw new NullPointerException("setException: an exception was expected, got null");
        }
        checkThread("setException");
        checkPending("setException");
        fail(failure);
    }

    /**
     * Cancels it.
     *
     * <p>Semantics: {@code Future.cancel()}.
     *
     * @return false if it is done already
     */
    public final boolean cancel() {
        return cancel(null);
    }

    /**
     * Cancels it.
     *
     * <p>Semantics: {@code Future.cancel(msg)}.
     *
     * @param message that the {@link CancelledError} is to carry, or null
     * @return false if it is done already
     * @throws IllegalStateException in debug mode, on another thread than its loop's
     */
    public boolean cancel(@Nullable String message) {
        checkThread("cancel");
        if (state != PENDING) {
            forgetFailure();
            return false;
        }
        complete(CANCELLED, message);
        return true;
    }

    /** Fails it. A failure that a task is waiting to hear needs no watching. */
    final void fail(Throwable failure) {
        LoopTraces traces = loop.traces();
        if (traces != null) {
            traces.fails(this, failure);
        }
        complete(FAILED, isAwaitedByTask() ? failure : new UnseenFailure(this, failure));
    }

    /** Takes it to a final state. Callbacks are queued, not run. */
    final void complete(byte state, @Nullable Object value) {
        this.state = state;
        this.value = value;
        if (callbacks == null) {
            return;
        }
        try {
            queueCallbacks();
        } catch (VirtualMachineError noRoom) {
            // The stack is full, or the memory. Whoever waits must not be lost: the loop tries again. What is done here
            // calls nothing.
            if (nextUnqueued == null) {
                nextUnqueued = this;
                if (loop.lastUnqueued == null) {
                    loop.unqueued = this;
                } else {
                    loop.lastUnqueued.nextUnqueued = this;
                }
                loop.lastUnqueued = this;
            }
        }
    }

    /** Queues the callbacks of this, which is done. Where that fails it may be called again: what was queued has been taken out. */
    private void queueCallbacks() {
        Object callbacks = this.callbacks;
        if (callbacks instanceof TaskWatcher) {
            loop.enqueue(this); // takes the watcher along
            return;
        }
        if (callbacks instanceof DoneCallbacks several) {
            while (several.next < several.size()) {
                loop.enqueue(several.get(several.next));
                several.next++;
            }
        } else if (callbacks != null) {
            loop.enqueue(callbacks);
        }
        this.callbacks = null;
    }

    /** Does for the loop what there was no room for. */
    void queueAtLast() {
        queueCallbacks();
    }

    /** Takes out the watcher that is to be told of this now. */
    final TaskWatcher takeWatcher() {
        if (!(callbacks instanceof TaskWatcher watcher)) {
            throw new InvalidStateException("jasyncio ran a step of a task that is done (a bug in jasyncio): " + this);
        }
        callbacks = null;
        return watcher;
    }

    /** The task that was to look at its failure will not: has it reported, unless somebody else did look. */
    final void watchFailure() {
        if (state == FAILED && !isFailureSeen && value instanceof Throwable failure) {
            value = new UnseenFailure(this, failure);
        }
    }

    private boolean isAwaitedByTask() {
        if (callbacks instanceof DoneCallbacks several) {
            for (int i = 0; i < several.size(); i++) {
                if (several.get(i) instanceof Task) {
                    return true;
                }
            }
            return false;
        }
        return callbacks instanceof Task;
    }

    /** Gives up reporting a failure at which nobody has looked. */
    final void forgetFailure() {
        if (value instanceof UnseenFailure) {
            failure();
        }
    }

    /** In debug mode: refuses calls from other threads than the loop's. */
    final void checkThread(String operation) {
        if (DebugMode.isOn()) {
            loop.checkThread(operation);
        }
    }

    private void checkPending(String operation) {
        if (state != PENDING) {
            throw new InvalidStateException(operation + ": already done: " + this
                    + "; a future is completed once (check isDone() where several may complete it)");
        }
    }

    // ------------------------------------------------------------------------------------------------ callbacks

    /**
     * Adds a callback, which the loop calls with this future once it is done, in a copy of the current context. If it is done already the
     * callback goes to the ready queue at once.
     *
     * <p>Semantics: {@code Future.add_done_callback}.
     */
    public final void addDoneCallback(Consumer<? super Future<T>> callback) {
        addCallback(callback, loop.currentVars());
    }

    /**
     * Adds a callback that runs in a given context.
     *
     * <p>Semantics: {@code Future.add_done_callback(callback, context=context)}.
     *
     * @param context the context itself, not a copy, or null for a copy of the current one
     */
    public final void addDoneCallback(Consumer<? super Future<T>> callback, @Nullable Context context) {
        addCallback(callback, context == null ? loop.currentVars() : context);
    }

    private void addCallback(Consumer<? super Future<T>> callback, Object scope) {
        if (callback == null) {
            throw new NullPointerException("addDoneCallback: a callback was expected, got null");
        }
        checkThread("addDoneCallback");
        register(new DoneCallback<>(this, callback, scope));
    }

    /** Adds what goes to the ready queue when this is done: a callback, or a task that awaits this. */
    final void register(Object entry) {
        if (state != PENDING) {
            loop.enqueue(entry);
        } else if (callbacks == null) {
            callbacks = entry;
        } else if (callbacks instanceof DoneCallbacks several) {
            several.add(entry);
        } else if (callbacks instanceof TaskWatcher watcher) {
            callbacks = new DoneCallbacks(callbackOf(watcher), entry);
        } else {
            callbacks = new DoneCallbacks(callbacks, entry);
        }
    }

    /** Takes out a task that awaits this. */
    final void unregister(Task<?> task) {
        if (callbacks instanceof DoneCallbacks several) {
            several.remove(entry -> entry == task);
        } else if (callbacks == task) {
            callbacks = null;
        }
    }

    /** Has a watcher told when this, which is pending, is done: like a callback, but if it is the only one it costs no object. */
    final void watchBy(TaskWatcher watcher) {
        checkThread("addDoneCallback");
        boolean isAlone = callbacks == null && this instanceof Task && !DebugMode.isOn();
        register(isAlone ? watcher : callbackOf(watcher));
    }

    /** A watcher runs nothing of the user's, so it needs no context. */
    private DoneCallback<T> callbackOf(TaskWatcher watcher) {
        return new DoneCallback<>(this, watcher, VarMap.EMPTY);
    }

    /**
     * Takes out every entry of a callback that has not been queued yet.
     *
     * <p>Semantics: {@code Future.remove_done_callback}.
     *
     * @param callback the very object that was added
     * @return how many there were
     */
    public final int removeDoneCallback(Consumer<? super Future<T>> callback) {
        checkThread("removeDoneCallback");
        if (callbacks instanceof DoneCallbacks several) {
            return several.remove(entry -> calls(entry, callback));
        }
        if (callbacks != null && calls(callbacks, callback)) {
            callbacks = null;
            return 1;
        }
        return 0;
    }

    /** True if the callback that was added last, and has not been queued yet, is this very object. */
    final boolean isLastCallback(Object callback) {
        Object last = callbacks instanceof DoneCallbacks several ? several.last() : callbacks;
        return last == callback || (last instanceof DoneCallback<?> done && done.callback() == callback);
    }

    /** True if an entry is there for {@code callback}. */
    static boolean calls(Object entry, Object callback) {
        return entry instanceof DoneCallback<?> done && done.callback().equals(callback);
    }

    // ------------------------------------------------------------------------------------------------ the rest

    /** The loop to which it belongs. Semantics: {@code Future.get_loop}. */
    public final EventLoop getLoop() {
        return loop;
    }

    /**
     * A {@link CompletableFuture} that comes to the same: its dependents run on the loop's thread. Cancelling it cancels this.
     *
     * <p>Call it on the loop's thread; the result may go to any other. If this is done already, so is the result.
     */
    public final CompletableFuture<T> toCompletableFuture() {
        return JavaFutures.to(this);
    }

    @Override
    public final @Nullable Object start(Execution execution) {
        return switch (state) {
            case PENDING -> execution.suspendOn(this);
            case FINISHED -> value;
            case FAILED -> throw Sneaky.<RuntimeException>failure(awaitedFailure());
            default -> throw cancellation();
        };
    }

    private Throwable awaitedFailure() {
        Throwable failure = failure();
        LoopTraces traces = loop.traces();
        if (traces != null) {
            traces.awaited(failure, false);
        }
        return failure;
    }

    /** For example {@code <Future pending>}, {@code <Future finished result=1>}, {@code <Future cancelled>}. */
    @Override
    public String toString() {
        return FutureText.of(this);
    }

    /** Words between the state and the result in the text form. */
    void describe(StringBuilder text) {}

    String stateName() {
        return state == PENDING ? "pending" : state == CANCELLED ? "cancelled" : "finished";
    }

    /** The callbacks at this moment: {@link Task}s and {@link DoneCallback}s, or a {@link TaskWatcher}. */
    final List<Object> callbackList() {
        Object callbacks = this.callbacks; // read once: asked on another thread it may change meanwhile
        return callbacks == null
                ? List.of()
                : callbacks instanceof DoneCallbacks several ? several.snapshot() : List.of(callbacks);
    }

    @Nullable
    Object callbacks() {
        return callbacks;
    }
}
