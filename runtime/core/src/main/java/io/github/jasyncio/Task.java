package io.github.jasyncio;

import io.github.jasyncio.internal.DebugMode;
import io.github.jasyncio.internal.Execution;
import io.github.jasyncio.internal.Frame;
import io.github.jasyncio.internal.ObjectText;
import io.github.jasyncio.internal.Sneaky;
import io.github.jasyncio.internal.debug.Origins;
import io.github.jasyncio.internal.debug.UserFrames;
import io.github.jasyncio.internal.loop.Watching;
import io.github.jasyncio.internal.observers.FlightRecords;
import io.github.jasyncio.internal.traces.CoroutineStack;
import io.github.jasyncio.internal.traces.FailureCopy;
import io.github.jasyncio.internal.traces.RunningStack;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A coroutine that runs by itself, a step at a time, whenever what it awaits has come; and the future of its value.
 *
 * <p>Semantics: {@code asyncio.Task}. A step lasts from one suspension to the next, and each is an entry in the loop's ready queue: the task
 * itself. Different from asyncio, whose loop holds tasks weakly, a loop keeps its unfinished tasks alive; one that is still pending when the
 * loop is closed is reported to the exception handler. Loop-confined.
 *
 * @param <T> the type of the coroutine's value
 */
public final class Task<T> extends Future<T> {

    /** How many tasks of the process were given a number for a name. */
    static final AtomicLong CREATED = new AtomicLong();

    // While a task is pending its value is null, unless the next step is to throw CancelledError: then it is the
    // message, or this.
    private static final Object NO_MESSAGE = new Object();

    private static final StackTraceElement[] NOWHERE = {};

    /** Neighbours in the loop's {@link TaskList}. */
    @Nullable
    Task<?> previous;

    @Nullable
    Task<?> next;

    private final Coroutine<T> coroutine;

    /**
     * Where to go on: the innermost suspended frame. Null before the first step, when nothing but what is awaited stands in between, and at the
     * end. While the task runs it is where it last stood: most steps suspend in the same frame again, and nothing needs to be stored.
     */
    private @Nullable Frame<?> frame;

    /** The {@link Context} in which it runs; only its {@link VarMap} as long as nobody has asked for the object. */
    private Object scope;

    // A pending task is in one of three states, as in asyncio:
    //   waits:  waitingOn is pending; the task stands among its callbacks, and not in the ready queue.
    //   ready:  waitingOn is null or done; the task is in the ready queue.
    //   runs:   waitingOn is null; the task is the loop's current one, and not in the ready queue.
    // waits --waitingOn is done--> ready --its turn--> runs --suspends--> waits, or ready if it only yields; or it is
    // done.
    private @Nullable Future<?> waitingOn;

    /** Null until somebody asks, unless it was given one. */
    private @Nullable String name;

    /** The low half of the number in its name; the high half follows from the present count. */
    private final int number;

    private int cancelRequests;

    /** For {@link CancelWalk}, which has come here and has still to ask what this awaits. */
    boolean isBeingCancelled;

    private boolean isStarted;
    private boolean isReportedIfPending = true;

    private Task(EventLoop loop, Coroutine<T> coroutine, @Nullable String name, @Nullable Context context) {
        super(loop);
        this.coroutine = coroutine;
        this.name = name;
        this.number = name == null ? (int) CREATED.incrementAndGet() : 0;
        this.scope = context == null ? loop.currentVars() : context;
        if (Watching.isRecording()) {
            FlightRecords.started(loop.inside().id(), this::getName, coroutine);
        }
        if (DebugMode.isOn()) {
            recordTask();
        }
        loop.tasks.add(this); // last: one that has not become anybody's is not to be waited for
    }

    /** In debug mode: what is to be said if the task is lost together with its loop, which was never closed. */
    private void recordTask() {
        if (coroutine instanceof Frame<?> root) {
            root.handOver();
        }
        if (loop.isDebug()) {
            String text = "Task was destroyed but it is pending! Its loop is lost as well, and was never closed\ntask: "
                    + this + "\ncreated at:";
            Origins.keep(this, stack -> text + UserFrames.text(stack));
        }
    }

    static <T> Task<T> create(
            EventLoop loop, Coroutine<T> coroutine, @Nullable String name, @Nullable Context context) {
        Task<T> task = new Task<>(loop, coroutine, name, context);
        try {
            loop.enqueue(task);
        } catch (VirtualMachineError noRoom) {
            task.nextUnqueued = task; // as in complete
            if (loop.lastUnqueued == null) {
                loop.unqueued = task;
            } else {
                loop.lastUnqueued.nextUnqueued = task;
            }
            loop.lastUnqueued = task;
        }
        return task;
    }

