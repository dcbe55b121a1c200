package io.github.jasyncio.internal.loop;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** Says when a time has come. Thread-safe. */
@FunctionalInterface
public interface Alarms {

    /**
     * Has {@code wakeUp} run after {@code delay}, on any thread, once.
     *
     * @return takes it back: it does not run any more, and nobody keeps it; does nothing if it has run
     */
    Runnable set(Runnable wakeUp, Duration delay);

    /** Those of an executor if it has any, otherwise the JDK's. */
    static Alarms of(Executor executor) {
        return executor instanceof ScheduledExecutorService scheduler ? of(scheduler) : ofJdk();
    }

    /** Those of a scheduler. */
    static Alarms of(ScheduledExecutorService scheduler) {
        return (wakeUp, delay) -> {
            FutureTask<?> once = once(wakeUp);
            Future<?> alarm = scheduler.schedule(once, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> {
                once.cancel(false);
                alarm.cancel(false);
            };
        };
    }

    /** Those of a user's, who takes none back. */
    static Alarms of(BiConsumer<? super Runnable, ? super Duration> timers) {
        return (wakeUp, delay) -> {
            FutureTask<?> once = once(wakeUp);
            timers.accept(once, delay);
            return () -> once.cancel(false);
        };
    }

    /**
     * A class of the JDK's that forgets what it was to run when it is cancelled: a scheduler keeps what was cancelled until its time has come, and that
     * may be a day, in which neither the loop nor its class loader is to be kept.
     */
    private static FutureTask<?> once(Runnable wakeUp) {
        return new FutureTask<>(wakeUp, null);
    }

    /** Those of the JDK, which come from a daemon thread of its own. Its delayed executors take nothing back; its futures' timeouts do. */
    static Alarms ofJdk() {
        return (wakeUp, delay) -> {
            CompletableFuture<Boolean> alarm = new CompletableFuture<>();
            CompletableFuture<Boolean> unused = alarm.completeOnTimeout(true, delay.toNanos(), TimeUnit.NANOSECONDS)
                    .whenComplete((isDue, cancelled) -> {
                        if (cancelled == null) {
                            wakeUp.run();
                        }
                    });
            return () -> alarm.cancel(false);
        };
    }
}
