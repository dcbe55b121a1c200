package io.github.jasyncio.internal.generators;

import io.github.jasyncio.CancelledError;
import io.github.jasyncio.GeneratorExit;
import io.github.jasyncio.StopAsyncIteration;
import io.github.jasyncio.internal.Execution;
import io.github.jasyncio.internal.Frame;
import io.github.jasyncio.internal.Sneaky;
import org.jspecify.annotations.Nullable;

/**
 * One step of an async generator: the coroutine that lets the body run to its next {@code emit}, in the task that awaits it. While the body is suspended, its
 * frame is awaited by this one.
 *
 * <p>Semantics: CPython's {@code async_generator_asend} and {@code async_generator_athrow}.
 *
 * @param <R> what it gives
 */
public abstract class GeneratorStep<R> extends Frame<R> {

    /** The only suspension point: the body is under way. */
    private static final int UNDER_WAY = 1;

    private final GeneratorBody body;

    /** As long as a step is under way, the generator is not garbage. */
    private final Object generator;

    private final String method;

    GeneratorStep(GeneratorBody body, Object generator, String method) {
        this.body = body;
        this.generator = generator;
        this.method = method;
    }

    final GeneratorBody body() {
        return body;
    }

    /** What to do first; {@link #step} if the body is to run. */
    abstract @Nullable Object begin(Execution execution);

    /** The body has emitted {@code value}. */
    abstract @Nullable Object emitted(@Nullable Object value);

    /** The body has ended. */
    abstract @Nullable Object ended();

    /** The body has failed: throws, or gives what the step gives all the same. */
    @Nullable
    Object failed(Throwable failure) {
        throw Sneaky.<RuntimeException>failure(failure);
    }

    final @Nullable Object step(Execution execution, @Nullable Object sent, @Nullable Throwable failure) {
        Object answer;
        try {
            answer = body.step(execution, sent, failure);
        } catch (Throwable t) {
            return leftBy(t);
        }
        if (answer == Execution.SUSPENDED) {
            state = UNDER_WAY;
            return execution.suspended(this);
        }
        return leftWith(answer);
    }

    private @Nullable Object leftWith(@Nullable Object answer) {
        boolean hasEnded = answer == Execution.ENDED;
        body.left(hasEnded);
        return hasEnded ? ended() : emitted(answer);
    }

    private @Nullable Object leftBy(Throwable failure) {
        body.left(true);
        return failed(
                failure instanceof StopAsyncIteration
                        ? new IllegalStateException("async generator raised StopAsyncIteration", failure)
                        : failure);
    }

    @Override
    public final @Nullable Object start(Execution execution) {
        begin();
        body.asked(generator);
        return begin(execution);
    }

    @Override
    public final @Nullable Object startInPlace(Execution execution) {
        return start(execution);
    }

    @Override
    protected final @Nullable Object resume(Execution execution) {
        enter();
        Object answer;
        try {
            answer = execution.result();
        } catch (Throwable t) {
            return leftBy(t);
        }
        return leftWith(answer);
    }

    @Override
    public final StackTraceElement location() {
        return GeneratorPlaces.in(method);
    }

    // ------------------------------------------------------------------------------------------------ asend

    /** Takes the next value. */
    public static class Next<T> extends GeneratorStep<T> {

        /** Makes one that has not run. */
        public Next(GeneratorBody body, Object generator) {
            super(body, generator, "next");
        }

        @Override
        @Nullable
        Object begin(Execution execution) {
            GeneratorBody body = body();
            if (body.hasFetched()) {
                return body.takeFetched();
            }
            body.checkNotRunning("next");
            return body.hasEnded() ? ended() : step(execution, null, null);
        }

        @Override
        @Nullable
        Object emitted(@Nullable Object value) {
            return value;
        }

        @Override
        @Nullable
        Object ended() {
            throw new StopAsyncIteration();
        }
    }

    /** The same for those who go through generators here: the end is {@link Execution#ENDED}, and no failure. */
    static final class NextOrEnd extends Next<Object> {

        NextOrEnd(GeneratorBody body, Object generator) {
            super(body, generator);
        }

        @Override
        Object ended() {
            return Execution.ENDED;
        }
    }

    /** Fetches the next value. */
    public static final class HasNext extends GeneratorStep<Boolean> {

        /** Makes one that has not run. */
        public HasNext(GeneratorBody body, Object generator) {
            super(body, generator, "hasNext");
        }

