package io.github.jasyncio.loops;

import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Runner;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
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

    Member(String name, boolean isDaemon, @Nullable Boolean debug, @Nullable Supplier<EventLoop> loopFactory) {
        this.debug = debug;
        this.loopFactory = loopFactory;
        thread = new Thread(this::run, name);
        thread.setDaemon(isDaemon);
    }

    void begin() {
        thread.start();
        started.join();
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
            while (!isEnding) {
                // A callback may stop a loop that is not its own to stop.
                loop.runForever();
            }
        } catch (Throwable t) {
            started.completeExceptionally(t);
            throw t;
        } finally {
            isEnding = true;
            open.forEach(Submission::drop);
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

    void end() {
        isEnding = true;
        tell(() -> loop().stop());
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
