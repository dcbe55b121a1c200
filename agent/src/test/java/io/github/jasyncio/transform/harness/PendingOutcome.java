package io.github.jasyncio.transform.harness;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What a suspended probe waits for, and what will come of it. */
final class PendingOutcome<T> extends CompletableFuture<T> {

    private final T value;
    private final @Nullable Throwable failure;

    PendingOutcome(T value, @Nullable Throwable failure) {
        this.value = value;
        this.failure = failure;
    }

    /** Lets it come to pass. */
    void settle() {
        if (failure == null) {
            complete(value);
        } else {
            completeExceptionally(failure);
        }
    }
}
