package io.github.jasyncio.internal.signals;

import io.github.jasyncio.EventLoop;
import io.github.jasyncio.KeyboardInterrupt;
import io.github.jasyncio.Task;

/**
 * What Ctrl-C does to a loop while a runner's coroutine runs on it: the first one cancels the coroutine, the second one leaves the loop, the
 * third one ends the JVM.
 *
 * <p>Semantics: {@code Runner._on_sigint}, except for the third one: Python can interrupt what computes without end, Java cannot. Signals arrive
 * on a thread of the JVM's.
 */
public final class Interruptions {

    /** What the JVM itself ends with upon Ctrl-C: 128 and the number of SIGINT. */
    private static final int INTERRUPTED = 130;

    private final EventLoop loop;
    private final Task<?> main;
    private final Runnable interruptThread;

    // Guarded by this. What was handed to the loop may run after the end, in the cleaning up that follows; it does
    // nothing then.
    private int count;
    private boolean isOver;

    /**
     * For one run.
     *
     * @param main the coroutine's task
     * @param interruptThread interrupts the thread on which the loop runs
     */
    public Interruptions(EventLoop loop, Task<?> main, Runnable interruptThread) {
        this.loop = loop;
        this.main = main;
        this.interruptThread = interruptThread;
    }

    /** On the JVM's thread for signals. */
    public void interrupt() {
        if (countAndTell() > 2) {
            Runtime.getRuntime().exit(INTERRUPTED);
        }
    }

    private synchronized int countAndTell() {
        if (isOver) {
            return 0;
        }
        count++;
        if (count == 1) {
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
            throw new KeyboardInterrupt("Ctrl-C");
        }
    }

    public synchronized boolean haveCome() {
        return count > 0;
    }

    /** The coroutine has ended. On the loop's thread. */
    public synchronized void end() {
        isOver = true;
        if (count > 1) {
            // The interrupt was for the coroutine, not for who comes behind it.
            Thread.interrupted();
        }
    }
}
