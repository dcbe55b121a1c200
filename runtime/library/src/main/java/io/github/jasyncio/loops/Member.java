package io.github.jasyncio.loops;

import io.github.jasyncio.EventLoop;
import io.github.jasyncio.KeyboardInterrupt;
import io.github.jasyncio.Runner;
import io.github.jasyncio.internal.Sneaky;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One loop of a group, with its thread and what is on its way to it or runs there. Thread-safe.
 *
 * <p>A submission is in {@link #open} from before it is handed to the loop until it has its outcome. So whatever the loop drops at its end is found there.
 */
final class Member {

    private final Thread thread;
    private final @Nullable Boolean debug;
    private final @Nullable Supplier<EventLoop> loopFactory;
    private final Set<Submission<?>> open = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<EventLoop> started = new CompletableFuture<>();
    private volatile boolean isEnding;

    /** Only on the thread: the runner closes. */
    private boolean isCleaningUp;

    /** What the loop ended by, if it was not closed. */
    private volatile @Nullable Throwable failure;

    Member(String name, boolean isDaemon, @Nullable Boolean debug, @Nullable Supplier<EventLoop> loopFactory) {
        this.debug = debug;
        this.loopFactory = loopFactory;
        thread = new Thread(this::run, name);
        thread.setDaemon(isDaemon);
    }

    /** Returns when its loop is there; fails with what that failed with, and has no thread then. */
    void begin() {
        thread.start();
        try {
            started.join();
        } catch (CompletionException e) {
            if (join()) {
                Thread.currentThread().interrupt();
            }
            throw Sneaky.<RuntimeException>failure(Objects.requireNonNullElse(e.getCause(), e));
        }
    }

    private void run() {
        Runner.Builder builder = Runner.builder();
        if (debug != null) {
            builder.debug(debug);
        }
        if (loopFactory != null) {
            builder.loopFactory(loopFactory);
        }
        try (Runner runner = builder.build()) {
            EventLoop loop = runner.loop();
            started.complete(loop);
            try {
                while (!isEnding) {
                    // A callback may stop a loop that is not its own to stop.
                    runUntilStopped(loop);
                }
            } catch (Throwable t) {
                // Before the runner cancels what is left: who waits for that is to hear of this.
                failure = t;
                throw t;
            } finally {
                isEnding = true;
                isCleaningUp = true;
            }
        } catch (Throwable t) {
            failure = t;
            if (!started.completeExceptionally(t)) {
                throw t;
            }
        } finally {
            isEnding = true;
            open.forEach(Submission::drop);
        }
    }

    /** What ends a program by way of {@code asyncio.run} is no reason to end those who only share a loop with it. */
    private static void runUntilStopped(EventLoop loop) {
        try {
            loop.runForever();
        } catch (KeyboardInterrupt e) {
            loop.callExceptionHandler(Map.of(
                    "message",
                    "a task or callback threw KeyboardInterrupt on a loop of a group, or somebody interrupted its thread; the loop goes on",
                    "exception",
                    e));
        }
    }

    EventLoop loop() {
        return started.join();
    }

    int load() {
        return open.size();
    }

    boolean isEnding() {
        return isEnding;
    }

    /** What those hear whose task had no end here. */
    IllegalStateException whyDropped() {
        Throwable failure = this.failure;
        return failure == null
                ? new IllegalStateException("the loop group was closed before this ended on its loop '" + this
                        + "'; close it when nobody needs it any more")
                : new IllegalStateException(
                        "the loop '" + this + "' of the group has failed, and what ran there has ended", failure);
    }

    void add(Submission<?> submission) {
        open.add(submission);
    }

    void remove(Submission<?> submission) {
        open.remove(submission);
    }

    /** Runs it on the loop; false if that is closed. */
    boolean tell(Runnable call) {
        try {
            loop().callSoonThreadsafe(call);
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    void checkNotHere() {
        if (Thread.currentThread() == thread) {
            throw new IllegalStateException("a loop group cannot be closed on its own thread '" + thread.getName()
                    + "', which would wait for itself; close it where it was made");
        }
    }

    /** May be called by several, at any time: what cleans up is not to be stopped. */
    void end() {
        isEnding = true;
        tell(() -> {
            if (!isCleaningUp) {
                loop().stop();
            }
        });
    }

    /** Waits for the thread; true if the calling one was interrupted meanwhile. */
    boolean join() {
        boolean isInterrupted = false;
        while (true) {
            try {
                thread.join();
                return isInterrupted;
            } catch (InterruptedException e) {
                isInterrupted = true;
            }
        }
    }

    @Override
    public String toString() {
        return thread.getName();
    }
}
