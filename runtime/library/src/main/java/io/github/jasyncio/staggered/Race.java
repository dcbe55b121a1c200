package io.github.jasyncio.staggered;

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
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One {@link Staggered#staggeredRace race}: a runner for each attempt, which starts the next runner before it begins its own attempt.
 *
 * <p>Different from asyncio's, no result is lost: what this does not return is dropped by the one who knows how.
 *
 * @param <T> what an attempt gives
 */
final class Race<T> {

    private final Iterator<AsyncCallable<? extends T>> attempts;
    private final @Nullable Duration delay;
    private final Consumer<? super T> drop;
    private final List<Task<Void>> runners = new ArrayList<>();
    private final List<@Nullable Throwable> failures = new ArrayList<>();
    private @Nullable T winner;
    private int winnerIndex = -1;

    Race(List<AsyncCallable<? extends T>> attempts, @Nullable Duration delay, Consumer<? super T> drop) {
        this.attempts = attempts.iterator();
        this.delay = delay;
        this.drop = drop;
    }

    @Async
    Coroutine<RaceResult<T>> run() {
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
            return Coroutine.of(new RaceResult<>(winner, winnerIndex, Collections.unmodifiableList(failures)));
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
        AsyncCallable<? extends T> attempt = attempts.next();
        Event failed = new Event();
        runners.add(createTask(attempt(failed)));
        int index = failures.size();
        failures.add(null);
        T result;
        try {
            result = await(attempt.call());
        } catch (KeyboardInterrupt e) {
            throw e;
        } catch (Throwable t) {
            failures.set(index, t);
            failed.set();
            return Coroutine.done();
        }
        if (winnerIndex >= 0) {
            // Overtaken, but it would not be cancelled.
            if (result != null) {
                drop.accept(result);
            }
            return Coroutine.done();
        }
        winner = result;
        winnerIndex = index;
        Task<?> own = currentTask();
        for (Task<Void> runner : runners) {
            if (runner != own) {
                runner.cancel();
            }
        }
        return Coroutine.done();
    }
}
