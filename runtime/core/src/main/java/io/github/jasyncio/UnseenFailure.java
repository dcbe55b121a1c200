package io.github.jasyncio;

import io.github.jasyncio.internal.DebugMode;
import io.github.jasyncio.internal.Origins;
import java.lang.ref.WeakReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The failure of a future at which nobody has looked yet; tells the loop's exception handler if the future becomes garbage that way.
 *
 * <p>Semantics: {@code Future.__del__}. Costs something only when a future fails; linked into its loop's {@link UnseenFailures}.
 */
final class UnseenFailure extends WeakReference<Future<?>> {

    @Nullable
    UnseenFailure previous;

    @Nullable
    UnseenFailure next;

    private final EventLoop loop;
    private final Throwable failure;
    private final @Nullable String taskName;

    /** Where the future was made, in debug mode: when it is garbage it cannot be asked any more. */
    private final List<StackTraceElement> origin;

    UnseenFailure(Future<?> future, Throwable failure) {
        super(future, future.loop.unseenFailures().queue());
        this.loop = future.loop;
        this.failure = failure;
        this.taskName = future instanceof Task<?> task ? task.getName() : null;
        this.origin = DebugMode.isOn() ? Origins.of(future) : List.of();
        loop.watch(this);
    }

    Throwable failure() {
        return failure;
    }

    void seen() {
        loop.unseenFailures().remove(this);
    }

    void report() {
        Future<?> future = get();
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("message", (taskName == null ? "Future" : "Task") + " exception was never retrieved");
        context.put("exception", failure);
        context.put("future", future != null ? future : new Remains(loop, failure, taskName));
        if (!origin.isEmpty()) {
            context.put(ExceptionReporter.CREATED_AT, origin);
        }
        loop.callExceptionHandler(context);
    }

    /** Stands in for a future that is garbage already: Java cannot hand out the original any more. */
    private static final class Remains extends Future<Object> {

        private final @Nullable String taskName;

        Remains(EventLoop loop, Throwable failure, @Nullable String taskName) {
            super(loop);
            this.taskName = taskName;
            this.state = FAILED;
            this.value = failure;
        }

        @Override
        public String toString() {
            return taskName == null
                    ? "<Future finished exception=" + value + ">"
                    : "<Task finished name='" + taskName + "' exception=" + value + ">";
        }
    }
}
