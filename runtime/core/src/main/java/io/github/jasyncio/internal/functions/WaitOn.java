package io.github.jasyncio.internal.functions;

import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import io.github.jasyncio.Handle;
import io.github.jasyncio.ReturnWhen;
import io.github.jasyncio.WaitResult;
import io.github.jasyncio.internal.Execution;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The coroutine of {@code waitOn}: one callback on every future, and one future of its own that the deciding callback sets. */
public final class WaitOn<T> extends HandWritten<WaitResult<T>> {

    private final Collection<? extends Future<T>> given;
    private final ReturnWhen returnWhen;
    private final @Nullable Duration limit;

    private final Consumer<Future<T>> onCompletion =
            new CallbackOnBehalf<>("waitOn", this::onCompletion, this::waiters);
    private final Set<Future<T>> futures = new LinkedHashSet<>();
    private int unfinished;
    private @Nullable Future<Void> waiter;
    private @Nullable Handle timer;

    public WaitOn(Collection<? extends Future<T>> given, ReturnWhen returnWhen, @Nullable Duration limit) {
        super("waitOn");
        this.given = given;
        this.returnWhen = returnWhen;
        this.limit = limit;
    }

    @Override
    @Nullable
    protected Object run(Execution execution) throws Throwable {
        futures.addAll(given);
        if (futures.isEmpty()) {
            throw new IllegalArgumentException("waitOn was given no futures to wait for");
        }
        EventLoop loop = Facade.runningLoop();
        Future<Void> waiter = loop.createFuture();
        this.waiter = waiter;
        if (limit != null) {
            timer = loop.callLater(limit, this::release);
        }
        unfinished = futures.size();
        for (Future<T> future : futures) {
            future.addDoneCallback(onCompletion);
        }
        return await(waiter, this::finish, execution);
    }

    private @Nullable Object finish(@Nullable Object value, @Nullable Throwable failure, Execution execution)
            throws Throwable {
        stopTimer();
        for (Future<T> future : futures) {
            future.removeDoneCallback(onCompletion);
        }
        return valueOr(failure, failure == null ? sorted() : null);
    }

    private WaitResult<T> sorted() {
        Set<Future<T>> done = new LinkedHashSet<>();
        Set<Future<T>> pending = new LinkedHashSet<>();
        for (Future<T> future : futures) {
            (future.isDone() ? done : pending).add(future);
        }
        return new WaitResult<>(done, pending);
    }

    private Collection<Future<?>> waiters() {
        Future<Void> waiter = this.waiter;
        return waiter == null ? List.of() : List.of(waiter);
    }

    private void onCompletion(Future<T> future) {
        unfinished--;
        if (unfinished <= 0 || decides(future)) {
            stopTimer();
            release();
        }
    }

    private boolean decides(Future<T> future) {
        return switch (returnWhen) {
            case FIRST_COMPLETED -> true;
            case FIRST_EXCEPTION -> !future.isCancelled() && future.exception() != null;
            case ALL_COMPLETED -> false;
        };
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel();
        }
    }

    private void release() {
        if (waiter != null && !waiter.isDone()) {
            waiter.setResult(null);
        }
    }
}
