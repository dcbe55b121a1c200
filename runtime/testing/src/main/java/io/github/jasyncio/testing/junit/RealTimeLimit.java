package io.github.jasyncio.testing.junit;

import io.github.jasyncio.EventLoop;
import io.github.jasyncio.testing.exploration.Waiting;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends what does not end by itself: stops the loop, and interrupts its thread if it holds the loop up. What everybody was waiting for then stands in the
 * failure.
 */
final class RealTimeLimit implements AutoCloseable {

    /** The failure of a test that has not ended in time. */
    static final class Exceeded extends AssertionError {

        private static final long serialVersionUID = 1;

        private Exceeded(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** How long a loop that works may take to stop. */
    private static final long GRACE_MILLIS = 500;

    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "jasyncio-test-limit");
        thread.setDaemon(true);
        return thread;
    });

    private final Duration limit;
    private final EventLoop loop;
    private final Thread thread = Thread.currentThread();

    private Future<?> alarm;

    /** What was going on when time was up. Guarded by this, as is what follows. */
    private @Nullable String found;

    private boolean isOver;

    private RealTimeLimit(Duration limit, EventLoop loop) {
        this.limit = limit;
        this.loop = loop;
        alarm = CLOCK.schedule(this::timeIsUp, limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** From now on the calling thread has so much time. */
    static RealTimeLimit begin(Duration limit, EventLoop loop) {
        return new RealTimeLimit(limit, loop);
    }

    void run(Stage work) {
        Throwable failure = null;
        try {
            work.run();
        } catch (Throwable t) {
            failure = t;
        }
        String found = found();
        if (found != null) {
            // Also where there is no failure: who swallows the interruption has not ended in time.
            throw new Exceeded(
                    "the test has not ended after " + limit.toMillis() / 1000.0 + " s of real time; " + found, failure);
        }
        if (failure != null) {
            throw Rethrow.<RuntimeException>asIs(failure);
        }
    }

    private void timeIsUp() {
        try {
            loop.callSoonThreadsafe(this::stop);
        } catch (IllegalStateException e) {
            return; // closed meanwhile
        }
        synchronized (this) {
            alarm = CLOCK.schedule(this::interrupt, GRACE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** On the loop: it takes its turns, but they lead to nothing. */
    private void stop() {
        found("these still wait:\n" + Waiting.describe(loop));
        loop.stop();
    }

    /** The loop does not even take turns. */
    private synchronized void interrupt() {
        if (!isOver) {
            StringBuilder stack = new StringBuilder("its thread is here:");
            for (StackTraceElement element : thread.getStackTrace()) {
                stack.append("\n    at ").append(element);
            }
            found(stack.toString());
            thread.interrupt();
            alarm = CLOCK.schedule(() -> cryForHelp(stack.toString()), GRACE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Java has no way to end a thread that ignores interrupts: so at least it is said why nothing goes on. */
    private synchronized void cryForHelp(String stack) {
        if (!isOver) {
            System.err.println(
                    "an async test has not ended after " + limit.toMillis() / 1000.0
                            + " s of real time, and goes on although it was interrupted; " + stack
                            + "\n    what waits or computes there cannot be stopped: let it heed interrupts, or await it instead");
        }
    }

    /** Keeps what was found first: afterwards everything is being torn down. */
    private synchronized void found(String text) {
        if (found == null) {
            found = text;
        }
    }

    private synchronized @Nullable String found() {
        return found;
    }

    @Override
    public synchronized void close() {
        isOver = true;
        alarm.cancel(false);
        if (found != null) {
            // It may have come when everything was over.
            Thread.interrupted();
        }
    }
}
