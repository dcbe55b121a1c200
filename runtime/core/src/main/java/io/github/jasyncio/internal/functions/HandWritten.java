package io.github.jasyncio.internal.functions;

import io.github.jasyncio.Awaitable;
import io.github.jasyncio.internal.Execution;
import io.github.jasyncio.internal.Frame;
import io.github.jasyncio.internal.Sneaky;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A coroutine that is not rewritten but written by hand, because core is built before the transformer: each stretch between two awaits is
 * a method.
 *
 * <p>{@link #run} is the first stretch. A stretch ends by returning the coroutine's value, by throwing, or with {@code return await(what,
 * this::nextStretch, execution)}. The next stretch is given the value or the failure, so that it can be what follows the await, the
 * {@code except} or the {@code finally} in one; {@link #valueOr} is for those that only let a failure pass. An await that need not wait
 * goes on at once, on the same Java stack.
 *
 * <p>Confined to the thread that drives it.
 *
 * @param <T> the type of the coroutine's value
 */
public abstract class HandWritten<T> extends Frame<T> {

    /** The only suspension point that can be told apart from here: which await it is, {@link #next} knows. */
    private static final int AWAITING = 1;

    /** What follows an await. */
    @FunctionalInterface
    public interface Stretch {

        /**
         * Goes on with what the await has come to.
         *
         * @param value the value, unless there is a failure
         * @return the coroutine's value, or {@link Execution#SUSPENDED}
         */
        @Nullable
        Object apply(@Nullable Object value, @Nullable Throwable failure, Execution execution) throws Throwable;
    }

    /** Null for the facade; a name, so that what is made by a class of the API need not know it. */
    private final @Nullable String owner;

    private final String methodName;
    private @Nullable Stretch next;

    /**
     * Makes one that has not run.
     *
     * @param methodName the method of the facade by which users know this coroutine
     */
    protected HandWritten(String methodName) {
        this.owner = null;
        this.methodName = methodName;
    }

    /**
     * Makes one that has not run.
     *
     * @param owner the name of the class whose method users know it by
     */
    protected HandWritten(String owner, String methodName) {
        this.owner = owner;
        this.methodName = methodName;
    }

    /** Runs from the beginning to the first await or the end. */
    protected abstract @Nullable Object run(Execution execution) throws Throwable;

    /** {@code await awaitable}, then {@code next}. */
    protected final @Nullable Object await(@Nullable Awaitable<?> awaitable, Stretch next, Execution execution)
            throws Throwable {
        return await(() -> awaitable, next, execution);
    }

    /** The same, where what is awaited has still to be made: failing to make it is a failure of the await. */
    protected final @Nullable Object await(
            Callable<? extends @Nullable Awaitable<?>> maker, Stretch next, Execution execution) throws Throwable {
        Object value;
        try {
            value = Execution.present(maker.call()).start(execution);
        } catch (Throwable failure) {
            return next.apply(null, failure, execution);
        }
        if (value == Execution.SUSPENDED) {
            this.next = next;
            state = AWAITING;
            return execution.suspended(this);
        }
        return next.apply(value, null, execution);
    }

    /**
     * Of the body of an {@link io.github.jasyncio.AsyncGenerator}: emits {@code value}, then {@code next}, which is given what was sent, or what was thrown.
     *
     * @return {@code value}, for the stretch to return
     */
    protected final @Nullable Object emit(@Nullable Object value, Stretch next) {
        this.next = next;
        state = AWAITING;
        return value;
    }

    /** Lets a failure pass: gives the value, or throws the failure, the very same object. */
    protected static @Nullable Object valueOr(@Nullable Throwable failure, @Nullable Object value) throws Throwable {
        if (failure != null) {
            throw failure;
        }
        return value;
    }

    @Override
    public final @Nullable Object start(Execution execution) {
        return startInPlace(execution);
    }

    @Override
    public final @Nullable Object startInPlace(Execution execution) {
        begin();
        try {
            return run(execution);
        } catch (Throwable t) {
            throw Sneaky.<RuntimeException>failure(t);
        }
    }

    @Override
    protected final @Nullable Object resume(Execution execution) {
        enter();
        Stretch stretch = next;
        if (stretch == null) {
            throw new AssertionError(this + " was resumed, but does not await anything (a bug in jasyncio)");
        }
        next = null;
        try {
            Object value = null;
            Throwable failure = null;
            try {
                value = execution.result();
            } catch (Throwable t) {
                failure = t;
            }
            return stretch.apply(value, failure, execution);
        } catch (Throwable t) {
            throw Sneaky.<RuntimeException>failure(t);
        }
    }

    @Override
    public final StackTraceElement location() {
        return owner == null
                ? Facade.place(methodName)
                : new StackTraceElement(owner, methodName, owner.substring(owner.lastIndexOf('.') + 1) + ".java", -1);
    }
}