    /** Semantics: {@code Task(..., eager_start=True)}. */
    static <T> Task<T> createEager(
            EventLoop loop, Coroutine<T> coroutine, @Nullable String name, @Nullable Context context) {
        if (!loop.isInTurns()) {
            return create(loop, coroutine, name, context);
        }
        if (ThreadState.runningLoop() != loop) {
            throw new IllegalStateException("createTask called on thread '"
                    + Thread.currentThread().getName() + "', but " + loop
                    + " runs elsewhere, and its task factory is to run the beginning at once;"
                    + " use runCoroutineThreadsafe(coroutine, loop) from other threads");
        }
        Task<T> task = new Task<>(loop, coroutine, name, context);
        task.startInside();
        return task;
    }

    // ------------------------------------------------------------------------------------------------ steps

    /** What the loop does with a task from the ready queue: runs from one suspension to the next, or tells the watcher that it is done. */
    void step(BaseLoop loop, ThreadState thread) {
        if (state != PENDING) {
            loop.swapCurrent(null);
            takeWatcher().accept(this);
            return;
        }
        Future<?> waiter = waitingOn;
        waitingOn = null;
        try {
            Object result = null;
            Throwable failure = null;
            if (waiter != null) {
                switch (waiter.state) {
                    case FINISHED -> result = waiter.value;
                    case FAILED -> failure = waiter.failure();
                    default -> failure = cancellationOf(waiter);
                }
            }
            if (mustCancel()) {
                if (value instanceof VirtualMachineError error) {
                    failure = error;
                    value = null;
                    result = null;
                } else {
                    String message = takeCancelMessage();
                    if (!(failure instanceof CancelledError)) {
                        failure = new CancelledError(message, places());
                        result = null;
                    }
                }
            }
            if (thread.vars != scope && !enterScope(thread)) {
                return;
            }
            drive(loop, result, failure);
            thread.leaveContext();
        } catch (VirtualMachineError error) {
            strand(error);
        }
    }

    /**
     * Has the loop go on with this in its next turn, where {@code error} is thrown: nobody else would, because there was no room to queue it, to register
     * it with what it awaits, or to tell of its end.
     */
    private void strand(VirtualMachineError error) {
        if (state != PENDING || waitingOn != null || nextUnqueued != null) {
            return;
        }
        if (value == null) {
            value = error;
        }
        nextUnqueued = this; // as in complete
        if (loop.lastUnqueued == null) {
            loop.unqueued = this;
        } else {
            loop.lastUnqueued.nextUnqueued = this;
        }
        loop.lastUnqueued = this;
    }

    @Override
    void queueAtLast() {
        if (state == PENDING) {
            loop.enqueue(this);
        } else {
            super.queueAtLast();
        }
    }

    private CancelledError cancellationOf(Future<?> waiter) {
        if (!(waiter.value instanceof CancelledError error)) {
            return new CancelledError((String) waiter.value, places());
        }
        LoopTraces traces = loop.traces();
        if (traces != null) {
            traces.thrownIn(this, error);
        }
        return error;
    }

    /** Where the task stands, for a trace; its first line if it has not begun. Empty if traces are to be left alone. */
    private StackTraceElement[] places() {
        LoopTraces traces = loop.traces();
        return traces == null ? NOWHERE : traces.placesOf(this);
    }

