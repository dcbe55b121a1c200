package io.github.jasyncio.testing.exploration;

import io.github.jasyncio.EventLoop;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The default executor of a loop whose orders are explored: each call runs on a thread of its own while the loop waits for it, at a moment that is part of
 * the order. So a program that uses other threads still does the same in every run.
 */
final class InTurnExecutor extends AbstractExecutorService {

    private final EventLoop loop;
    private final Choosing choosing;
    private volatile boolean isShutdown;

    InTurnExecutor(EventLoop loop, Choosing choosing) {
        this.loop = loop;
        this.choosing = choosing;
    }

    @Override
    public void execute(Runnable command) {
        loop.callSoonThreadsafe(() -> runElsewhere(command));
    }

    private void runElsewhere(Runnable command) {
        Thread thread = new Thread(command, "jasyncio-exploration");
        thread.setDaemon(true);
        try {
            if (!choosing.runsInTurn(thread)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void shutdown() {
        isShutdown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        isShutdown = true;
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return isShutdown;
    }

    @Override
    public boolean isTerminated() {
        return isShutdown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return isShutdown;
    }
}
