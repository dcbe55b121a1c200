package io.github.jasyncio.internal.functions;

import io.github.jasyncio.Future;
import io.github.jasyncio.internal.introspection.OnBehalf;
import java.util.Collection;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A method as a done callback on behalf of others. */
public final class CallbackOnBehalf<T> implements Consumer<Future<T>>, OnBehalf {

    private final String function;
    private final Consumer<? super Future<T>> action;
    private final Supplier<Collection<? extends Future<?>>> waiters;

    /**
     * Makes one.
     *
     * @param function by which users know it, such as {@code waitOn}
     */
    public CallbackOnBehalf(
            String function, Consumer<? super Future<T>> action, Supplier<Collection<? extends Future<?>>> waiters) {
        this.function = function;
        this.action = action;
        this.waiters = waiters;
    }

    @Override
    public void accept(Future<T> future) {
        action.accept(future);
    }

    @Override
    public Collection<? extends Future<?>> waiters() {
        return waiters.get();
    }

    @Override
    public String toString() {
        return function;
    }
}
