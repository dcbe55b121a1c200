package io.github.jasyncio.internal.functions;

import io.github.jasyncio.AsyncTimeoutException;
import io.github.jasyncio.Awaitable;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import io.github.jasyncio.Handle;
import io.github.jasyncio.internal.Execution;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What {@code asCompleted} goes through: hands out as many coroutines as there are futures; whichever is awaited first gets the future that is
 * done first.
 *
 * <p>Semantics: asyncio's as-completed iterator, used as a plain iterator. The futures that are done pass through a queue, in which the
 * waiting coroutines stand in line as in {@code asyncio.Queue}.
 */
public final class AsCompleted<T> implements Iterator<Coroutine<T>> {

    private final Consumer<Future<T>> onCompletion =
            new CallbackOnBehalf<>("asCompleted", this::onCompletion, this::waiters);
    private final Set<Future<T>> todo = new LinkedHashSet<>();
    private final Deque<Future<T>> done = new ArrayDeque<>();
    private final Deque<Future<Void>> waiters = new ArrayDeque<>();
    private final @Nullable Handle timer;
    private int notHandedOut;

    /** How many coroutines are still to be told that the time is up; positive only when nothing will be {@link #done} any more. */
    private int expired;

    public AsCompleted(
            EventLoop loop,
            Collection<? extends Awaitable<? extends T>> awaitables,
            Function<Awaitable<T>, Future<T>> ensureFuture,
            @Nullable Duration limit) {
        for (Awaitable<? extends T> awaitable : new LinkedHashSet<>(awaitables)) {
            todo.add(ensureFuture.apply(ofT(awaitable)));
        }
        notHandedOut = todo.size();
        for (Future<T> future : todo) {
            future.addDoneCallback(onCompletion);
        }
        timer = todo.isEmpty() || limit == null ? null : loop.callLater(limit, this::onTimeout);
    }

    @SuppressWarnings("unchecked") // what gives a subtype of T and is only read gives a T
    private static <T> Awaitable<T> ofT(Awaitable<? extends T> awaitable) {
        return (Awaitable<T>) awaitable;
    }

    @Override
    public boolean hasNext() {
        return notHandedOut > 0;
    }

    @Override
    public Coroutine<T> next() {
        if (notHandedOut == 0) {
            throw new NoSuchElementException("asCompleted has handed out a coroutine for each awaitable");
        }
        notHandedOut--;
        return new NextCompleted();
    }

    private Collection<Future<?>> waiters() {
        return List.copyOf(waiters);
    }

    private void onCompletion(Future<T> future) {
        if (!todo.remove(future)) {
            return; // the time was up first
        }
        done.add(future);
        wakeNext();
        if (todo.isEmpty() && timer != null) {
            timer.cancel();
        }
    }

    private void onTimeout() {
        for (Future<T> future : todo) {
            future.removeDoneCallback(onCompletion);
            expired++;
            wakeNext();
        }
        todo.clear();
    }

    private boolean isEmpty() {
        return done.isEmpty() && expired == 0;
    }

    private void wakeNext() {
        Future<Void> waiter;
        do {
            waiter = waiters.poll();
        } while (waiter != null && waiter.isDone());
        if (waiter != null) {
            waiter.setResult(null);
        }
    }

    private final class NextCompleted extends HandWritten<T> {

        private @Nullable Future<Void> waiter;

        NextCompleted() {
            super("asCompleted");
        }

        @Override
        @Nullable
        protected Object run(Execution execution) throws Throwable {
            if (!isEmpty()) {
                return take();
            }
            waiter = Facade.runningLoop().createFuture();
            waiters.add(waiter);
            return await(waiter, this::woken, execution);
        }

        private @Nullable Object woken(@Nullable Object value, @Nullable Throwable failure, Execution execution)
                throws Throwable {
            if (failure == null) {
                return run(execution); // another may have been quicker: then it waits again
            }
            if (waiter != null) {
                waiter.cancel();
                waiters.remove(waiter);
                if (!isEmpty() && !waiter.isCancelled()) {
                    wakeNext(); // it was this one's turn, but it cannot take it
                }
            }
            throw failure;
        }

        private @Nullable Object take() {
            Future<T> future = done.poll();
            if (future == null) {
                expired--;
                throw new AsyncTimeoutException("asCompleted timed out");
            }
            return future.result();
        }
    }
}
