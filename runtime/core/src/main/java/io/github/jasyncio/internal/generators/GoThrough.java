package io.github.jasyncio.internal.generators;

import io.github.jasyncio.Awaitable;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.internal.Execution;
import io.github.jasyncio.internal.Frame;
import io.github.jasyncio.internal.Sneaky;
import org.jspecify.annotations.Nullable;

/**
 * A coroutine, or the body of another generator, that goes through an async generator to its end, or until it has enough or fails; then it closes it. In one
 * loop and not in stretches as {@link io.github.jasyncio.internal.functions.HandWritten}, because a million values that need not be waited for must not make the Java stack grow.
 *
 * @param <T> the type of the values it goes through
 * @param <R> of what it comes to, or of what it emits
 */
public final class GoThrough<T, R> extends Frame<R> {

    /** The only suspension point that can be told apart from here: {@link #stage} knows which. */
    private static final int AWAITING = 1;

    // BEFORE --> ASKING --> WORKING --(emits)--> EMITTED --> BEFORE ...   The end: from ASKING
    //    '--------'-----------'-------------------'--> CLOSING --> the end        enough, or a failure
    private enum Stage {
        /** Awaits what stands before the next value. */
        BEFORE,
        /** Awaits the next value. */
        ASKING,
        /** Awaits what is done with the value. */
        WORKING,
        /** Stands at an emit. */
        EMITTED,
        /** Awaits the closing of the generator. */
        CLOSING
    }

    private final String method;
    private final GeneratorBody source;

    /** What users have of {@link #source}. */
    private final Object generator;

    private final Each<T> each;
    private Stage stage = Stage.EMITTED;
    private @Nullable Object value;
    private @Nullable Throwable reason;

    /**
     * Makes one that has not run.
     *
     * @param method of {@code AsyncGenerator} by which users know it
     * @param generator what users have of {@code source}
     */
    public GoThrough(String method, GeneratorBody source, Object generator, Each<T> each) {
        this.method = method;
        this.source = source;
        this.generator = generator;
        this.each = each;
    }

    @Override
    public @Nullable Object start(Execution execution) {
        return startInPlace(execution);
    }

    @Override
    public @Nullable Object startInPlace(Execution execution) {
        begin();
        return goOn(null, null, execution);
    }

    @Override
    protected @Nullable Object resume(Execution execution) {
        enter();
        Object received = null;
        Throwable failure = null;
        try {
            received = execution.result();
        } catch (Throwable t) {
            failure = t; // it has its stage, as what is thrown here has
        }
        return goOn(received, failure, execution);
    }

    /** @param received what the awaited thing, or the emit, has given, unless there is a failure */
    private @Nullable Object goOn(@Nullable Object received, @Nullable Throwable failure, Execution execution) {
        Object result = received;
        Throwable error = failure;
        while (true) {
            Awaitable<?> next;
            try {
                if (error != null) {
                    throw error;
                }
                switch (stage) {
                    case BEFORE -> next = asking();
                    case ASKING -> {
                        if (result == Execution.ENDED) {
                            return each.result();
                        }
                        value = result;
                        stage = Stage.WORKING;
                        next = each.begin(value());
                    }
                    case WORKING -> {
                        Object emitted = each.end(value(), result);
                        value = null;
                        stage = Stage.EMITTED;
                        if (emitted != Each.NOTHING) {
                            state = AWAITING;
                            return emitted;
                        }
                        next = null;
                    }
                    case EMITTED -> next = before();
                    default -> { // closed
                        if (reason != null) {
                            throw reason;
                        }
                        return each.result();
                    }
                }
                result = next == null ? null : next.start(execution);
                error = null;
            } catch (Throwable t) {
                if (stage == Stage.CLOSING) {
                    throw Sneaky.<RuntimeException>failure(worse(t));
                }
                stage = Stage.CLOSING;
                reason = t;
                value = null;
                result = null;
                error = null;
                try {
                    result = closing().start(execution);
                } catch (Throwable failedToClose) {
                    error = failedToClose;
                }
            }
            if (result == Execution.SUSPENDED) {
                state = AWAITING;
                return execution.suspended(this);
            }
        }
    }

    private @Nullable Awaitable<?> before() {
        if (each.isEnough()) {
            stage = Stage.CLOSING;
            return closing();
        }
        stage = Stage.BEFORE;
        return each.before();
    }

    private Awaitable<?> asking() {
        stage = Stage.ASKING;
        return new GeneratorStep.NextOrEnd(source, generator);
    }

    private Awaitable<?> closing() {
        return new GeneratorStep.Close(source, generator);
    }

    /** A failure of closing is suppressed by what was the reason for it, as in try-with-resources; but a cancellation must not be lost. */
    private Throwable worse(Throwable closing) {
        Throwable reason = this.reason;
        if (reason == null || reason == closing) {
            return closing;
        }
        boolean isLost = closing instanceof CancelledError && !(reason instanceof CancelledError);
        Throwable thrown = isLost ? closing : reason;
        thrown.addSuppressed(isLost ? reason : closing);
        return thrown;
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // what the generator gave
    private T value() {
        return (T) value;
    }

    @Override
    public StackTraceElement location() {
        return GeneratorPlaces.in(method);
    }
}
