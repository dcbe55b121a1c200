package io.github.jasyncio.internal.loop;

import io.github.jasyncio.internal.Log;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the turns of a loop on an executor that belongs to somebody else: each turn is one job, and nothing blocks the executor's thread.
 *
 * <p>Never are two turns of the loop at work or in the executor's queue; so they do not overlap, whatever the executor does.
 */
public final class ExecutorTurns implements Runnable {

    /** Longer is not asked of anybody's timers; the loop looks again then. */
    private static final long LONGEST_WAIT = TimeUnit.DAYS.toNanos(1);

    private final TurnTaker loop;
    private final Executor executor;
    private final BiConsumer<? super Runnable, ? super Duration> timers;

    // free --request--> requested --the turn has ended--> free. No wake-up is lost: who hands something in, or wakes,
    // says so before he asks for a turn, and the end of a turn looks there again after it has become free.
    private final AtomicBoolean isRequested = new AtomicBoolean();

    /** Wake-ups that were asked for and have not come yet. Each is due before the one below it, so there are few. */
    private final ArrayDeque<WakeUp> wakeUps = new ArrayDeque<>();

    private volatile boolean isOff;
    private volatile @Nullable Thread submitter;
    private boolean isRunBySubmitter;

    /** Where the last turn ran; in debug mode only. */
    private volatile @Nullable Thread lastThread;

    public ExecutorTurns(TurnTaker loop, Executor executor, BiConsumer<? super Runnable, ? super Duration> timers) {
        this.loop = loop;
        this.executor = executor;
        this.timers = timers;
    }

    /** Timers for an executor: its own if it has any, otherwise those of the JDK, which come from a daemon thread. */
    public static BiConsumer<Runnable, Duration> timersFor(Executor executor) {
        return executor instanceof ScheduledExecutorService scheduler
                ? timersOf(scheduler)
                : (wakeUp, delay) -> CompletableFuture.delayedExecutor(
                                delay.toNanos(), TimeUnit.NANOSECONDS, Runnable::run)
                        .execute(wakeUp);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nobody cancels a wake-up, and it does not fail
    public static BiConsumer<Runnable, Duration> timersOf(ScheduledExecutorService scheduler) {
        return (wakeUp, delay) -> scheduler.schedule(wakeUp, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    // ------------------------------------------------------------------------------------------------ jobs

    /**
     * Asks the executor for a turn, unless it has been asked already. Thread-safe.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the executor does not want to
     */
    public void request() {
        if (!isOff && isRequested.compareAndSet(false, true)) {
            submit();
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
            isOff = true;
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
        if (loop.isDebug()) {
            lastThread = Thread.currentThread();
        }
        try {
            loop.takeTurn();
        } finally {
            endTurn();
        }
    }

    /** The loop on whose end it waited has ended. */
    private void goOn() {
        isRequested.set(false);
        wake();
    }

    private void endTurn() {
        boolean isMoreToDo = false;
        WakeUp wakeUp = null;
        if (loop.isToStop()) {
            isOff = true;
        } else {
            long nanos = loop.nanosUntilWork();
            isMoreToDo = nanos <= 0;
            if (nanos > 0 && nanos < Poller.FOREVER) {
                wakeUp = wakeUpIn(nanos);
            }
        }
        isRequested.set(false);
        if (isMoreToDo || loop.hasMail() || (wakeUp != null && wakeUp.hasCome)) {
            wake();
        }
    }

    // ------------------------------------------------------------------------------------------------ timers

    /** Asks for a wake-up, unless one comes early enough anyway; gives the one that will come. */
    private WakeUp wakeUpIn(long nanosUntilTimer) {
        long nanos = Math.min(nanosUntilTimer, LONGEST_WAIT);
        long due =
                Math.min(loop.now() + nanos, loop.firstDeadline()); // the latter, lest it be a little later each time
        WakeUp next = wakeUps.peek();
        while (next != null && next.hasCome) {
            wakeUps.pop();
            next = wakeUps.peek();
        }
        if (next != null && next.due <= due) {
            return next;
        }
        WakeUp wakeUp = new WakeUp(due);
        wakeUps.push(wakeUp);
        try {
            timers.accept(wakeUp, Duration.ofNanos(nanos));
        } catch (RuntimeException e) {
            isOff = true;
            Log.log(
                    System.Logger.Level.WARNING,
                    loop + " stops: it was refused a timer; stop() or close() the loop before the timers are shut down",
                    e);
        }
        return wakeUp;
    }

    private final class WakeUp implements Runnable {

        final long due;
        volatile boolean hasCome;

        WakeUp(long due) {
            this.due = due;
        }

        /** On a thread of the timers'. */
        @Override
        public void run() {
            hasCome = true;
            wake();
        }
    }

    // ------------------------------------------------------------------------------------------------ state

    public void stop() {
        isOff = true;
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
