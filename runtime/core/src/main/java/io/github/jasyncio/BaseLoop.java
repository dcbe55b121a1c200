package io.github.jasyncio;

import io.github.jasyncio.internal.Chooser;
import io.github.jasyncio.internal.Execution;
import io.github.jasyncio.internal.Exploring;
import io.github.jasyncio.internal.channels.Channels;
import io.github.jasyncio.internal.debug.Origins;
import io.github.jasyncio.internal.debug.SlowCallbacks;
import io.github.jasyncio.internal.loop.Clock;
import io.github.jasyncio.internal.loop.ExecutorTurns;
import io.github.jasyncio.internal.loop.OutsideWork;
import io.github.jasyncio.internal.loop.Outsiders;
import io.github.jasyncio.internal.loop.ParkingPoller;
import io.github.jasyncio.internal.loop.Poller;
import io.github.jasyncio.internal.loop.ReadyQueue;
import io.github.jasyncio.internal.loop.SharedOutsiders;
import io.github.jasyncio.internal.loop.SteppedInto;
import io.github.jasyncio.internal.loop.Terminations;
import io.github.jasyncio.internal.loop.TimerQueue;
import io.github.jasyncio.internal.loop.Unclaimed;
import io.github.jasyncio.internal.loop.Watching;
import io.github.jasyncio.internal.observers.ObservedTurn;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The queues of an event loop and the turns in which it works them off; {@link EventLoop} is what users see of it.
 *
 * <p>A superclass and not a part, because a task's step goes through here several times, and each would pay for the way.
 */
abstract sealed class BaseLoop permits ChannelLoop {

    private final Clock clock;
    private final @Nullable Random shuffle;

    /** Who decides what runs next, in tests that explore orders; null if the order of the ready queue does. */
    final @Nullable Chooser chooser = Exploring.chooser();

    final ReadyQueue ready = new ReadyQueue();
    private final TimerQueue timers = new TimerQueue(new TimerHandle.Positions());
    private final Inbox inbox = new Inbox();
    private final @Nullable LoopTraces traces = LoopTraces.of(this);
    final Execution execution = new Execution(traces);
    final TaskList tasks = new TaskList();
    final Unclaimed unclaimed = new Unclaimed((EventLoop) this, () -> isPlain = false);
    final OutsideWork outsideWork = new OutsideWork();
    final SlowCallbacks slowCallbacks = new SlowCallbacks();
    /** Whose steps go on when eager tasks have come to their first suspension. */
    final SteppedInto steppedInto = new SteppedInto();

    private final LoopInside inside = new LoopInside(this);

    /** Who takes the turns; null if {@link #runTurns} does. */
    final @Nullable ExecutorTurns executorTurns;

    /** Those who wait outside of it for something of it. Thread-safe. */
    final SharedOutsiders outsiders;

    /** The eager calls that go on in its turns. Loop-confined, unless these are an executor's, which may end on any thread. */
    final Outsiders calls;

    /** Notices that executors have thrown away what they were to do for it. Thread-safe. */
    final Terminations terminations = new Terminations();

    /** What it waits with: {@link #channels} as soon as there are any. Whoever wakes the old one has filled the inbox before. */
    private volatile Poller poller = new ParkingPoller();

    /** Those that it watches; null before the first. */
    @Nullable
    Channels channels;

    // idle --runTurns, takeTurn--> in turns --isStopping, the one turn is over--> idle --shut--> closed
    private volatile @Nullable Thread thread;
    private volatile boolean isClosed;

    private long turns;

    private boolean isStopping;
    private boolean isDebug;

    /** Whether anything has to be looked at before something is queued: one question on the way of every step instead of several. */
    private boolean isGuarded;

    /** Whether a turn has only to run what is ready: it neither shuffles nor is in debug mode, and nothing is {@link #unclaimed}. */
    private boolean isPlain;

    private @Nullable ThreadState threadState;

    /** What was current on the thread when it began to take turns, and is again afterwards. */
    private VarMap outerVars = VarMap.EMPTY;

    private @Nullable Context outerContext;

    private @Nullable Task<?> current;

    /** Futures that are done, and tasks that are to go on, for which there was no room in the ready queue, linked in their order; see {@link Future#complete}. */
    @Nullable
    Future<?> unqueued;

    /** The last of them. */
    @Nullable
    Future<?> lastUnqueued;