    /** The first step, in the middle of what runs now, which goes on afterwards. */
    private void startInside() {
        ThreadState thread = loop.threadState();
        VarMap outerVars = thread.vars;
        Context outerContext = thread.entered;
        Task<?> outerTask = loop.current();
        try {
            loop.steppedInto.begin(outerTask);
            try {
                if (enterScope(thread)) {
                    loop.swapCurrent(this);
                    drive(loop, null, null);
                }
            } finally {
                loop.steppedInto.end();
                loop.swapCurrent(outerTask);
                thread.leave(outerVars, outerContext);
            }
        } catch (VirtualMachineError error) {
            // As strand does, which there may be no room to call.
            if (state == PENDING && waitingOn == null && nextUnqueued == null) {
                isStarted = true;
                value = error;
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

    /**
     * Makes the task's context current. If that is impossible, because whoever runs the loop runs it inside of the very context that the task
     * was given, the task fails. (asyncio leaves such a task pending for ever.)
     */
    private boolean enterScope(ThreadState thread) {
        try {
            thread.enter(scope);
            return true;
        } catch (IllegalStateException e) {
            leaveLoop(FAILED);
            fail(e);
            return false;
        }
    }

    private void drive(BaseLoop loop, @Nullable Object received, @Nullable Throwable failure) {
        Execution execution = loop.execution;
        Object result;
        try {
            Frame<?> frame = this.frame;
            if (frame != null) {
                result = execution.resume(frame, received, failure);
            } else if (!isStarted) {
                isStarted = true;
                result = startCoroutine(execution, failure);
            } else if (failure != null) {
                throw Sneaky.<RuntimeException>failure(failure);
            } else {
                result = received;
            }
        } catch (CancelledError e) {
            LoopTraces traces = loop.traces();
            if (traces != null && !e.isDelivered()) {
                traces.fails(this, e);
            }
            finish(CANCELLED, e);
            return;
        } catch (KeyboardInterrupt e) {
            leaveLoop(FAILED);
            fail(e);
            throw e;
        } catch (Throwable t) {
            leaveLoop(FAILED);
            fail(t);
            return;
        }
        if (result == Execution.SUSPENDED) {
            Object awaited = execution.awaited();
            Frame<?> innermost = execution.innermost();
            if (frame != innermost) {
                frame = innermost;
            }
            if (awaited == null) {
                loop.enqueue(this);
            } else {
                await(awaited);
            }
        } else if (mustCancel()) {
            // Asked to cancel itself after its last suspension.
            finish(CANCELLED, takeCancelMessage());
        } else {
            finish(FINISHED, result);
        }
    }

    private @Nullable Object startCoroutine(Execution execution, @Nullable Throwable failure) {
        if (failure == null || (coroutine instanceof Frame<?> used && !used.hasNeverRun())) {
            return execution.run(coroutine);
        }
        if (coroutine instanceof Frame<?> root) {
            // Cancelled before it began: none of its body runs, and yet it is used up.
            root.discard();
        }
        throw Sneaky.<RuntimeException>failure(failure);
    }

    private void await(Object awaited) {
        if (awaited instanceof Future<?> future) {
            await(future);
        } else if (awaited instanceof CompletionStage<?> stage) {
            await(JavaFutures.from(loop, stage));
        } else {
            refuse("task got bad yield: " + awaited + " in " + this);
        }
    }

    private void await(Future<?> future) {
        if (future.loop != loop) {
            refuse("task " + this + " got future " + future + " attached to a different loop: the task runs in " + loop
                    + ", the future belongs to " + future.loop
                    + "; to await what another loop does use runCoroutineThreadsafe(coroutine, thatLoop)");
        } else if (future == this) {
            refuse("task cannot await on itself: " + this);
        } else {
            future.register(this);
            waitingOn = future;
            if (DebugMode.isOn() && loop.isDebug()) {
                loop.inside().waits(this);
            }
            if (mustCancel() && future.cancel(cancelMessage())) {
                value = null;
            }
        }
    }

    /** Lets the await at which the task stands throw, in the next turn. */
    private void refuse(String message) {
        IllegalStateException refusal = new IllegalStateException(message);
        LoopTraces traces = loop.traces();
        if (traces != null) {
            traces.thrownIn(this, refusal);
        }
        Future<?> refused = failed(loop, refusal);
        loop.enqueue(this); // may fail
        waitingOn = refused;
    }

    private void finish(byte state, @Nullable Object outcome) {
        leaveLoop(state);
        complete(state, outcome);
    }

    private void leaveLoop(byte outcome) {
        frame = null; // first: whatever fails from here on, the coroutine has ended
        if (Watching.isRecording()) {
            String words = outcome == FINISHED ? "finished" : outcome == FAILED ? "failed" : "cancelled";
            FlightRecords.ended(loop.inside().id(), this::getName, words);
        }
        if (DebugMode.isOn()) {
            Origins.settle(this);
        }
        loop.tasks.remove(this);
    }

    // ------------------------------------------------------------------------------------------------ cancelling

    /**
     * Asks the task to cancel itself: {@link CancelledError} is thrown at the await at which it stands, in the next turn of the loop. The
     * coroutine may clean up, or even go on; so this being true does not mean that the task will end cancelled.
     *
     * <p>Semantics: {@code Task.cancel}. What the task awaits is cancelled too. Each request is counted, see {@link #cancelling}.
     *
     * @param message that the {@link CancelledError} is to carry, or null
     * @return false if the task is done already
     */
    @Override
    public boolean cancel(@Nullable String message) {
        checkThread("cancel");
        if (state != PENDING) {
            forgetFailure();
            return false;
        }
        Task<?> innermost = askChain();
        if (innermost == null) {
            return CancelWalk.cancel(this, message);
        }
        Future<?> awaited = innermost.waitingOn;
        if (awaited == null || !awaited.cancel(message)) {
            innermost.cancelInNextStep(message);
        }
        return true;
    }

    /**
     * Counts the request of this and of the tasks of which each awaits the next, and gives the last. Null, and nothing is counted, if there is none,
     * or if it gathers: then it takes more than following a chain.
     */
    private @Nullable Task<?> askChain() {
        Task<?> task = this;
        Task<?> mark = this; // one of those passed, moved on at ever greater distances: in a circle it comes again
        int asked = 0;
        int untilMark = 1;
        do {
            task.cancelRequests++;
            asked++;
            Future<?> awaited = task.waitingOn;
            if (awaited instanceof Task<?> next && next.state == PENDING) {
                if (asked == untilMark) {
                    mark = task;
                    untilMark *= 2;
                }
                task = next;
            } else if (awaited instanceof Gathering && awaited.state == PENDING) {
                break;
            } else {
                return task;
            }
        } while (task != mark);
        takeBack(asked);
        return null;
    }

    /** How many requests to cancel it have come, less those taken back by {@link #uncancel}. Semantics: {@code Task.cancelling}. */
    public int cancelling() {
        return cancelRequests;
    }

    /**
     * Takes back one request to cancel the task. Taking back the last one before it was delivered drops it.
     *
     * <p>Semantics: {@code Task.uncancel}.
     *
     * @return how many are left
     */
    public int uncancel() {
        if (cancelRequests > 0) {
            cancelRequests--;
            if (cancelRequests == 0 && state == PENDING && !(value instanceof VirtualMachineError)) {
                value = null;
            }
        }
        return cancelRequests;
    }

    private void takeBack(int asked) {
        Future<?> task = this;
        for (int left = asked; left > 0 && task instanceof Task<?> one; left--) {
            one.cancelRequests--;
            task = one.waitingOn;
        }
    }

    void countRequest() {
        cancelRequests++;
    }

    void cancelInNextStep(@Nullable String message) {
        value = message == null ? NO_MESSAGE : message;
    }

    /** Lets the await at which this stands throw in the next turn, though what it awaits goes on. */
    void cutAwait(@Nullable String message) {
        Future<?> awaited = waitingOn;
        if (awaited != null) {
            awaited.unregister(this);
            if (awaited instanceof Gathering) {
                awaited.addDoneCallback(Future::forgetFailure); // nobody else may know of it
            }
        }
        waitingOn = cancelled(loop, message);
        loop.enqueue(this);
    }

    /** The next step throws CancelledError. Only while pending. */
    private boolean mustCancel() {
        return value != null;
    }

    private @Nullable String cancelMessage() {
        return value instanceof String message ? message : null;
    }

    private @Nullable String takeCancelMessage() {
        String message = cancelMessage();
        value = null;
        return message;
    }

    /**
     * Throws: only its coroutine completes a task.
     *
     * <p>Semantics: {@code Task.set_result}.
     *
     * @throws IllegalStateException always
     */
    @Override
    public void setResult(@Nullable T result) {
        throw new IllegalStateException("a task does not support setResult, its coroutine's value is its result: "
                + this + "; use a future (loop.createFuture())");
    }

    /**
     * Throws: only its coroutine completes a task.
     *
     * <p>Semantics: {@code Task.set_exception}.
     *
     * @throws IllegalStateException always
     */
    @Override
    public void setException(Throwable failure) {
        throw new IllegalStateException("a task does not support setException, its coroutine fails by throwing: " + this
                + "; use a future (loop.createFuture()), or cancel()");
    }

    // ------------------------------------------------------------------------------------------------ about it

    /** Its name; {@code Task-} and a number that counts all tasks of the process, unless it was given one. Semantics: {@code Task.get_name}. */
    public String getName() {
        if (name == null) {
            long count = CREATED.get();
            name = "Task-" + (count - Integer.toUnsignedLong((int) count - number));
        }
        return name;
    }

    /** Gives it another name. Semantics: {@code Task.set_name}. */
    public void setName(String name) {
        this.name = name;
    }

    /** The coroutine that it runs. Semantics: {@code Task.get_coro}. */
    public Coroutine<T> getCoroutine() {
        return coroutine;
    }

    /** The context in which it runs. Semantics: {@code Task.get_context}. */
    public Context getContext() {
        if (scope instanceof VarMap vars) {
            if (loop.current() == this) {
                return loop.threadState().object();
            }
            scope = new Context(vars, this);
        }
        return (Context) scope;
    }

    /** Notes that the task, which runs now, has another scope: changed values, or an object for its context. */
    void hasScope(Object scope) {
        this.scope = scope;
    }

    /**
     * Where the task stands: the suspended coroutines, from the outermost to the one that waits; of one that runs also the methods that it
     * is in. Of a task that has failed, the trace of its failure, oldest first; of one that has a value or was cancelled, nothing.
     *
     * <p>Semantics: {@code Task.get_stack}, which shows only the outermost coroutine of a suspended task.
     */
    public List<StackTraceElement> getStack() {
        if (state == PENDING) {
            return CoroutineStack.outermostFirst(callStack());
        }
        return state == FAILED ? CoroutineStack.outermostFirst(List.of(FailureCopy.traceOf(peekFailure()))) : List.of();
    }

    /** Where a pending task stands, innermost first; empty when it is done. Thread-safe, but then of the moment only. */
    List<StackTraceElement> callStack() {
        if (state != PENDING) {
            return List.of();
        }
        int stepsInside = stepsInside();
        if (stepsInside >= 0) {
            return RunningStack.of(loop.thread(), stepsInside, coroutine, frame);
        }
        List<StackTraceElement> places = CoroutineStack.eagerAwaits(awaitedStage());
        places.addAll(CoroutineStack.awaits(coroutine, frame));
        return places;
    }

    /** How many eager tasks have their first step in the midst of this one's, one in the midst of the other; -1 if this does not run. */
    private int stepsInside() {
        if (waitingOn != null) {
            return -1;
        }
        return loop.current() == this ? 0 : loop.steppedInto.stepsInside(this);
    }

    /** True while it is in a step. Thread-safe, but then of the moment only. */
    boolean isRunning() {
        return stepsInside() >= 0;
    }

    /** The task that goes on when this, an eager one, has come to its first suspension; null if there is none. */
    @Nullable
    Task<?> steppedInto() {
        int stepsInside = stepsInside();
        return stepsInside < 0 ? null : (Task<?>) loop.steppedInto.around(stepsInside);
    }

    /** Its innermost suspended frame; while it runs, that of its last suspension. */
    @Nullable
    Frame<?> frame() {
        return frame;
    }

    /** What it waits for; null while it runs or is to run. */
    @Nullable
    Future<?> waitingOn() {
        return waitingOn;
    }

    /** The stage of Java's own that it waits for; null if it waits for something else. */
    @Nullable
    Object awaitedStage() {
        return JavaFutures.stageOf(waitingOn);
    }

    /** Prints {@link #getStack} the way in which Python prints it, the most recent call last. */
    public void printStack(PrintStream out) {
        List<StackTraceElement> stack = getStack();
        if (stack.isEmpty()) {
            out.println("No stack for " + this);
        } else {
            out.println((state == FAILED ? "Traceback" : "Stack") + " for " + this + " (most recent call last):");
        }
        stack.forEach(element -> out.println("    at " + element));
        if (state == FAILED) {
            out.println(ObjectText.of(peekFailure()));
        }
    }

    /** The same, to standard error. */
    public void printStack() {
        printStack(System.err);
    }

    @SuppressWarnings("NullAway") // a failed future's value is never null
    private Throwable peekFailure() {
        return value instanceof UnseenFailure unseen ? unseen.failure() : (Throwable) value;
    }

    /** Nobody but the runtime has this task, so its user cannot wait for it: says nothing if it is pending when the loop is closed. */
    void dropQuietly() {
        isReportedIfPending = false;
        if (DebugMode.isOn()) {
            Origins.settle(this);
        }
    }

    boolean isReportedIfPending() {
        return isReportedIfPending;
    }

    /** The loop is being closed: what this awaits may have failed in the loop's last turn, and this will not hear of it. */
    void watchWhatItAwaits() {
        if (waitingOn != null) {
            waitingOn.watchFailure();
        }
        if (DebugMode.isOn()) {
            Origins.settle(this);
        }
    }

    @Override
    String stateName() {
        return state == PENDING && cancelRequests > 0 ? "cancelling" : super.stateName();
    }

    @Override
    void describe(StringBuilder text) {
        text.append(" name='").append(ObjectText.of(getName())).append('\'');
        if (loop.isDebug()) {
            text.append(" coro=").append(coroutine);
        }
        if (waitingOn != null) {
            text.append(" wait_for=").append(waitingOn);
        }
    }
}
