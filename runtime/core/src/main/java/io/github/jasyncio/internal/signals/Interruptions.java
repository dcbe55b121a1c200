package io.github.jasyncio.internal.signals;

import io.github.jasyncio.EventLoop;
import io.github.jasyncio.KeyboardInterrupt;
import io.github.jasyncio.Task;
import io.github.jasyncio.internal.Log;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Ctrl-C, and SIGTERM if it is asked for, do to a loop while a runner's coroutine runs on it: the first one cancels the coroutine, the second one leaves the
 * loop, the third one ends the JVM.
 *
 * <p>Semantics: {@code Runner._on_sigint}, except for the third one: Python can interrupt what computes without end, Java cannot. Signals arrive
 * on a thread of the JVM's.
 */
public final class Interruptions {

    private final EventLoop loop;
    private final Task<?> main;
    private final Runnable interruptThread;
    private final Thread runner = Thread.currentThread();
    private final List<OsSignal> caught = new ArrayList<>();

    // Guarded by this. What was handed to the loop may run after the end, in the cleaning up that follows; it does
    // nothing then.
    private @Nullable StopSignal first;
    private int count;
    private boolean isOver;

    /**
     * For one run, on its thread.
     *
     * @param main the coroutine's task
     * @param interruptThread interrupts the thread on which the loop runs
     */
    public Interruptions(EventLoop loop, Task<?> main, Runnable interruptThread) {
        this.loop = loop;
        this.main = main;
        this.interruptThread = interruptThread;
    }

    /** Listens to a signal from now on, if that can be; if not, says so at this level. */
    public void listenTo(StopSignal signal, System.Logger.Level ifNot) {
        try {
            caught.add(signal.install(() -> interrupt(signal)));
        } catch (StopSignal.NotCaught e) {
            Log.log(ifNot, signal + " ends this program as it always did: " + e.getMessage());
        }
    }

    /** On the JVM's thread for signals. */
    private void interrupt(StopSignal signal) {
        int count = countAndTell(signal);
        if (count > 2) {
            Runtime.getRuntime().exit(signal.exitCode());
        } else if (count > 0 && signal == StopSignal.TERMINATE) {
            Termination.comesWithTheEndOf(runner, signal.exitCode());
        }
    }

    private synchronized int countAndTell(StopSignal signal) {
        if (isOver) {
            return 0;
        }
        count++;
        if (count == 1) {
            first = signal;
            loop.callSoonThreadsafe(this::cancelMain);
        } else {
            loop.callSoonThreadsafe(this::leaveLoop);
            interruptThread.run();
        }
        return count;
    }

    private void cancelMain() {
        if (!main.cancel()) {
            leaveLoop();
        }
    }

    private synchronized void leaveLoop() {
        if (!isOver) {
            throw new KeyboardInterrupt(String.valueOf(first));
        }
    }

    /** What has come first; null if nothing has. */
    public synchronized @Nullable StopSignal first() {
        return first;
    }

    /** The coroutine has ended. On the loop's thread. */
    public void end() {
        caught.forEach(OsSignal::close);
        synchronized (this) {
            isOver = true;
            if (count > 1) {
                // The interrupt was for the coroutine, not for who comes behind it.
                Thread.interrupted();
            }
        }
    }
}