    BaseLoop(EventLoop.Builder builder) {
        this.clock = builder.isVirtual ? new Clock.Virtual() : new Clock.Monotonic();
        this.shuffle = builder.shuffle;
        this.executorTurns =
                builder.executor == null ? null : new ExecutorTurns(inside, builder.executor, builder.alarms);
        this.outsiders = new SharedOutsiders(terminations, executorTurns == null ? null : executorTurns.job());
        this.calls = executorTurns == null ? new Outsiders() : outsiders;
        switchDebug(builder.isDebug);
    }

    // ------------------------------------------------------------------------------------------------ turns

    /** Takes one turn after the other until {@link #stopAfterTurn} is called. Only after {@link LoopInside#checkNotRunning}. */
    final void runTurns() {
        ThreadState state = ThreadState.current();
        enter(state);
        try {
            takeTurns(state, true);
        } finally {
            isStopping = false;
            leave(state);
            if (traces != null) {
                traces.runEnds();
            }
            state.forgetIfEmpty();
        }
    }

    /** Takes one turn and does not wait: for {@link ExecutorTurns}. The news, if there are any, are run first, for what they queue. */
    final void takeTurn(ThreadState state, @Nullable Runnable news) {
        enter(state);
        updateGuard();
        try {
            if (news != null) {
                news.run();
            }
            takeTurns(state, false);
        } finally {
            if (channels != null) {
                channels.endTurn();
            }
            leave(state);
            updateGuard();
        }
    }

    private void enter(ThreadState state) {
        threadState = state;
        thread = Thread.currentThread();
        state.running = (EventLoop) this;
        outerVars = state.vars;
        outerContext = state.entered;
        state.entered = null;
    }

    private void leave(ThreadState state) {
        thread = null;
        threadState = null;
        forgetLastEntry();
        state.leave(outerVars, outerContext);
        outerVars = VarMap.EMPTY;
        outerContext = null;
        state.leaveLoop();
    }

    /** What the last entry has left behind is overwritten by the next; this is for when there may be none for long. */
    private void forgetLastEntry() {
        current = null;
        execution.clear();
    }

    final void stopAfterTurn() {
        isStopping = true;
        if (executorTurns != null && thread == null) {
            executorTurns.stop();
        }
    }

    final boolean isToStop() {
        return isStopping;
    }

    private void takeIn() {
        if (unqueued != null) {
            queueUnqueued();
        }
        if (!inbox.isEmpty()) {
            inbox.drainTo(ready);
        }
    }

    private void queueUnqueued() {
        for (Future<?> future = unqueued; future != null; future = unqueued) {
            future.queueAtLast(); // where there is no room again it stays the first
            Future<?> next = future.nextUnqueued;
            future.nextUnqueued = null;
            unqueued = next == future ? null : next;
        }
        lastUnqueued = null;
    }

    private void waitForWork() {
        forgetLastEntry();
        if (channels != null && clock.jumps()) {
            // What is ready comes before what takes a jump.
            channels.pollNow();
            takeIn();
            if (!ready.isEmpty()) {
                return;
            }
        }
        long nanos = nanosUntilTimer();
        if (nanos > 0) {
            if (nanos == Poller.FOREVER && (isDebug || inside.isWatchedWhenStill())) {
                inside.standsStill(slowCallbacks.step());
            }
            long atMost = ready.rest(nanos);
            if (!hasMail()) {
                inside.poll(poller, atMost);
            }
            takeIn();
        } else if (channels != null) {
            channels.pollNow();
        }
    }

    private long nanosUntilTimer() {
        return timers.isEmpty() ? Poller.FOREVER : clock.untilDue(timers.firstDeadline(), outsideWork.isGoingOn());
    }

    /** How long there is nothing to do: zero or less if there is something, {@link Poller#FOREVER} until somebody wakes the loop. */
    final long nanosUntilWork() {
        return ready.isEmpty() && !hasMail() ? ready.rest(nanosUntilTimer()) : 0;
    }

    /** True if another thread has handed something in. Thread-safe. */
    final boolean hasMail() {
        return !inbox.isEmpty() || unqueued != null || (channels != null && channels.hasFound());
    }

