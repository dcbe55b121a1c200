package io.github.jasyncio.transform.harness;

import io.github.jasyncio.Coroutine;
import io.github.jasyncio.internal.Execution;
import io.github.jasyncio.internal.Frame;
import org.jspecify.annotations.Nullable;

/** Drives a coroutine to its end without an event loop: what it waits for has always just come to pass. */
final class Driver {

    private Driver() {}

    /**
     * Runs a coroutine to its end.
     *
     * @param inPlace as a task does it, with the handle as the frame; otherwise as an await does it
     */
    static @Nullable Object drive(Coroutine<?> root, boolean inPlace) {
        Execution execution = new Execution();
        Object result = inPlace && root instanceof Frame<?> frame ? execution.run(frame) : root.start(execution);
        while (result == Execution.SUSPENDED) {
            Frame<?> innermost = execution.innermost();
            Object awaited = execution.awaited();
            execution.clear();
            Object value;
            Throwable failure;
            if (awaited instanceof Probe<?> probe) {
                value = probe.value();
                failure = probe.failure();
            } else if (awaited instanceof ProbeStage<?> stage) {
                value = stage.value();
                failure = stage.failure();
            } else {
                throw new AssertionError("suspended on " + awaited);
            }
            if (innermost != null) {
                result = execution.resume(innermost, failure == null ? value : null, failure);
            } else if (failure != null) {
                throw Probe.<RuntimeException>sneaky(failure);
            } else {
                result = value;
            }
        }
        return result;
    }
}
