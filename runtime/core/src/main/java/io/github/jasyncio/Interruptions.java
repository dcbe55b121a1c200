package io.github.jasyncio;

/**
 * What Ctrl-C does to a loop while a runner's coroutine runs on it: the first one cancels the coroutine, each further one leaves the loop.
 *
 * <p>Semantics: {@code Runner._on_sigint}. Signals arrive on a thread of the JVM's.
 */
final class Interruptions {

    private final EventLoop loop;
    private final Task<?> main;

    // Guarded by this. What was handed to the loop may run after the end, in the cleaning up that follows; it does
    // nothing then.
    private int count;
    private boolean isOver;

    Interruptions(EventLoop loop, Task<?> main) {
        this.loop = loop;
        this.main = main;
    }

    /** On the JVM's thread for signals. */
    synchronized void interrupt() {
        if (isOver) {
            return;
        }
        count++;
        if (count == 1) {
            loop.callSoonThreadsafe(this::cancelMain);
        } else {
            loop.callSoonThreadsafe(this::leaveLoop);
            loop.interruptThread();
        }
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

    synchronized boolean haveCome() {
        return count > 0;
    }

    /** The coroutine has ended. On the loop's thread. */
    synchronized void end() {
        isOver = true;
        if (count > 1) {
            // The interrupt was for the coroutine, not for who comes behind it.
            Thread.interrupted();
        }
    }
}
