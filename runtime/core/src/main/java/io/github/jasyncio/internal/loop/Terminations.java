package io.github.jasyncio.internal.loop;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Notices that executors have been shut down with what was handed to them still in their queues: nobody tells those who wait for that. Thread-safe.
 *
 * <p>As no executor says so by itself, it is asked four times a second, while anybody waits, on the JDK's thread for timers.
 */
public final class Terminations {

    private static final Duration INTERVAL = Duration.ofMillis(250);

    /** Somebody who waits for an executor to run something. */
    public interface Waiting {

        /** True if the executor has been shut down, and what is waited for will not come. */
        boolean isInVain();

        /** It will not come. May be told although it has come in this very moment. */
        void giveUp();
    }

    private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean isAsking = new AtomicBoolean();

    public void add(Waiting one) {
        waiting.add(one);
        askLater();
    }

    public void remove(Waiting one) {
        waiting.remove(one);
    }

    private void askLater() {
        if (isAsking.compareAndSet(false, true)) {
            Alarms.ofJdk().set(new Question(this), INTERVAL);
        }
    }

    private void ask() {
        isAsking.set(false);
        for (Waiting one : List.copyOf(waiting)) {
            if (one.isInVain() && waiting.remove(one)) {
                one.giveUp();
            }
        }
        if (!waiting.isEmpty()) {
            askLater();
        }
    }

    /** Holds nothing that is garbage otherwise. */
    private static final class Question implements Runnable {

        private final WeakReference<Terminations> asker;

        Question(Terminations asker) {
            this.asker = new WeakReference<>(asker);
        }

        @Override
        public void run() {
            @Nullable Terminations present = asker.get();
            if (present != null) {
                present.ask();
            }
        }
    }
}