        @Override
        @Nullable
        Object begin(Execution execution) {
            GeneratorBody body = body();
            if (body.hasFetched()) {
                return true;
            }
            body.checkNotRunning("hasNext");
            return body.hasEnded() ? ended() : step(execution, null, null);
        }

        @Override
        Object emitted(@Nullable Object value) {
            body().fetched(value);
            return true;
        }

        @Override
        Object ended() {
            return false;
        }
    }

    /** Sends a value to the emit at which the body stands. */
    public static final class Send<T> extends GeneratorStep<T> {

        private @Nullable Object value;

        /** Makes one that has not run. */
        public Send(GeneratorBody body, Object generator, @Nullable Object value) {
            super(body, generator, "send");
            this.value = value;
        }

        @Override
        @Nullable
        Object begin(Execution execution) {
            Object sent = value;
            value = null;
            GeneratorBody body = body();
            body.checkNotRunning("send");
            if (body.hasEnded()) {
                return ended();
            }
            if (sent != null && body.isCreated()) {
                throw new IllegalArgumentException("can't send non-null value to a just-started async generator: "
                        + body + " stands at no emit that could give " + sent + "; send(null) first, or next()");
            }
            return step(execution, sent, null);
        }

        @Override
        @Nullable
        Object emitted(@Nullable Object value) {
            return value;
        }

        @Override
        Object ended() {
            throw new StopAsyncIteration();
        }
    }

    // ------------------------------------------------------------------------------------------------ athrow, aclose

    /** Throws a failure at the emit at which the body stands. */
    public static final class ThrowInto<T> extends GeneratorStep<T> {

        private final Throwable failure;

        /** Makes one that has not run. */
        public ThrowInto(GeneratorBody body, Object generator, Throwable failure) {
            super(body, generator, "throwInto");
            this.failure = failure;
        }

        @Override
        @Nullable
        Object begin(Execution execution) {
            GeneratorBody body = body();
            body.checkNotRunning("throwInto");
            if (body.hasEnded()) {
                return null;
            }
            if (body.isClosed()) {
                throw new StopAsyncIteration();
            }
            if (body.isCreated()) {
                body.discard();
                throw Sneaky.<RuntimeException>failure(failure);
            }
            return step(execution, null, failure);
        }

        @Override
        @Nullable
        Object emitted(@Nullable Object value) {
            return value;
        }

        @Override
        Object ended() {
            throw new StopAsyncIteration();
        }
    }

    /** Throws {@link GeneratorExit} there, and wants the body to end. */
    public static final class Close extends GeneratorStep<Void> {

        /** Makes one that has not run. */
        public Close(GeneratorBody body, Object generator) {
            super(body, generator, "close");
        }

        @Override
        @Nullable
        Object begin(Execution execution) {
            GeneratorBody body = body();
            body.checkNotRunning("close");
            if (body.hasEnded()) {
                return null;
            }
            if (body.isClosed()) {
                throw new StopAsyncIteration(); // it has ignored the first time
            }
            body.close();
            if (body.isCreated()) {
                body.discard();
                return null;
            }
            return step(execution, null, new GeneratorExit());
        }

        @Override
        Object emitted(@Nullable Object value) {
            throw new IllegalStateException(
                    "async generator ignored GeneratorExit: " + body()
                            + " emitted once more when it was closed; emit nothing in finally blocks, and throw a caught GeneratorExit on");
        }

        @Override
        @Nullable
        Object ended() {
            return null;
        }

        @Override
        @Nullable
        Object failed(Throwable failure) {
            return failure instanceof GeneratorExit ? closedBy(failure) : super.failed(failure);
        }

        /**
         * Nobody sees the exit, so what it has suppressed must be seen in its place: in Java that is what the closing of the body's resources failed with. In
         * Python such a failure replaces the exit.
         */
        private @Nullable Object closedBy(Throwable exit) {
            Throwable[] suppressed = exit.getSuppressed();
            if (suppressed.length == 0) {
                return null;
            }
            Throwable worst = suppressed[0];
            for (Throwable each : suppressed) {
                if (each instanceof CancelledError && !(worst instanceof CancelledError)) {
                    worst = each; // a cancellation must not be lost
                }
            }
            for (Throwable each : suppressed) {
                if (each != worst) {
                    worst.addSuppressed(each);
                }
            }
            return super.failed(worst);
        }
    }
}
