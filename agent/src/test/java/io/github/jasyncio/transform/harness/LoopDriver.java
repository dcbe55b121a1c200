package io.github.jasyncio.transform.harness;

import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Task;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Drives a coroutine to its end as a task of a loop of virtual time: what it waits for comes to pass later. */
final class LoopDriver {

    private static final Duration SOON = Duration.ofMillis(10);

    private final EventLoop loop;
    private @Nullable Task<?> task;

    private LoopDriver(EventLoop loop) {
        this.loop = loop;
    }

    static @Nullable Object drive(Coroutine<?> root, Run run) {
        EventLoop loop = EventLoop.builder().virtualTime().build();
        try {
            LoopDriver driver = new LoopDriver(loop);
            run.goOn(driver);
            Task<?> task = loop.createTask(root);
            driver.task = task;
            return loop.runUntilComplete(task);
        } finally {
            loop.close();
        }
    }

    /** Does something when a little time has passed. */
    void later(Runnable action) {
        loop.callLater(SOON, action);
    }

    /** Cancels the task when a little time has passed. */
    void cancelLater(@Nullable String message) {
        Task<?> task = this.task;
        if (task == null) {
            throw new IllegalStateException("nothing runs yet");
        }
        later(() -> task.cancel(message));
    }
}
