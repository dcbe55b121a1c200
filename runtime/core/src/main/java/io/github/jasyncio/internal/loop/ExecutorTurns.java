package io.github.jasyncio.internal.loop;

import io.github.jasyncio.internal.Log;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Takes the turns of a loop on an executor that belongs to somebody else: each turn is one job, and nothing blocks the executor's thread.
 *
 * <p>Never are two turns of the loop at work or in the executor's queue; so they do not overlap, whatever the executor does.
 */
public final class ExecutorTurns implements Runnable {

    /** Longer is not asked of anybody's timers; the loop looks again then. */
    private static final long LONGEST_WAIT = TimeUnit.DAYS.toNanos(1);

    // How it has ended.
    private static final String STOPPED = "because stop() was called";
    private static final String REFUSED = "because its executor was shut down";

    private final TurnTaker loop;
    private final Executor executor;
    private final Alarms alarms;
    private final Terminations.@Nullable Waiting job;

    // free --request--> requested --the turn has ended--> free. No wake-up is lost: who hands something in, or wakes,
    // says so before he asks for a turn, and the end of a turn looks there again after it has become free.
    private final AtomicBoolean isRequested = new AtomicBoolean();

    /** Whether a turn is at work: that of a job, or one that began in the middle of something else on the executor's thread. */
    private final AtomicBoolean isAtWork = new AtomicBoolean();

    /** Whether a job came while a turn was at work on another thread: the end of that turn asks for another job. */
    private final AtomicBoolean isPostponed = new AtomicBoolean();

    // At most two wake-ups have been asked for and not come. The far one stays when a nearer one is needed, and is
    // needed itself afterwards; a
    // near one is taken back when a still nearer one is needed. Both belong to whoever takes a turn.
    private @Nullable WakeUp far;
    private @Nullable WakeUp near;

    private volatile boolean isOff;

    /** Why there are no turns any more; null while there may be. */
    private volatile @Nullable String end;

    private volatile @Nullable Thread submitter;
    private boolean isRunBySubmitter;

    /** Where the last turn ran. */
    private volatile @Nullable Thread lastThread;

    public ExecutorTurns(TurnTaker loop, Executor executor, Alarms alarms) {
        this.loop = loop;
        this.executor = executor;
        this.alarms = alarms;
        this.job = executor instanceof ExecutorService service ? new Job(service) : null;
    }

    // ------------------------------------------------------------------------------------------------ jobs

    /**
     * Asks the executor for a turn, unless it has been asked already. Thread-safe.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the executor does not want to; then the loop has ended
     */
    public void request() {
        if (!isOff && isRequested.compareAndSet(false, true)) {
            try {
                submit();
            } catch (RejectedExecutionException e) {
                end(REFUSED);
                throw e;
            }
        }
    }

    private void submit() {
        submitter = Thread.currentThread();
        isRunBySubmitter = false;
        try {
            executor.execute(this);
        } catch (Throwable t) {
            isRequested.set(false);
            throw t;
        } finally {
            submitter = null;
        }
        if (isRunBySubmitter) {
            isRequested.set(false);
            throw new IllegalStateException("the executor of " + loop + " runs jobs inside of execute(), so callbacks"
                    + " would run in the middle of others; give EventLoop.over one that queues them,"
                    + " for example SwingUtilities::invokeLater: " + executor);
        }
    }

    /** The same where nobody is there to hear that the executor does not want to. Thread-safe. */
    public void wake() {
        try {
            request();
        } catch (RuntimeException e) {
            end(REFUSED);
            Log.log(
                    System.Logger.Level.WARNING,
                    loop + " stops: its executor takes no turn of it any more, probably because it was shut down;"
                            + " stop() or close() the loop before",
                    e);
        }
    }

    /** One turn: the job. */
    @Override
    public void run() {
        if (submitter == Thread.currentThread()) {
            isRunBySubmitter = true;
            return;
        }
        if (!loop.mayTakeTurn(this::goOn)) {
            // Inside of another loop's turn, which shows a modal dialog, say: waits until that is over.
            return;
        }
        if (isOff || loop.isClosed()) {
            isRequested.set(false);
            return;
        }
        if (!isAtWork.compareAndSet(false, true)) {
            isPostponed.set(true);
            if (!isAtWork.compareAndSet(false, true)) {
                return; // the end of the turn that is at work asks again
            }
            isPostponed.set(false);
        }
        lastThread = Thread.currentThread();
        try {
            loop.takeTurn(null);
        } finally {
            endTurn(true);
        }
    }

    /**
     * Takes a turn on this thread now, in the middle of what somebody else's code does there, if it is the loop's own and no loop takes a turn there.
     *
     * @param news puts something into the loop's queue, at the beginning of the turn
     * @return false if this is not the place
     */
    public boolean takeTurnHere(Runnable news) {
        if (lastThread != Thread.currentThread()
                || submitter == Thread.currentThread()
                || isOff
                || loop.isClosed()
                || !loop.isThreadFree()
                || !isAtWork.compareAndSet(false, true)) {
            return false;
        }
        try {
            loop.takeTurn(news);
        } finally {
            endTurn(false);
        }
        return true;
    }

