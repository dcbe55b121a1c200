package io.github.jasyncio.internal.channels;

import io.github.jasyncio.internal.Log;
import io.github.jasyncio.internal.loop.Poller;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * Waits for channels in place of a loop over an executor, whose own thread must not be blocked: finds what is ready, lets the loop take it
 * over in a turn, and does not look again before that turn has ended.
 */
final class ChannelThread implements Runnable {

    private final Channels channels;
    private final Runnable wakeLoop;
    private final Thread thread = new Thread(this, "jasyncio-channels");
    private final Semaphore hasGoneOn = new Semaphore(0);

    // looking --found--> hasFound --takeOver--> isTakenOver --goOn--> looking. The list belongs to this thread while it
    // is looking, and else to the loop.
    private final List<SelectionKey> found = new ArrayList<>();
    private volatile boolean hasFound;
    private boolean isTakenOver;

    ChannelThread(Channels channels, Runnable wakeLoop) {
        this.channels = channels;
        this.wakeLoop = wakeLoop;
        thread.setDaemon(true);
    }

    /** Begins; does nothing if it has. */
    void begin() {
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        }
    }

    @Override
    public void run() {
        try {
            while (true) {
                channels.select(found::add, Poller.FOREVER);
                if (!found.isEmpty() || channels.hasClosed()) {
                    hasFound = true;
                    wakeLoop.run();
                    hasGoneOn.acquire();
                }
            }
        } catch (ClosedSelectorException | InterruptedException e) {
            // The loop is closed.
        } catch (RuntimeException e) {
            Log.log(System.Logger.Level.ERROR, "the channels of a loop are watched no more", e);
        }
    }

    /** Thread-safe. */
    boolean hasFound() {
        return hasFound;
    }

    /** At the beginning of a turn of the loop: queues the callbacks of what was found. */
    void takeOver() {
        if (hasFound) {
            found.forEach(channels::queueCallbacks);
            found.clear();
            channels.endClosed();
            hasFound = false;
            isTakenOver = true;
        }
    }

    /** At the end of a turn of the loop. */
    void goOn() {
        if (isTakenOver) {
            isTakenOver = false;
            hasGoneOn.release();
        }
    }

    void end() {
        thread.interrupt();
    }
}
