package io.github.jasyncio.transform.harness;

import io.github.jasyncio.Coroutine;
import io.github.jasyncio.internal.Execution;
import io.github.jasyncio.internal.Frame;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Drives a coroutine to its end without an event loop: what it waits for has always just come to pass. */
final class Driver {

    private Driver() {}

    /**
     * Runs a coroutine to its end.
     *
     * @param inPlace as a task starts it, with the handle as the frame; otherwise as an await does
     */
    static @Nullable Object drive(Coroutine<?> root, Run run, boolean inPlace) {
        Execution execution = new Execution();
        Object result = inPlace && root instanceof Frame<?> frame ? execution.run(frame) : root.start(execution);
        while (result == Execution.SUSPENDED) {
            result = goOn(execution, run);
        }
        return result;
    }

    /** Waits for what a suspended coroutine awaits, and resumes it. */
    static @Nullable Object goOn(Execution execution, Run run) {
        Frame<?> innermost = execution.innermost();
        CompletableFuture<?> awaited = (CompletableFuture<?>) Objects.requireNonNull(execution.awaited());
        execution.clear();
        run.waitFor(awaited);
        Object value = null;
        Throwable failure = null;
        try {
            value = awaited.join();
        } catch (CompletionException e) {
            // Unwrapped, and thrown at the await.
            failure = e.getCause();
        }
        if (innermost != null) {
            return execution.resume(innermost, value, failure);
        }
        if (failure != null) {
            throw Probe.<RuntimeException>sneaky(failure);
        }
        return value;
    }
}
