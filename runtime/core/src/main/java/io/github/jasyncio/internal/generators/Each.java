package io.github.jasyncio.internal.generators;

import io.github.jasyncio.AsyncFunction;
import io.github.jasyncio.Awaitable;
import io.github.jasyncio.internal.Execution;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is done with each value of an async generator; {@link GoThrough} does it.
 *
 * @param <T> the type of the values
 */
public abstract class Each<T> {

    /** Nothing is to be emitted for a value. */
    static final Object NOTHING = new Object();

    /** True if no more values are wanted. */
    boolean isEnough() {
        return false;
    }

    /** What is to be awaited before the next value is asked for; null if nothing. */
    @Nullable
    Awaitable<?> before() {
        return null;
    }

    /** What is to be awaited for a value; null if nothing. */
    abstract @Nullable Awaitable<?> begin(T value) throws Exception;

    /**
     * What is to be emitted for a value, or {@link #NOTHING}.
     *
     * @param awaited what {@link #begin} has come to
     */
    @Nullable
    Object end(T value, @Nullable Object awaited) {
        return NOTHING;
    }

    /** What it comes to in the end: {@link Execution#ENDED} for a generator. */
    @Nullable
    Object result() {
        return Execution.ENDED;
    }

    /** {@code AsyncGenerator.forEach}. */
    public static final class Doing<T> extends Each<T> {

        private final AsyncFunction<? super T, ?> body;

        /** For one generator. */
        public Doing(AsyncFunction<? super T, ?> body) {
            this.body = body;
        }

        @Override
        Awaitable<?> begin(T value) throws Exception {
            return body.apply(value);
        }

        @Override
        @Nullable
        Object result() {
            return null;
        }
    }

    /** {@code AsyncGenerator.toList}. */
    public static final class Collecting<T> extends Each<T> {

        private final List<T> values = new ArrayList<>();

        @Override
        @Nullable
        Awaitable<?> begin(T value) {
            values.add(value);
            return null;
        }

        @Override
        Object result() {
            return values;
        }
    }

    /** {@code AsyncGenerator.map}. */
    public static final class Mapping<T> extends Each<T> {

        private final AsyncFunction<? super T, ?> function;

        /** For one generator. */
        public Mapping(AsyncFunction<? super T, ?> function) {
            this.function = function;
        }

        @Override
        Awaitable<?> begin(T value) throws Exception {
            return function.apply(value);
        }

        @Override
        @Nullable
        Object end(T value, @Nullable Object awaited) {
            return awaited;
        }
    }

    /** {@code AsyncGenerator.filter}. */
    public static final class Filtering<T> extends Each<T> {

        private final AsyncFunction<? super T, Boolean> condition;

        /** For one generator. */
        public Filtering(AsyncFunction<? super T, Boolean> condition) {
            this.condition = condition;
        }

        @Override
        Awaitable<?> begin(T value) throws Exception {
            return condition.apply(value);
        }

        @Override
        @Nullable
        Object end(T value, @Nullable Object awaited) {
            boolean isWanted = (Boolean) Objects.requireNonNull(awaited, "filter's condition gave null for " + value);
            return isWanted ? value : NOTHING;
        }
    }

    /** {@code AsyncGenerator.take}. */
    public static final class Taking<T> extends Each<T> {

        private long left;

        /** For one generator. */
        public Taking(long count) {
            this.left = count;
        }

        @Override
        boolean isEnough() {
            return left == 0;
        }

        @Override
        @Nullable
        Awaitable<?> begin(T value) {
            left--;
            return null;
        }

        @Override
        @Nullable
        Object end(T value, @Nullable Object awaited) {
            return value;
        }
    }
}
