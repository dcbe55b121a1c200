package io.github.jasyncio;

import io.github.jasyncio.internal.Chooser;
import io.github.jasyncio.internal.DebugMode;
import io.github.jasyncio.internal.Log;
import io.github.jasyncio.internal.channels.Channels;
import io.github.jasyncio.internal.debug.HomeLoop;
import io.github.jasyncio.internal.debug.Origins;
import io.github.jasyncio.internal.debug.Standstill;
import io.github.jasyncio.internal.introspection.LoopView;
import io.github.jasyncio.internal.introspection.Loops;
import io.github.jasyncio.internal.introspection.OpenChannel;
import io.github.jasyncio.internal.loop.Clock;
import io.github.jasyncio.internal.loop.ExecutorTurns;
import io.github.jasyncio.internal.loop.LoopDoor;
import io.github.jasyncio.internal.loop.Outsider;
import io.github.jasyncio.internal.loop.Outsiders;
import io.github.jasyncio.internal.loop.Poller;
import io.github.jasyncio.internal.loop.StepClock;
import io.github.jasyncio.internal.loop.TurnTaker;
import io.github.jasyncio.internal.observers.Observers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A loop as the rooms of the runtime know it, and users do not: those that take its turns on an executor, that show it, and that keep the records of debug mode. */
final class LoopInside extends LoopView implements TurnTaker, HomeLoop {

    static {
        LoopDoor.isFoundBy(loop -> loop.inside().door);
    }

    private final BaseLoop loop;

    /** What those know of it who wait outside. */
    private final LoopDoor door = new Door();

    private final StepClock stepClock = new StepClock();

    private final Standstill standstill = new Standstill();

    /** Whether it counts as one in debug mode: one that is closed does not. */
    private boolean isRecorded;

    LoopInside(BaseLoop loop) {
        this.loop = loop;
    }

    /** That of the loop which runs on the calling thread; null if there is none. */
    static @Nullable LoopInside running() {
        EventLoop loop = ThreadState.runningLoop();
        return loop == null ? null : loop.inside();
    }

    /** The loop has been made. */
    void opened() {
        Loops.opened(this);
        Observers.opened();
    }

    /** The loop is closed. */
    void closed() {
        Loops.closed(this);
        Observers.closed(this);
    }

    /** Interrupts the thread on which it runs. Thread-safe. */
    void interruptThread() {
        Thread running = loop.thread();
        if (running != null) {
            running.interrupt();
        }
    }

    // ------------------------------------------------------------------------------------------------ debug mode

    /** It enters debug mode, or leaves it. */
    void record(boolean on) {
        if (on || DebugMode.isOn()) {
            Origins.askForLoops(LoopInside::running);
        }
        if (isRecorded == on) {
            return;
        }
        isRecorded = on;
        if (on) {
            Origins.enter(this, loop.slowCallbacks::stop);
        } else {
            Origins.leave(this);
        }
    }

    /** In debug mode: a task has just begun to wait. */
    void waits(Task<?> task) {
        Standstill.tellOfCycle(task);
    }

    boolean isWatchedWhenStill() {
        return loop.chooser != null || whenStill() != null;
    }

    /** In debug mode: what is lost with a loop that is closed now. */
    void reportWhatGoesOn() {
        if (loop.outsideWork.isGoingOn()) {
            Log.log(
                    System.Logger.Level.WARNING,
                    loop + " was closed while " + loop.outsideWork.calls()
                            + " calls on executors went on: what they come to is lost\n"
                            + "    await them, or at least await(loop.shutdownDefaultExecutor()), before; run(...)"
                            + " does that");
        }
        Origins.complainOf(this);
    }

    /**
     * The loop is about to wait until somebody wakes it; in debug mode, or when it is watched or explored, that is told if nobody will.
     *
     * @param steps how many it has run
     */
    void standsStill(long steps) {
        if (isWaitingForOthers()) {
            return;
        }
        Runnable watcher = whenStill();
        if (watcher != null) {
            watcher.run();
        }
        Chooser chooser = loop.chooser;
        if (chooser != null) {
            chooser.standsStill();
        }
        if (loop.isDebug()) {
            // Whoever has been told above has thrown.
            standstill.tell(loop, loop.allTasks(), steps);
        }
    }

    /** Waits for what goes on elsewhere; while the loop is explored not for ever, and who explores it is told. */
    void poll(Poller poller, long nanos) {
        Chooser chooser = loop.chooser;
        if (chooser == null) {
            poller.poll(nanos);
            return;
        }
        long patience = Math.min(nanos, chooser.patienceNanos());
        long begin = System.nanoTime();
        poller.poll(patience);
        if (patience < nanos && !loop.hasMail() && ready() == 0 && System.nanoTime() - begin >= patience) {
            chooser.nothingCame();
        }
    }

    /** True if somebody has handed something in, or anything goes on elsewhere that may give it something to do. */
    private boolean isWaitingForOthers() {
        return loop.hasMail()
                || loop.outsideWork.mayWake()
                || loop.handlesSignals()
                || (loop.channels != null && loop.channels.mayWake());
    }

    /** True if running {@code entry} runs nothing but code of the runtime's own: it tells a future that another one is done. */
    static boolean isBookkeeping(Object entry) {
        if (entry instanceof Task<?> task) {
            return task.isDone();
        }
        return entry instanceof SleepFuture || (entry instanceof DoneCallback<?> callback && callback.isOurOwn());
    }

