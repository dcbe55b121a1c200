package io.github.jasyncio;

import org.jspecify.annotations.Nullable;

/**
 * The failure of a future at which nobody has looked yet: stands in the future's place for the value, so it becomes garbage when the future does.
 *
 * <p>Costs something only when a future fails; a {@link FailureWatch} waits for its end.
 */
final class UnseenFailure {

    private final Future<?> future;
    private final Throwable failure;
    private @Nullable FailureWatch watch;

    UnseenFailure(Future<?> future, Throwable failure) {
        this.future = future;
        this.failure = failure;
        this.watch = new FailureWatch(this);
    }

    Future<?> future() {
        return future;
    }

    Throwable failure() {
        return failure;
    }

    void seen() {
        if (watch != null) {
            future.loop.unseenFailures().remove(watch);
            watch = null;
        }
    }
}
