package io.github.jasyncio.internal.functions;

import io.github.jasyncio.Future;
import io.github.jasyncio.internal.introspection.OnBehalf;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** Lets a future come to the same as another, but be cancelled without it. Semantics: {@code asyncio.shield}. */
public final class Shield<T> implements Consumer<Future<T>>, OnBehalf {

    private final Future<T> outer;

    private Shield(Future<T> outer) {
        this.outer = outer;
    }

    public static <T> Future<T> of(Future<T> inner) {
        if (inner.isDone()) {
            return inner;
        }
        Future<T> outer = inner.getLoop().createFuture();
        Shield<T> shield = new Shield<>(outer);
        inner.addDoneCallback(shield);
        outer.addDoneCallback(done -> {
            if (!inner.isDone()) {
                inner.removeDoneCallback(shield);
            }
        });
        return outer;
    }

    /** The inner future is done. */
    @Override
    public void accept(Future<T> inner) {
        if (outer.isCancelled()) {
            if (!inner.isCancelled()) {
                inner.exception(); // looked at, so it is not reported
            }
        } else if (inner.isCancelled()) {
            outer.cancel();
        } else {
            Throwable failure = inner.exception();
            if (failure != null) {
                outer.setException(failure);
            } else {
                outer.setResult(inner.result());
            }
        }
    }

    @Override
    public Collection<? extends Future<?>> waiters() {
        return List.of(outer);
    }

    @Override
    public String toString() {
        return "shield";
    }
}