    /**
     * Takes turns: one after the other until it is to stop, or only one. All in one method, which the JIT then compiles as one, so that a turn is no
     * call.
     */
    private void takeTurns(ThreadState state, boolean mayWait) {
        do {
            turns++;
            takeIn();
            if (mayWait && ready.isEmpty() && !isStopping) {
                waitForWork();
            } else if (channels != null) {
                channels.pollNow();
            }
            if (!timers.isEmpty()) {
                queueDueTimers();
            }
            if (isPlain && !Watching.isOn()) {
                // Not until it is empty: what the entries queue belongs to the next turn.
                int left = ready.size();
                while (left > 0 && isPlain) {
                    left--;
                    Object entry = ready.poll();
                    if (entry instanceof Task<?> task) {
                        runTask(task, state);
                    } else {
                        runOther(entry, state);
                    }
                }
                runTimed(left, state); // debug mode was switched on in between
            } else {
                runReadyWithCare(state);
            }
        } while (mayWait && !isStopping);
    }

    /** Runs the ready entries of a loop that is not {@link #isPlain}, or that somebody watches. */
    private void runReadyWithCare(ThreadState state) {
        if (!unclaimed.isEmpty()) {
            current = null;
            unclaimed.ask(chooser == null);
        }
        updatePlain();
        if (chooser != null) {
            runChosen(chooser, state);
            return;
        }
        if (shuffle != null) {
            ready.shuffle(shuffle);
        }
        if (Watching.isOn()) {
            ObservedTurn.run(ready, entry -> runTimed(entry, state), inside);
            return;
        }
        runTimed(ready.size(), state);
    }

    private void runTimed(int entries, ThreadState state) {
        for (int left = entries; left > 0; left--) {
            runTimed(ready.poll(), state);
        }
    }

    private void runChosen(Chooser chooser, ThreadState state) {
        if (!ready.isEmpty()) {
            Object entry = ready.take(chooser.choose(ready.toList()));
            runTimed(entry, state);
            forgetLastEntry();
            chooser.ran(entry);
        }
    }

    private void updatePlain() {
        isPlain = shuffle == null && chooser == null && !isDebug && unclaimed.isEmpty();
    }

    private void queueDueTimers() {
        long now = clock.nanos();
        while (!timers.isEmpty() && timers.firstDeadline() <= now) {
            long deadline = timers.firstDeadline();
            Object entry = timers.poll();
            ready.add(entry);
            if (chooser != null) {
                chooser.due(entry, deadline, LoopInside.isBookkeeping(entry));
            }
        }
    }

    /**
     * Runs one entry. It finds the task and the context of the one before still current and replaces them: going back to what was current outside
     * after every entry would cost more than many an entry does.
     */
    final void runEntry(Object entry, ThreadState state) {
        if (entry instanceof Task<?> task) {
            runTask(task, state);
        } else {
            runOther(entry, state);
        }
    }

    private void runTask(Task<?> task, ThreadState state) {
        if (current != task) {
            current = task;
        }
        task.step(this, state);
    }

    private void runOther(Object entry, ThreadState state) {
        if (entry instanceof Handle handle) {
            current = null;
            handle.runIn(this, state);
        } else {
            ((SleepFuture<?>) entry).wake();
        }
    }

    /** The same; in debug mode with an eye on the time. */
    private void runTimed(Object entry, ThreadState state) {
        if (isDebug) {
            slowCallbacks.run(entry, () -> runEntry(entry, state));
        } else {
            runEntry(entry, state);
        }
    }

    // ------------------------------------------------------------------------------------------------ queues

    /** Puts a task, a handle or a sleep at the end of the ready queue. */
    final void enqueue(Object entry) {
        if (isGuarded) {
            enqueueGuarded(entry);
            return;
        }
        if (!inbox.isEmpty()) {
            // What other threads have handed in before this stands before it, as in asyncio's one queue.
            inbox.drainTo(ready);
        }
        ready.add(entry);
    }

    private void enqueueGuarded(Object entry) {
        checkMayCall("callSoon");
        recordHandle(entry);
        takeIn();
        ready.add(entry);
        if (chooser != null) {
            chooser.queued(
                    entry, LoopInside.isBookkeeping(entry), entry instanceof Task<?> task ? task.waitingOn() : null);
        }
        requestTurn();
    }

    /** Puts a timer handle or a sleep among what waits for its time. */
    final void enqueueAt(Object entry, long deadline) {
        checkMayCall("callAt");
        recordHandle(entry);
        timers.add(entry, deadline);
        requestTurn();
    }

    /** Between the turns of a loop over an executor: whoever queues something has to ask for the next. */
    private void requestTurn() {
        if (executorTurns != null && thread == null) {
            try {
                executorTurns.request();
            } catch (VirtualMachineError noRoom) {
                // What was queued stays so, and must not be queued again: whoever queues the next asks once more.
            }
        }
    }

