package io.github.jasyncio.internal;

import io.github.jasyncio.CancelledError;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** How rewritten code awaits Java's own {@link CompletionStage}. */
public final class Stages {

    /** A chain of causes that is longer goes round in a circle. */
    private static final int MOST_CAUSES = 1000;

    private Stages() {}

    /**
     * Gives the value of a stage that is complete, throws its failure unwrapped, or suspends until it is complete.
     *
     * @return the value, or {@link Execution#SUSPENDED}; then {@link Execution#awaited} is the stage
     */
    public static @Nullable Object start(CompletionStage<?> stage, Execution execution) {
        try {
            if (stage instanceof CompletableFuture<?> future && future.isDone()) {
                return future.join();
            }
        } catch (CompletionException | CancellationException e) {
            Throwable failure = failure(e);
            FailureTraces traces = execution.traces();
            if (traces != null) {
                traces.awaited(failure, true);
            }
            throw Sneaky.<RuntimeException>failure(failure);
        } catch (UnsupportedOperationException e) {
            // The JDK's own completedStage, failedStage and minimalCompletionStage: futures that can only be asked to
            // tell.
        }
        return execution.suspendOn(stage);
    }

    /** The exception that a stage really failed with: {@link CompletionException} is only how {@link CompletableFuture} carries it. */
    public static Throwable unwrap(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; cause instanceof CompletionException && i < MOST_CAUSES; i++) {
            Throwable next;
            try {
                next = cause.getCause();
            } catch (Throwable t) {
                return cause; // whoever overrides that so is told no more of it
            }
            if (next == null) {
                return cause;
            }
            cause = next;
        }
        return cause;
    }

    /** What awaiting a stage that failed with {@code failure} throws: a stage that was cancelled is like a future that was. */
    public static Throwable failure(Throwable failure) {
        Throwable cause = unwrap(failure);
        return cause instanceof CancellationException ? new CancelledError() : cause;
    }
}
