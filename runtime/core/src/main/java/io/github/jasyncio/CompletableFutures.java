package io.github.jasyncio;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The way from a loop's futures to Java's own. */
final class CompletableFutures {

    private CompletableFutures() {}

    static <T> CompletableFuture<T> of(Future<T> future) {
        CompletableFuture<T> result = new CompletableFuture<>();
        if (future.isDone()) {
            copy(future, result);
        } else {
            chain(future, result);
        }
        return result;
    }

    /** Semantics: {@code futures._chain_future} with a {@code concurrent.futures.Future} at the end. */
    static <T> void chain(Future<T> source, CompletableFuture<T> destination) {
        source.addDoneCallback(done -> copy(done, destination));
        CompletableFuture<T> unused = destination.whenComplete((value, failure) -> {
            if (destination.isCancelled() && !source.getLoop().isClosed()) {
                source.getLoop().callSoonThreadsafe(source::cancel);
            }
        });
    }

    private static <T> void copy(Future<T> source, CompletableFuture<T> destination) {
        if (source.isCancelled()) {
            destination.cancel(false);
            return;
        }
        @Nullable Throwable failure = source.exception();
        if (failure != null) {
            destination.completeExceptionally(failure);
        } else {
            destination.complete(source.result());
        }
    }
}