    /**
     * Takes a handle from any thread, and wakes the loop.
     *
     * @param isHeard whether somebody is there to hear that an executor takes no turns any more
     * @return false if it is closed
     */
    final boolean handIn(Handle handle, boolean isHeard) {
        recordHandle(handle);
        if (!inbox.add(handle)) {
            return false;
        }
        if (thread != Thread.currentThread()) {
            if (executorTurns == null) {
                poller.wakeUp();
            } else if (isHeard) {
                executorTurns.request();
            } else {
                executorTurns.wake();
            }
        }
        return true;
    }

    /** Drops all that is queued; from now on everything is refused. */
    final void shut() {
        isClosed = true;
        switchDebug(isDebug);
        slowCallbacks.stop();
        inbox.close();
        if (executorTurns != null) {
            executorTurns.close();
        }
        ready.clear();
        unqueued = null;
        lastUnqueued = null;
        timers.clear();
        if (channels != null) {
            channels.close();
        }
    }

    /** Has it wait with a selector from now on, unless turns come from an executor. */
    final void waitWith(Channels made) {
        channels = made;
        if (executorTurns == null) {
            poller = made;
        }
    }

    // ------------------------------------------------------------------------------------------------ state

    /** Nanoseconds of this loop's clock. */
    final long now() {
        return clock.nanos();
    }

    /** True while turns are taken. Thread-safe. */
    final boolean isInTurns() {
        return thread != null;
    }

    /** The thread on which turns are taken at this moment. Thread-safe. */
    final @Nullable Thread thread() {
        return thread;
    }

    /** True if the calling thread runs it, from the method that was called to do so. */
    final boolean isRunFromHere() {
        return thread == Thread.currentThread() && executorTurns == null;
    }

    /** Thread-safe. */
    final boolean isShut() {
        return isClosed;
    }

    final boolean isDebug() {
        return isDebug;
    }

    final void switchDebug(boolean debug) {
        isDebug = debug;
        updateGuard();
        inside.record(debug && !isClosed);
    }

    /** In debug mode: keeps where a future is being made; a task does so itself. */
    final void record(Future<?> future) {
        if (isDebug && !(future instanceof Task)) {
            Origins.keep(future);
        }
    }

    private void recordHandle(Object entry) {
        if (isDebug && entry instanceof Handle) {
            Origins.keep(entry);
        }
    }

    private void updateGuard() {
        isGuarded = isClosed || isDebug || chooser != null || (executorTurns != null && thread == null);
        updatePlain();
    }

    /** The context variables that are current: those of the running thread. */
    final VarMap currentVars() {
        ThreadState state = threadState;
        return state == null ? ThreadState.currentVars() : state.vars;
    }

    /** The state of the thread on which it runs; of the calling thread if it does not run. */
    final ThreadState threadState() {
        ThreadState state = threadState;
        return state == null ? ThreadState.current() : state;
    }

    final @Nullable Task<?> current() {
        return current;
    }

    /** Makes {@code task} the one that runs now, and gives the one that did. */
    final @Nullable Task<?> swapCurrent(@Nullable Task<?> task) {
        Task<?> before = current;
        current = task;
        return before;
    }

    /** Whom to tell of failures; null if nobody wants to know. */
    final @Nullable LoopTraces traces() {
        return traces;
    }

    /** What the rooms of the runtime know of it. */
    final LoopInside inside() {
        return inside;
    }

    final EventLoop self() {
        return (EventLoop) this;
    }

    /** How many turns have begun. */
    final long turns() {
        return turns;
    }

    final TimerQueue timers() {
        return timers;
    }

    final List<Task<?>> allTasks() {
        return tasks.toList();
    }

    /** True if signals of the operating system's run callbacks of the loop's. */
    abstract boolean handlesSignals();

    /** Tells whoever wants to know of failures that nobody else hears of. */
    abstract void callExceptionHandler(Map<String, ?> context);

    // ------------------------------------------------------------------------------------------------ checks

    final void checkMayCall(String operation) {
        if (isGuarded) {
            checkOpen(operation);
            checkThread(operation);
        }
    }

    /** In debug mode: refuses calls from other threads. */
    final void checkThread(String operation) {
        if (isDebug) {
            inside.checkThread(operation);
        }
    }

    final void checkOpen(String operation) {
        if (isClosed) {
            throw new IllegalStateException(operation + ": event loop is closed: " + this);
        }
    }
}
