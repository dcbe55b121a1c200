package io.github.jasyncio.samples.benchmarks.futures;

import java.util.ArrayDeque;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** The simplest loop that {@code CompletableFuture}s can live on: a queue and timers, run by the thread that waits for a result. */
public final class HandLoop implements Executor {

    private final ArrayDeque<Runnable> ready = new ArrayDeque<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();

    @Override
    public void execute(Runnable callback) {
        ready.add(callback);
    }

    /** Runs callbacks until what {@code body} gives is done. */
    public <T> T run(Supplier<CompletableFuture<T>> body) {
        CompletableFuture<T> result = body.get();
        while (!result.isDone()) {
            turn();
        }
        return result.join();
    }

    private void turn() {
        if (ready.isEmpty() && timers.isEmpty()) {
            throw new IllegalStateException("a future is waited for that nothing will complete");
        }
        if (!timers.isEmpty()) {
            completeDueTimers();
        }
        for (int left = ready.size(); left > 0; left--) {
            ready.remove().run();
        }
    }

    private void completeDueTimers() {
        long now = System.nanoTime();
        if (ready.isEmpty() && timers.element().whenNanos > now) {
            LockSupport.parkNanos(timers.element().whenNanos - now);
            now = System.nanoTime();
        }
        while (!timers.isEmpty() && timers.element().whenNanos <= now) {
            timers.remove().done.complete(1);
        }
    }

    /** Starts {@code body} on the next turn. */
    @SuppressWarnings("FutureReturnValueIgnored") // the outcome goes to the result
    public <T> CompletableFuture<T> spawn(Supplier<CompletableFuture<T>> body) {
        CompletableFuture<T> result = new CompletableFuture<>();
        ready.add(() -> body.get().whenComplete((value, failure) -> {
            if (failure != null) {
                result.completeExceptionally(failure);
            } else {
                result.complete(value);
            }
        }));
        return result;
    }

    /** One that is 1 on the next turn. */
    public CompletableFuture<Integer> yieldNow() {
        CompletableFuture<Integer> turn = new CompletableFuture<>();
        complete(turn, 1);
        return turn;
    }

    /** Completes {@code future} on the next turn: who waits for it would otherwise run right here, deeper and deeper in the stack. */
    public <T> void complete(CompletableFuture<T> future, T value) {
        ready.add(() -> future.complete(value));
    }

    /** One that is 1 after a time. */
    public CompletableFuture<Integer> delay(int millis) {
        Timer timer = new Timer(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
        timers.add(timer);
        return timer.done;
    }

    private static final class Timer implements Comparable<Timer> {

        private final long whenNanos;
        private final CompletableFuture<Integer> done = new CompletableFuture<>();

        Timer(long whenNanos) {
            this.whenNanos = whenNanos;
        }

        @Override
        public int compareTo(Timer other) {
            return Long.compare(whenNanos, other.whenNanos);
        }
    }
}
