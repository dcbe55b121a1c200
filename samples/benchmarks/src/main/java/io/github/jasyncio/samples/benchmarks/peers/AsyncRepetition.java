package io.github.jasyncio.samples.benchmarks.peers;

import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A loop of asynchronous steps: what {@code for} and {@code await} are without a rewriter. Goes on at once where a step is done. */
final class AsyncRepetition {

    private final int size;
    private final IntFunction<CompletableFuture<Integer>> step;
    private final CompletableFuture<Long> sum = new CompletableFuture<>();
    private long sumSoFar;
    private int done;

    private AsyncRepetition(int size, IntFunction<CompletableFuture<Integer>> step) {
        this.size = size;
        this.step = step;
    }

    /** The sum of what {@code size} steps give, of which each begins when the one before is done. */
    static CompletableFuture<Long> sum(int size, IntFunction<CompletableFuture<Integer>> step) {
        AsyncRepetition repetition = new AsyncRepetition(size, step);
        repetition.goOn();
        return repetition.sum;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the outcome goes to the sum
    private void goOn() {
        while (done < size) {
            CompletableFuture<Integer> next = step.apply(done++);
            if (!next.isDone()) {
                next.whenComplete(this::goOnWith);
                return;
            }
            sumSoFar += next.join();
        }
        sum.complete(sumSoFar);
    }

    private void goOnWith(@Nullable Integer value, @Nullable Throwable failure) {
        if (value == null) {
            sum.completeExceptionally(failure == null ? new NullPointerException("a step gave null") : failure);
        } else {
            sumSoFar += value;
            goOn();
        }
    }
}