    /** The loop on whose end it waited has ended. */
    private void goOn() {
        isRequested.set(false);
        wake();
    }

    private void endTurn(boolean isJob) {
        boolean isMoreToDo = false;
        boolean isToEnd = loop.isToStop();
        WakeUp wakeUp = null;
        if (isToEnd) {
            isOff = true;
            cancelWakeUps();
        } else {
            long nanos = loop.nanosUntilWork();
            isMoreToDo = nanos <= 0;
            if (nanos > 0 && nanos < Poller.FOREVER) {
                wakeUp = wakeUpIn(nanos);
            }
        }
        isAtWork.set(false);
        boolean wasPostponed = isPostponed.compareAndSet(true, false);
        if (isJob || wasPostponed) {
            isRequested.set(false);
        }
        if (isToEnd) {
            end(STOPPED);
        } else if (isMoreToDo || loop.hasMail() || (wakeUp != null && wakeUp.hasCome)) {
            wake();
        }
        tellOfEnd();
    }

    // ------------------------------------------------------------------------------------------------ timers

    /** Asks for a wake-up, unless one comes early enough anyway; gives the one that will come. */
    private WakeUp wakeUpIn(long nanosUntilTimer) {
        long nanos = Math.min(nanosUntilTimer, LONGEST_WAIT);
        long due =
                Math.min(loop.now() + nanos, loop.firstDeadline()); // the latter, lest it be a little later each time
        WakeUp first = first();
        if (first != null && first.due <= due) {
            return first;
        }
        WakeUp wakeUp = new WakeUp(due);
        if (far == null || far.hasCome) {
            far = wakeUp;
        } else {
            if (near != null) {
                near.cancel();
            }
            near = wakeUp;
        }
        try {
            wakeUp.set(Duration.ofNanos(nanos));
        } catch (RuntimeException e) {
            end(REFUSED);
            Log.log(
                    System.Logger.Level.WARNING,
                    loop + " stops: it was refused a timer; stop() or close() the loop before the timers are shut down",
                    e);
        }
        return wakeUp;
    }

    /** The next wake-up that will come. */
    private @Nullable WakeUp first() {
        if (near != null && near.hasCome) {
            near = null;
        }
        if (far != null && far.hasCome) {
            far = null;
        }
        if (near == null || far == null) {
            return near == null ? far : near;
        }
        return near.due < far.due ? near : far;
    }

    private void cancelWakeUps() {
        if (near != null) {
            near.cancel();
        }
        if (far != null) {
            far.cancel();
        }
    }

    private final class WakeUp implements Runnable {

        final long due;
        volatile boolean hasCome;
        private Runnable takeBack = () -> {};

        WakeUp(long due) {
            this.due = due;
        }

        void set(Duration delay) {
            takeBack = alarms.set(this, delay);
        }

        /** On a thread of the timers'. */
        @Override
        public void run() {
            hasCome = true;
            wake();
        }

        void cancel() {
            hasCome = true;
            takeBack.run();
        }
    }

    // ------------------------------------------------------------------------------------------------ state

    public void stop() {
        cancelWakeUps();
        end(STOPPED);
    }

    /** The loop is closed: nobody is to keep it any more. */
    public void close() {
        isOff = true;
        cancelWakeUps();
        lastThread = null;
    }

    /** No turn comes any more. */
    private void end(String why) {
        isOff = true;
        end = why;
        tellOfEnd();
    }

    /** Tells those who wait; not while the last turn is at work, on another thread: it may bring about what they wait for, and runs what they run. */
    private void tellOfEnd() {
        String why = end;
        if (why != null && !isAtWork.get()) {
            loop.ended("the event loop takes no turns any more, " + why + ", so what was waited for will not be done: "
                    + loop);
        }
    }

    /** What hears of it when the executor has terminated, perhaps with a job for a turn in its queue; null if that cannot be known. */
    public Terminations.@Nullable Waiting job() {
        return job;
    }

    private final class Job implements Terminations.Waiting {

        private final ExecutorService service;

        Job(ExecutorService service) {
            this.service = service;
        }

        /** One that is shut down still runs what is queued, and a scheduler may wait for what is due in a day; but it takes nothing new. */
        @Override
        public boolean isInVain() {
            return service.isTerminated() || (service.isShutdown() && !isRequested.get() && !isAtWork.get());
        }

        @Override
        public void giveUp() {
            end(REFUSED);
        }
    }

    public boolean isOff() {
        return isOff;
    }

    /** Where the loop's turns run, as far as it is known. */
    @Nullable
    public Thread thread() {
        Thread thread = lastThread;
        return thread != null && thread.isAlive() ? thread : null;
    }
}
