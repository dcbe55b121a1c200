package io.github.jasyncio.net;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.currentTask;
import static io.github.jasyncio.Asyncio.waitFor;
import static io.github.jasyncio.Asyncio.waitOn;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncCallable;
import io.github.jasyncio.AsyncTimeoutException;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.KeyboardInterrupt;
import io.github.jasyncio.ReturnWhen;
import io.github.jasyncio.Task;
import io.github.jasyncio.sync.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Starts attempts one after the other, each when the one before has failed or a delay has passed, until one succeeds; the others are cancelled.
 *
 * <p>Semantics: {@code asyncio.staggered.staggered_race}. Different from there, the winner's result is not lost if whoever waits for the race is cancelled
 * in the turn in which it ends: it is dropped by the one who knows how.
 *
 * @param <T> what an attempt gives
 */
final class StaggeredRace<T> {

    private final Iterator<AsyncCallable<T>> attempts;
    private final Duration delay;
    private final Consumer<T> drop;
    private final List<Task<Void>> runners = new ArrayList<>();
    private @Nullable T winner;

    StaggeredRace(List<AsyncCallable<T>> attempts, Duration delay, Consumer<T> drop) {
        this.attempts = attempts.iterator();
        this.delay = delay;
        this.drop = drop;
    }

    /** Runs it; null if no attempt succeeds. */
    @Async
    Coroutine<@Nullable T> run() {
        runners.add(createTask(attempt(null)));
        try {
            int done = 0;
            while (done != runners.size()) {
                done = await(waitOn(List.copyOf(runners), ReturnWhen.ALL_COMPLETED))
                        .done()
                        .size();
                for (Task<Void> runner : runners) {
                    if (runner.isDone() && !runner.isCancelled()) {
                        // A failure here is no attempt's, but a mistake.
                        runner.result();
                    }
                }
            }
            return Coroutine.of(winner);
        } catch (Throwable t) {
            if (winner != null) {
                drop.accept(winner);
            }
            throw t;
        } finally {
            runners.forEach(Task::cancel);
        }
    }

    /** The next attempt, when its time has come. */
    @Async
    private Coroutine<Void> attempt(@Nullable Event previousFailed) {
        if (previousFailed != null) {
            try {
                await(waitFor(previousFailed.waitOn(), delay));
            } catch (AsyncTimeoutException e) {
                // The one before is still at it.
            }
        }
        if (!attempts.hasNext()) {
            return Coroutine.done();
        }
        AsyncCallable<T> attempt = attempts.next();
        Event failed = new Event();
        runners.add(createTask(attempt(failed)));
        T result;
        try {
            result = await(attempt.call());
        } catch (KeyboardInterrupt e) {
            throw e;
        } catch (Throwable t) {
            // Whoever made the attempt has noted it.
            failed.set();
            return Coroutine.done();
        }
        winner = result;
        Task<?> own = currentTask();
        for (Task<Void> runner : runners) {
            if (runner != own) {
                runner.cancel();
            }
        }
        return Coroutine.done();
    }
}
