package io.github.jasyncio;

import io.github.jasyncio.internal.DebugMode;
import io.github.jasyncio.internal.ObjectText;
import io.github.jasyncio.internal.debug.Origins;
import io.github.jasyncio.internal.loop.UnseenFailures;
import io.github.jasyncio.internal.traces.FailureCopy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The failure of a future at which nobody has looked yet: stands in the future's place for the value, so it becomes garbage when the future does.
 *
 * <p>Costs something only when a future fails; a {@link Watch} waits for its end.
 */
final class UnseenFailure {

    private final Future<?> future;
    private final Throwable failure;
    private @Nullable Watch watch;

    UnseenFailure(Future<?> future, Throwable failure) {
        this.future = future;
        this.failure = failure;
        this.watch = new Watch(this);
    }

    Future<?> future() {
        return future;
    }

    Throwable failure() {
        return failure;
    }

    void seen() {
        if (watch != null) {
            future.loop.unclaimed.failures().remove(watch);
            watch = null;
        }
    }

    /**
     * Tells the loop's exception handler of a failure whose future has become garbage before anybody looked.
     *
     * <p>Semantics: {@code Future.__del__}, which still has the failure. Java has nothing of the kind, so the failure itself is kept here; but one from
     * which its own future can be reached would keep that alive for ever. So what is still unseen when the garbage collector has been at work, and may
     * be of that kind, is let go, and if it is lost indeed the report has a {@link FailureCopy} of it. Linked into its loop's {@link UnseenFailures}.
     */
    static final class Watch extends UnseenFailures.Entry {

        private final EventLoop loop;
        private final @Nullable String taskName;

        /** Where the future was made, in debug mode: when it is garbage it cannot be asked any more. */
        private final List<StackTraceElement> origin;

        // the failure --letGo--> a copy
        private Throwable known;

        Watch(UnseenFailure unseen) {
            super(unseen, unseen.future().loop.unclaimed.failures());
            Future<?> future = unseen.future();
            this.loop = future.loop;
            this.known = unseen.failure();
            this.taskName = future instanceof Task<?> task ? task.getName() : null;
            this.origin = DebugMode.isOn() ? Origins.of(future) : List.of();
            loop.unclaimed.add(this);
        }

        @Override
        protected void letGo() {
            if (!(known instanceof FailureCopy) && FailureCopy.mayHold(known)) {
                known = FailureCopy.of(known);
            }
        }

        @Override
        protected void report() {
            UnseenFailure unseen = (UnseenFailure) get();
            Throwable failure = unseen == null ? known : unseen.failure();
            Map<String, Object> context = new LinkedHashMap<>();
            context.put("message", (taskName == null ? "Future" : "Task") + " exception was never retrieved");
            context.put("exception", failure);
            context.put("future", unseen != null ? unseen.future() : new Remains(loop, failure, taskName));
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
                return "<" + (taskName == null ? "Future finished" : "Task finished name='" + taskName + "'")
                        + " exception=" + ObjectText.of(value) + ">";
            }
        }
    }
}
