package io.github.jasyncio;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** An executor whose jobs run when the test says so, on the test's thread. */
final class ManualExecutor implements Executor {

    private final Queue<Runnable> jobs = new ArrayDeque<>();
    private boolean isShutDown;

    @Override
    public void execute(Runnable job) {
        if (isShutDown) {
            throw new RejectedExecutionException("shut down");
        }
        jobs.add(job);
    }

    int size() {
        return jobs.size();
    }

    /** Runs the oldest job. */
    void runOne() {
        jobs.remove().run();
    }

    /** Runs jobs until none is left. */
    void runAll() {
        while (!jobs.isEmpty()) {
            runOne();
        }
    }

    void shutDown() {
        isShutDown = true;
    }
}
