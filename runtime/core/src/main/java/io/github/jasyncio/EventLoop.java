package io.github.jasyncio;

import io.github.jasyncio.internal.DebugMode;
import io.github.jasyncio.internal.functions.StopWhenDone;
import io.github.jasyncio.internal.generators.CloseGenerators;
import io.github.jasyncio.internal.loop.Alarms;
import io.github.jasyncio.internal.loop.Clock;
import io.github.jasyncio.internal.loop.Durations;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks and callbacks, one after the other, on one thread.
 *
 * <p>Semantics: {@code asyncio.BaseEventLoop}, whose order it keeps: a queue, first in first out; in a turn runs what stood in the queue when the turn
 * began, and what that queues waits for the next turn. Timers that are due go to the end of the queue when a turn begins, by deadline and
 * then by creation. A loop that has nothing to do parks its thread.
 *
 * <p>Loop-confined: while it runs all methods belong to its thread, except {@link #callSoonThreadsafe}, {@link #isRunning}, {@link #isClosed},
 * {@link #stop} from a callback handed in there, and what is documented as thread-safe. In debug mode calls from other threads are refused.
 */
public final class EventLoop extends ChannelLoop {

    private final ExceptionReporter reporter = new ExceptionReporter(this);

    private @Nullable TaskFactory taskFactory;

    /** A handler that is told of what is left may close it, too. */
    private boolean isClosing;

    private EventLoop(Builder builder) {
        super(builder);
        inside().opened();
    }

    /**
     * The loop that runs on the calling thread now, or null.
     *
     * <p>Semantics: {@code asyncio._get_running_loop}, for code that works with and without a loop; {@link Asyncio#getRunningLoop} is for the rest.
     */
    public static @Nullable EventLoop running() {
        return ThreadState.runningLoop();
    }

    /** Makes loops that are not the usual kind. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * A loop that lives on somebody else's thread, such as Swing's ({@code EventLoop.over(SwingUtilities::invokeLater)}), JavaFX's
     * ({@code Platform::runLater}) or that of a Netty event loop.
     *
     * <p>It runs by itself: as long as something is ready, each turn is one job of the executor, with the executor's other jobs in between; the
     * order inside of the loop is that of any other. No thread is blocked. {@link #runForever} and {@link #runUntilComplete} are refused:
     * {@link #createTask} on the executor's thread, in an event listener say, is enough, and {@link Asyncio#runCoroutineThreadsafe} on any other
     * thread. The loop is the thread's running one during its turns only; a turn that comes inside of another loop's (the other shows a modal
     * dialog, say) waits for the end of that one. A {@link java.util.concurrent.CompletionStage} that completes on the executor's thread between the
     * turns begins one right there, for what comes with it may be gone in the next job; inside of a turn the order stays that of any loop.
     *
     * <p>{@link #stop} is for good here: lets the turn end, and no other will come. {@link #close} is allowed between the turns:
     * {@code executor.execute(loop::close)}. Neither touches the executor.
     *
     * @param executor runs jobs one after the other, always on the same thread, and not inside of {@code execute}; if it is a {@link
     *     ScheduledExecutorService} it keeps time as well, otherwise a daemon thread of the JDK's does
     */
    public static EventLoop over(Executor executor) {
        return builder().over(executor).build();
    }

    /**
     * The same with the timers of another executor.
     *
     * @param executor runs jobs one after the other, always on the same thread, and not inside of {@code execute}
     * @param timers says on any thread when a time has come; runs nothing of the loop's
     */
    public static EventLoop over(Executor executor, ScheduledExecutorService timers) {
        return builder()
                .withTurnsOn(executor, Alarms.of(Objects.requireNonNull(timers, "timers")))
                .build();
    }

    /**
     * The same with timers of any kind.
     *
     * @param executor runs jobs one after the other, always on the same thread, and not inside of {@code execute}
     * @param timers is to run what it is given after the time it is given, on any thread; too early or too often does no harm
     */
    public static EventLoop over(Executor executor, BiConsumer<? super Runnable, ? super Duration> timers) {
        return builder().over(executor, timers).build();
    }

    // ------------------------------------------------------------------------------------------------ running

    /**
     * Runs until {@code awaitable} is done, and gives its value; a failure is thrown, the very same object. The turn in which it ends is run to
     * its end; other tasks stay where they are.
     *
     * <p>Semantics: {@code loop.run_until_complete}.
     *
     * @param awaitable a coroutine, which becomes a task of this loop, or a future or task of this loop
     * @throws IllegalStateException if the loop is closed, running or {@link #over over an executor}, if another loop runs on this thread, or if
     *     {@link #stop} came first
     * @throws IllegalArgumentException if the future belongs to another loop
     */
    public <T> T runUntilComplete(Awaitable<T> awaitable) {
        checkOpen("runUntilComplete");
        inside().checkNotOverExecutor("runUntilComplete");
        inside().checkNotRunning("runUntilComplete");
        Future<T> future = ensureFuture(awaitable, "runUntilComplete");
        boolean isNew = future != awaitable;
        if (isNew && future instanceof Task<T> task) {
            task.dropQuietly();
        }
        StopWhenDone<T> stopWhenDone = new StopWhenDone<>();
        future.addDoneCallback(stopWhenDone);
        try {
            runForever();
        } catch (Throwable t) {
            if (isNew) {
                // It is thrown from here; nobody else has the task.
                future.forgetFailure();
            }
            throw t;
        } finally {
            future.removeDoneCallback(stopWhenDone);
        }
        if (!future.isDone()) {
            throw new IllegalStateException(
                    "runUntilComplete: event loop stopped before the future completed: " + future);
        }
        LoopTraces traces = traces();
        if (traces != null) {
            traces.leavesRun(future);
        }
        return future.result();
    }

    /**
     * Runs until {@link #stop} is called.
     *
     * <p>Semantics: {@code loop.run_forever}.
     *
     * @throws IllegalStateException if the loop is closed, running or {@link #over over an executor}, or if another loop runs on this thread
     */
    public void runForever() {
        checkOpen("runForever");
        inside().checkNotOverExecutor("runForever");
        inside().checkNotRunning("runForever");
        runTurns();
    }

    /**
     * Lets the turn that is being run end, and then the loop. A loop that is stopped before it runs will run one turn.
     *
     * <p>Semantics: {@code loop.stop}.
     */
    public void stop() {
        checkThread("stop");
        stopAfterTurn();
    }

    /**
     * Closes the loop for good: what is queued is dropped, its default executor told to shut down. Tasks that are still pending and failures
     * at which nobody has looked are reported to the exception handler. Who waits outside for something of the loop hears of it: what has come
     * arrives, and the rest fails; {@link CancelledError} is thrown in async methods of the eager kind that were to go on here, so that they
     * clean up. Closing a closed loop does nothing.
     *
     * <p>Semantics: {@code loop.close}.
     *
     * @throws IllegalStateException if it is running
     */
    public void close() {
        if (isInTurns()) {
            throw new IllegalStateException(
                    "cannot close a running event loop: " + this
                            + (executorTurns != null
                                    ? "; close it between its turns: executor.execute(loop::close)"
                                    : "; stop it by callSoonThreadsafe(loop::stop) and close it behind runForever, or let run(...) do all that"));
        }
        if (isClosed() || isClosing) {
            return;
        }
        isClosing = true;
        try {
            reportLeftovers();
        } finally {
            // Whatever a handler of the user's did: one may throw KeyboardInterrupt.
            shut();
            inside().closed();
            leaveOutside();
            inside().ended("the event loop was closed before this was done: " + this);
        }
    }

    private void reportLeftovers() {
        outsiders.letGo();
        for (Task<?> task : allTasks()) {
            if (task.isReportedIfPending()) {
                callExceptionHandler(Map.of("message", "Task was destroyed but it is pending!", "task", task));
            }
            task.watchWhatItAwaits();
        }
        unclaimed.failures().reportAll();
        if (getDebug()) {
            inside().reportWhatGoesOn();
        }
    }

    /** What it has for a network; asyncio's loops all have the operating system's. */
    public Network getNetwork() {
        return network();
    }

    /** True while it runs; of a loop {@link #over over an executor}, until it is stopped or closed. Thread-safe. */
    public boolean isRunning() {
        return inside().isRunning();
    }

    /** True once it was closed. Thread-safe. Semantics: {@code loop.is_closed}. */
    public boolean isClosed() {
        return isShut();
    }

    // ------------------------------------------------------------------------------------------------ callbacks

    /**
     * Puts a callback at the end of the ready queue; it runs in a copy of the current context.
     *
     * <p>Semantics: {@code loop.call_soon(callback)}.
     *
     * @throws IllegalStateException if the loop is closed; in debug mode also when called on another thread
     */
    public Handle callSoon(Runnable callback) {
        return callSoon(callback, null);
    }

    /**
     * Puts a callback at the end of the ready queue.
     *
     * <p>Semantics: {@code loop.call_soon(callback, context=context)}.
     *
     * @param context the context in which it runs, itself and not a copy; null for a copy of the current one
     * @throws IllegalStateException if the loop is closed; in debug mode also when called on another thread
     */
    public Handle callSoon(Runnable callback, @Nullable Context context) {
        Handle.check(callback, "callSoon");
        Handle handle = new Handle(callback, context == null ? currentVars() : context);
        enqueue(handle);
        return handle;
    }

    /**
     * The same for other threads: wakes the loop. Thread-safe; calls of one thread run in their order.
     *
     * <p>Semantics: {@code loop.call_soon_threadsafe(callback)}.
     *
     * @throws IllegalStateException if the loop is closed
     */
    public Handle callSoonThreadsafe(Runnable callback) {
        return callSoonThreadsafe(callback, null);
    }

    /**
     * The same for other threads: wakes the loop. Thread-safe; calls of one thread run in their order.
     *
     * <p>Semantics: {@code loop.call_soon_threadsafe(callback, context=context)}.
     *
     * @param context the context in which it runs, itself and not a copy; null for a copy of the calling thread's current one
     * @throws IllegalStateException if the loop is closed
     */
    public Handle callSoonThreadsafe(Runnable callback, @Nullable Context context) {
        Handle.check(callback, "callSoonThreadsafe");
        checkOpen("callSoonThreadsafe");
        Handle handle = new Handle(callback, context == null ? ThreadState.currentVars() : context);
        if (!handIn(handle, true)) {
            checkOpen("callSoonThreadsafe"); // it was closed meanwhile
        }
        return handle;
    }

    /**
     * Schedules {@code callback} to run once, {@code delay} from now by this loop's clock, in a copy of the current context.
     *
     * <p>Semantics: {@code loop.call_later}. Stricter: callbacks due at the same instant run in the order in which they were scheduled, so that
     * a program's trace repeats exactly. From another thread use {@link #callSoonThreadsafe}.
     *
     * @param delay zero or negative means the next turn, behind what is ready
     * @throws IllegalStateException if the loop is closed; in debug mode also when called on another thread
     */
    public TimerHandle callLater(Duration delay, Runnable callback) {
        return callLater(delay, callback, null);
    }

    /**
     * Schedules {@code callback} to run once, {@code delay} from now by this loop's clock.
     *
     * <p>Semantics: {@code loop.call_later(delay, callback, context=context)}.
     *
     * @param delay zero or negative means the next turn, behind what is ready
     * @param context the context in which it runs, itself and not a copy; null for a copy of the current one
     * @throws IllegalStateException if the loop is closed; in debug mode also when called on another thread
     */
    public TimerHandle callLater(Duration delay, Runnable callback, @Nullable Context context) {
        if (delay == null) {
            throw new NullPointerException("callLater: a delay was expected, got null");
        }
        Handle.check(callback, "callLater");
        return addTimer("callLater", deadlineAfter(delay), callback, context);
    }

    /**
     * Schedules {@code callback} to run once, at a time of this loop's clock, in a copy of the current context.
     *
     * <p>Semantics: {@code loop.call_at(when, callback)}.
     *
     * @param whenNanos a time as {@link #time} gives it
     * @throws IllegalStateException if the loop is closed; in debug mode also when called on another thread
     */
    public TimerHandle callAt(long whenNanos, Runnable callback) {
        return callAt(whenNanos, callback, null);
    }

    /**
     * Schedules {@code callback} to run once, at a time of this loop's clock.
     *
     * <p>Semantics: {@code loop.call_at(when, callback, context=context)}.
     *
     * @param whenNanos a time as {@link #time} gives it
     * @param context the context in which it runs, itself and not a copy; null for a copy of the current one
     * @throws IllegalStateException if the loop is closed; in debug mode also when called on another thread
     */
    public TimerHandle callAt(long whenNanos, Runnable callback, @Nullable Context context) {
        Handle.check(callback, "callAt");
        return addTimer("callAt", whenNanos, callback, context);
    }

    private TimerHandle addTimer(String operation, long deadline, Runnable callback, @Nullable Context context) {
        checkMayCall(operation);
        TimerHandle handle = new TimerHandle(this, deadline, callback, context == null ? currentVars() : context);
        enqueueAt(handle, deadline);
        return handle;
    }

    /** This loop's time in nanoseconds; it begins with the loop, at zero, and never goes back. Semantics: {@code loop.time}. */
    public long time() {
        return now();
    }

    /** The time of this loop that is {@code delay} from now; what is too far away for a {@code long} is never. */
    long deadlineAfter(Duration delay) {
        long now = now();
        long nanos = Durations.nanos(delay);
        long deadline = now + nanos;
        return nanos > 0 && deadline < now ? Clock.NEVER : deadline;
    }

    // ------------------------------------------------------------------------------------------------ tasks

    /** A new future of this loop. Semantics: {@code loop.create_future}. */
    public <T> Future<T> createFuture() {
        return new Future<>(this);
    }

    /**
     * Makes a task that runs {@code coroutine}, beginning in the next turn.
     *
     * <p>Semantics: {@code loop.create_task(coro)}.
     *
     * @throws IllegalStateException if the loop is closed; in debug mode also when called on another thread
     */
    public <T> Task<T> createTask(Coroutine<T> coroutine) {
        return createTask(coroutine, null, null);
    }

    /**
     * Makes a task that runs {@code coroutine}, beginning in the next turn.
     *
     * <p>Semantics: {@code loop.create_task(coro, name=name)}.
     *
     * @param name its name, or null for one of the kind {@code Task-7}
     * @throws IllegalStateException if the loop is closed; in debug mode also when called on another thread
     */
    public <T> Task<T> createTask(Coroutine<T> coroutine, @Nullable String name) {
        return createTask(coroutine, name, null);
    }

    /**
     * Makes a task that runs {@code coroutine}, beginning in the next turn (or as the {@link #setTaskFactory task factory} has it).
     *
     * <p>Semantics: {@code loop.create_task(coro, name=name, context=context)}.
     *
     * @param name its name, or null for one of the kind {@code Task-7}
     * @param context the context in which it runs, itself and not a copy; null for a copy of the current one
     * @throws IllegalStateException if the loop is closed; in debug mode also when called on another thread
     */
    public <T> Task<T> createTask(Coroutine<T> coroutine, @Nullable String name, @Nullable Context context) {
        if (coroutine == null) {
            throw new NullPointerException("createTask: a coroutine was expected, got null;"
                    + " an async method ends with `return Coroutine.done();` or `return Coroutine.of(value);`");
        }
        checkMayCall("createTask");
        return taskFactory == null
                ? Task.create(this, coroutine, name, context)
                : taskFactory.create(this, coroutine, name, context);
    }

    /** Says how tasks are made from now on; null for the usual way. Semantics: {@code loop.set_task_factory}. */
    public void setTaskFactory(@Nullable TaskFactory factory) {
        taskFactory = factory;
    }

    /** How tasks are made, or null if in the usual way. Semantics: {@code loop.get_task_factory}. */
    public @Nullable TaskFactory getTaskFactory() {
        return taskFactory;
    }

    /** Semantics: {@code asyncio.ensure_future(awaitable, loop=self)}. */
    <T> Future<T> ensureFuture(Awaitable<T> awaitable, String operation) {
        if (awaitable instanceof Future<T> future) {
            if (future.loop != this) {
                throw new IllegalArgumentException(operation + ": the future belongs to a different loop: " + future
                        + " to " + future.loop + ", and this is " + this);
            }
            return future;
        }
        if (awaitable instanceof Coroutine<T> coroutine) {
            return createTask(coroutine);
        }
        throw new NullPointerException(operation + ": a coroutine, future or task was expected, got null");
    }

    // ------------------------------------------------------------------------------------------------ generators

    /**
     * Closes the asynchronous generators that have begun on this loop and not ended, all at once, and waits for them; what one fails with is reported to the
     * exception handler. One that begins later is warned of.
     *
     * <p>Semantics: {@code loop.shutdown_asyncgens}.
     */
    public Coroutine<Void> shutdownAsyncGenerators() {
        return new CloseGenerators(this, generators());
    }

    // ------------------------------------------------------------------------------------------------ failures

    /**
     * Sets who is told of failures that nobody else hears of; null for the {@link #defaultExceptionHandler default}.
     *
     * <p>Semantics: {@code loop.set_exception_handler}.
     */
    public void setExceptionHandler(@Nullable ExceptionHandler handler) {
        reporter.setHandler(handler);
    }

    /** Who is told of failures that nobody else hears of; null if it is the default. Semantics: {@code loop.get_exception_handler}. */
    public @Nullable ExceptionHandler getExceptionHandler() {
        return reporter.handler();
    }

    /**
     * Tells the exception handler of a failure. If the handler fails itself, the default one is told so.
     *
     * <p>Semantics: {@code loop.call_exception_handler}.
     *
     * @param context {@code "message"}, {@code "exception"} and others, see {@link ExceptionHandler#handle}
     */
    @Override
    public void callExceptionHandler(Map<String, ?> context) {
        reporter.call(new LinkedHashMap<>(context));
    }

    /** Logs a failure: what the loop does when no exception handler is set. Semantics: {@code loop.default_exception_handler}. */
    public void defaultExceptionHandler(Map<String, ?> context) {
        reporter.log(context);
    }

    // ------------------------------------------------------------------------------------------------ debug mode

    /** True in debug mode. Semantics: {@code loop.get_debug}. */
    public boolean getDebug() {
        return isDebug();
    }

    /**
     * Switches debug mode. Semantics: {@code loop.set_debug}. It begins as environment {@code JASYNCIO_DEBUG=1} or {@code -Djasyncio.debug=true} say, else off.
     *
     * <p>In debug mode calls from wrong threads are refused, and what holds the loop too long is logged.
     */
    public void setDebug(boolean debug) {
        switchDebug(debug);
    }

    /** In debug mode, what holds the loop at least this long is logged; at first 100 ms. Semantics: {@code loop.slow_callback_duration}. */
    public Duration slowCallbackDuration() {
        return slowCallbacks.threshold();
    }

    /**
     * Says from when on, in debug mode, something is too slow. Semantics: {@code loop.slow_callback_duration}.
     *
     * @param duration zero or negative means that everything is
     */
    public void setSlowCallbackDuration(Duration duration) {
        if (duration == null) {
            throw new NullPointerException("setSlowCallbackDuration: a duration was expected, got null");
        }
        slowCallbacks.setThreshold(duration);
    }

    /** For example {@code <EventLoop running=true closed=false debug=false>}. */
    @Override
    public String toString() {
        return "<EventLoop running=" + isRunning() + " closed=" + isClosed() + " debug=" + getDebug() + ">";
    }

    /** Makes event loops. asyncio has no counterpart: its loops are made by {@code new_event_loop} alone. */
    public static final class Builder {

        boolean isVirtual;
        boolean isDebug = DebugMode.isDefault();

        @Nullable
        Random shuffle;

        Network network = Network.ofSystem();

        @Nullable
        Executor executor;

        Alarms alarms = Alarms.ofJdk();

        private Builder() {}

        /**
         * Gives the loop a clock that stands at zero, stands still while anything is ready or a call of this loop runs in an executor, and
         * otherwise jumps to the next deadline: what waits takes no time. With no timer either, the loop waits for a thread or a channel.
         *
         * <p>Channels know no virtual time. Those that are ready come before a jump, but the clock does not wait for those that may become so: a
         * timeout comes before an answer that is still on its way.
         */
        public Builder virtualTime() {
            isVirtual = true;
            return this;
        }

        /**
         * Lets the loop shuffle its ready queue at the beginning of each turn, to find out what depends on an order that nobody promised. The
         * same seed gives the same orders.
         */
        public Builder shuffle(long seed) {
            shuffle = new Random(seed);
            return this;
        }

        /** Lets the loop have another network than the operating system's. */
        public Builder network(Network network) {
            this.network = Objects.requireNonNull(network, "network");
            return this;
        }

        /** Switches debug mode, see {@link EventLoop#setDebug}. */
        public Builder debug(boolean debug) {
            isDebug = debug;
            return this;
        }

        /** Lets the loop take its turns on an executor, see {@link EventLoop#over(Executor)}. */
        public Builder over(Executor executor) {
            return withTurnsOn(executor, Alarms.of(executor));
        }

        /** Lets the loop take its turns on an executor, see {@link EventLoop#over(Executor, BiConsumer)}. */
        public Builder over(Executor executor, BiConsumer<? super Runnable, ? super Duration> timers) {
            return withTurnsOn(executor, Alarms.of(Objects.requireNonNull(timers, "timers")));
        }

        private Builder withTurnsOn(Executor executor, Alarms alarms) {
            this.executor = Objects.requireNonNull(executor, "executor");
            this.alarms = alarms;
            return this;
        }

        /** Makes the loop. */
        public EventLoop build() {
            return new EventLoop(this);
        }
    }
}
