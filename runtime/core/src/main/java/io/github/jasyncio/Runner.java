package io.github.jasyncio;

import io.github.jasyncio.internal.EagerCall;
import io.github.jasyncio.internal.loop.Outsider;
import io.github.jasyncio.internal.signals.Interruptions;
import io.github.jasyncio.internal.signals.StopSignal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs coroutines on a loop of its own, one after the other, and cleans up at the end.
 *
 * <p>Semantics: {@code asyncio.Runner}. Loop, context and unfinished tasks stay from one run to the next. {@link #close} cancels what is left, waits
 * for it, shuts down asynchronous generators and the default executor, and closes the loop.
 *
 * <p>On the main thread Ctrl-C cancels the coroutine that is being run, and {@code run} then throws {@link KeyboardInterrupt}; a second Ctrl-C
 * makes it throw at once, wherever the coroutine stands, and interrupts the thread, should it be blocked. Java cannot interrupt what only
 * computes; so a third one ends the JVM, as Ctrl-C usually does. For use by one thread.
 *
 * <p>SIGTERM, which {@code kill} and {@code docker stop} send, ends the JVM past all {@code finally} blocks, as always in Java. A runner that was built with {@link
 * Builder#cancelOnSigterm} takes it as it takes Ctrl-C, and so do all others, and {@link Asyncio#run}, in a program that was started with
 * {@code -Djasyncio.sigterm=cancel} or with {@code JASYNCIO_SIGTERM=cancel} in its environment. When the main thread has ended, the JVM does so too, with exit code
 * 143.
 */
public final class Runner implements AutoCloseable {

    private static final Duration EXECUTOR_TIMEOUT = Duration.ofMinutes(5);

    private enum State {
        CREATED,
        INITIALIZED,
        CLOSED
    }

    private final @Nullable Boolean debug;
    private final @Nullable Supplier<EventLoop> loopFactory;
    private final boolean cancelsOnSigterm;

    // CREATED --loop, run--> INITIALIZED --close--> CLOSED; a runner that was never used stays CREATED when it is
    // closed
    private State state = State.CREATED;

    // Both are there while INITIALIZED.
    private @Nullable EventLoop loop;
    private @Nullable Context context;

    private boolean hasAssignedLoop;

    private Runner(Builder builder) {
        this.debug = builder.debug;
        this.loopFactory = builder.loopFactory;
        this.cancelsOnSigterm = builder.cancelsOnSigterm;
    }

    /** A runner with a new loop of the usual kind. Semantics: {@code asyncio.Runner()}. */
    public Runner() {
        this(builder());
    }

    /** Makes runners that are not the usual kind. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Runs a coroutine to its end and gives its value; its failure is thrown, the very same object. It runs in this runner's context.
     *
     * <p>Semantics: {@code Runner.run(coro)}.
     *
     * @throws IllegalStateException if a loop runs on this thread already, or if this is closed
     * @throws KeyboardInterrupt after Ctrl-C, and after SIGTERM where that cancels
     */
    public <T> T run(Coroutine<T> coroutine) {
        return run(coroutine, null);
    }

    /**
     * Runs a coroutine to its end and gives its value; its failure is thrown, the very same object.
     *
     * <p>Semantics: {@code Runner.run(coro, context=context)}.
     *
     * @param context the context in which it runs, or null for this runner's
     * @throws IllegalStateException if a loop runs on this thread already, or if this is closed
     * @throws KeyboardInterrupt after Ctrl-C, and after SIGTERM where that cancels
     */
    public <T> T run(Coroutine<T> coroutine, @Nullable Context context) {
        checkArguments("Runner.run", coroutine);
        EventLoop loop = loop();
        Task<T> task = loop.createTask(coroutine, null, context == null ? this.context : context);
        Interruptions interruptions = new Interruptions(loop, task, loop.inside()::interruptThread);
        interruptions.listenTo(StopSignal.INTERRUPT, System.Logger.Level.DEBUG);
        if (cancelsOnSigterm) {
            interruptions.listenTo(StopSignal.TERMINATE, System.Logger.Level.WARNING);
        }
        try {
            return loop.runUntilComplete(task);
        } catch (CancelledError e) {
            StopSignal signal = interruptions.first();
            if (signal != null && task.uncancel() == 0) {
                KeyboardInterrupt interrupt = new KeyboardInterrupt(signal.toString());
                interrupt.addSuppressed(e);
                throw interrupt;
            }
            throw e;
        } finally {
            interruptions.end();
        }
    }

    static void checkArguments(String operation, @Nullable Coroutine<?> coroutine) {
        if (coroutine == null) {
            throw new NullPointerException(operation + ": a coroutine was expected, got null");
        }
        EventLoop running = ThreadState.runningLoop();
        if (running != null) {
            throw new IllegalStateException(operation + " cannot be called from a running event loop: " + running
                    + "; inside of it write await(coroutine) or createTask(coroutine)");
        }
    }

    /**
     * The loop on which it runs coroutines; made when first needed.
     *
     * <p>Semantics: {@code Runner.get_loop}; asyncio makes the loop when the {@code with} block is entered.
     *
     * @throws IllegalStateException if this is closed
     */
    public EventLoop loop() {
        if (state == State.CLOSED) {
            throw new IllegalStateException("runner is closed; make a new one");
        }
        EventLoop made = loop;
        if (made == null) {
            made = initialize();
        }
        return made;
    }

    private EventLoop initialize() {
        EventLoop made;
        if (loopFactory == null) {
            made = Asyncio.newEventLoop();
            Asyncio.setEventLoop(made);
            hasAssignedLoop = true;
        } else {
            made = loopFactory.get();
            made.inside().checkNotOverExecutor("Runner");
        }
        if (debug != null) {
            made.setDebug(debug);
        }
        loop = made;
        context = Context.copyContext();
        state = State.INITIALIZED;
        return made;
    }

    /**
     * Cancels what is left, waits for it, and closes the loop. Closing twice, or what was never used, does nothing.
     *
     * <p>Semantics: {@code Runner.close}.
     */
    @Override
    public void close() {
        EventLoop loop = this.loop;
        if (loop == null) {
            return;
        }
        try {
            cancelAllTasks(loop);
            cancelEagerCalls(loop);
            loop.runUntilComplete(loop.shutdownAsyncGenerators());
            loop.runUntilComplete(loop.shutdownDefaultExecutor(EXECUTOR_TIMEOUT));
        } finally {
            if (hasAssignedLoop) {
                Asyncio.setEventLoop(null);
            }
            loop.close();
            this.loop = null;
            state = State.CLOSED;
        }
    }

    /** Semantics: {@code runners._cancel_all_tasks}; in the order in which the tasks were made. */
    private static void cancelAllTasks(EventLoop loop) {
        List<Task<?>> tasks = loop.allTasks();
        if (tasks.isEmpty()) {
            return;
        }
        tasks.forEach(Task::cancel);
        loop.runUntilComplete(Asyncio.gatherOutcomes(tasks));
        for (Task<?> task : tasks) {
            Throwable failure = task.isCancelled() ? null : task.exception();
            if (failure != null) {
                loop.callExceptionHandler(Map.of(
                        "message",
                        "unhandled exception during asyncio.run() shutdown",
                        "exception",
                        failure,
                        "task",
                        task));
            }
        }
    }

    /** What is left of async methods of the eager kind ends like a task: it may clean up, and may await meanwhile. */
    private static void cancelEagerCalls(EventLoop loop) {
        List<Future<?>> calls = new ArrayList<>();
        for (Outsider outsider : loop.calls.list()) {
            if (outsider instanceof EagerCall<?> call) {
                calls.add(JavaFutures.from(loop, call));
                call.cancel(true);
            }
        }
        if (!calls.isEmpty()) {
            loop.runUntilComplete(Asyncio.gatherOutcomes(calls));
        }
    }

    /** Makes runners. Semantics: the arguments of {@code asyncio.Runner}. */
    public static final class Builder {

        private @Nullable Boolean debug;
        private @Nullable Supplier<EventLoop> loopFactory;
        private boolean cancelsOnSigterm = StopSignal.isSigtermCaught();

        private Builder() {}

        /** Switches the loop's debug mode on or off. Semantics: {@code asyncio.Runner(debug=debug)}. */
        public Builder debug(boolean debug) {
            this.debug = debug;
            return this;
        }

        /** Says how to make the loop. Semantics: {@code asyncio.Runner(loop_factory=factory)}. */
        public Builder loopFactory(Supplier<EventLoop> loopFactory) {
            this.loopFactory = loopFactory;
            return this;
        }

        /**
         * Says whether SIGTERM cancels the coroutine that is being run, as Ctrl-C does, so that its {@code finally} blocks and those of the main thread run. When the
         * main thread has ended, the JVM ends with exit code 143, whatever other threads do. A second SIGTERM leaves the loop at once, and a third one ends the JVM.
         *
         * <p>asyncio has no counterpart: Python's programs call {@code loop.add_signal_handler(SIGTERM, task.cancel)}. Like Ctrl-C it is caught on the main thread
         * only, and only where nobody else has set a handler; where it cannot be, that is logged as a warning.
         *
         * @param cancels at first true if {@code -Djasyncio.sigterm=cancel}, or {@code JASYNCIO_SIGTERM=cancel} in the environment, says so; otherwise false
         */
        public Builder cancelOnSigterm(boolean cancels) {
            this.cancelsOnSigterm = cancels;
            return this;
        }

        /** Makes the runner. */
        public Runner build() {
            return new Runner(this);
        }
    }
}