    // ------------------------------------------------------------------------------------------------ who may run it

    /** In debug mode: refuses calls from other threads. */
    void checkThread(String operation) {
        Thread running = loop.thread();
        if (running == null && loop.executorTurns != null) {
            running = loop.executorTurns.thread();
        }
        if (running != null && running != Thread.currentThread()) {
            throw new IllegalStateException(operation + " called on thread '"
                    + Thread.currentThread().getName() + "', but " + loop + " runs on '" + running.getName()
                    + "'; use callSoonThreadsafe from other threads");
        }
    }

    void checkNotOverExecutor(String operation) {
        if (loop.executorTurns != null) {
            throw new IllegalStateException(operation + ": " + loop + " takes its turns on an executor, by itself;"
                    + " start coroutines with loop.createTask(coroutine) on the executor's thread,"
                    + " or with runCoroutineThreadsafe(coroutine, loop) on any other");
        }
    }

    void checkNotRunning(String operation) {
        if (loop.isInTurns()) {
            throw new IllegalStateException(operation + ": this event loop is already running: " + loop
                    + "; inside of it use await(...) or createTask(...)");
        }
        EventLoop other = ThreadState.runningLoop();
        if (other != null) {
            throw new IllegalStateException(
                    operation + ": cannot run " + loop + " while another loop is running on thread '"
                            + Thread.currentThread().getName() + "': " + other);
        }
    }

    // ------------------------------------------------------------------------------------------------ to be shown

    @Override
    public boolean isRunning() {
        ExecutorTurns turns = loop.executorTurns;
        return loop.isInTurns() || (turns != null && !turns.isOff() && !loop.isShut());
    }

    @Override
    public boolean isClosed() {
        return loop.isShut();
    }

    @Override
    public @Nullable Thread thread() {
        return loop.thread();
    }

    @Override
    public int ready() {
        return loop.ready.size();
    }

    @Override
    public int scheduled() {
        return loop.timers().size();
    }

    @Override
    public List<Handle> timers() {
        return loop.timers().inOrder().stream()
                .filter(TimerHandle.class::isInstance)
                .map(Handle.class::cast)
                .toList();
    }

    @Override
    public List<String> openGenerators() {
        return loop.self().generators().standing();
    }

    @Override
    public List<OpenChannel> openChannels() {
        Channels channels = loop.channels;
        return channels == null ? List.of() : channels.open();
    }

    @Override
    public EventLoop loop() {
        return loop.self();
    }

    @Override
    public int callsElsewhere() {
        return loop.outsideWork.calls();
    }

    @Override
    public long turns() {
        return loop.turns();
    }

    @Override
    public List<Task<?>> tasks() {
        return loop.allTasks();
    }

    @Override
    public int taskCount() {
        return loop.tasks.count();
    }

    @Override
    public StepClock stepClock() {
        return stepClock;
    }

    @Override
    public String words(Object entry) {
        if (entry instanceof Task<?> task) {
            return "Task '" + task.getName() + "'";
        }
        return entry instanceof Handle handle ? handle.toString() : "a sleep";
    }

    @Override
    public void callSoonThreadsafe(Runnable callback) {
        loop.self().callSoonThreadsafe(callback);
    }

    @Override
    public String toString() {
        return loop.toString();
    }

    // ------------------------------------------------------------------------------------------------ turns

    @Override
    public boolean mayTakeTurn(Runnable whenOver) {
        ThreadState thread = ThreadState.current();
        if (thread.running == null) {
            return true;
        }
        thread.waitForLoop(whenOver);
        return false;
    }

    @Override
    public boolean isThreadFree() {
        return ThreadState.runningLoop() == null;
    }

    @Override
    public void takeTurn(@Nullable Runnable news) {
        loop.takeTurn(ThreadState.current(), news);
    }

    @Override
    public void ended(String how) {
        loop.calls.end(how);
        loop.outsiders.end(how);
        ThreadState.current().forgetIfEmpty();
    }

    @Override
    public boolean isToStop() {
        return loop.isToStop();
    }

    @Override
    public boolean isDebug() {
        return loop.isDebug();
    }

    @Override
    public boolean hasMail() {
        return loop.hasMail();
    }

    @Override
    public long nanosUntilWork() {
        return loop.nanosUntilWork();
    }

    @Override
    public long now() {
        return loop.now();
    }

    @Override
    public long firstDeadline() {
        return loop.timers().isEmpty() ? Clock.NEVER : loop.timers().firstDeadline();
    }

    // ------------------------------------------------------------------------------------------------ those outside

    private final class Door extends LoopDoor {

        @Override
        public boolean hand(Runnable callback, @Nullable Context context) {
            Handle handle = new Handle(callback, context == null ? ThreadState.currentVars() : context);
            ExecutorTurns turns = loop.executorTurns;
            return (turns != null && turns.takeTurnHere(() -> loop.enqueue(handle))) || loop.handIn(handle, false);
        }

        @Override
        public Outsiders.Place add(Outsider outsider) {
            return loop.outsiders.add(outsider);
        }

        @Override
        public Outsiders.Place addCall(Outsider call) {
            return loop.calls.add(call);
        }
    }
}
