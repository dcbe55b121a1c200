package io.github.jasyncio.transform.harness;

import io.github.jasyncio.AsyncGenerator;
import io.github.jasyncio.Awaitable;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.StopAsyncIteration;
import io.github.jasyncio.internal.Execution;
import io.github.jasyncio.internal.Frame;
import io.github.jasyncio.internal.Stages;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Awaits what a generator of {@link ThroughGenerators} emits; in the end, in tail position, what that returned. */
public final class Drain extends Frame<Object> {

    private static final int AWAITING = 1;

    private final AsyncGenerator<?> generator;

    /** Whether the generator is awaited, or what it has emitted. */
    private boolean isAsking;

    private @Nullable Returned returned;

    private Drain(AsyncGenerator<?> generator) {
        this.generator = generator;
    }

    /** Called by changed code. */
    public static Coroutine<?> of(AsyncGenerator<?> generator) {
        return new Drain(generator);
    }

    /** Called by changed code: marks what it returns. */
    public static Object returned(@Nullable Coroutine<?> coroutine) {
        return new Returned(coroutine);
    }

    private record Returned(@Nullable Coroutine<?> coroutine) {}

    @Override
    public @Nullable Object start(Execution execution) {
        begin();
        return goOn(null, null, execution);
    }

    @Override
    public @Nullable Object startInPlace(Execution execution) {
        return start(execution);
    }

    @Override
    protected @Nullable Object resume(Execution execution) {
        enter();
        Object value = null;
        Throwable failure = null;
        try {
            value = execution.result();
        } catch (Throwable t) {
            failure = t; // thrown at the emit, if that awaited it
        }
        return goOn(value, failure, execution);
    }

    private @Nullable Object goOn(@Nullable Object received, @Nullable Throwable failed, Execution execution) {
        Object value = received;
        Throwable failure = failed;
        while (true) {
            if (isAsking && failure instanceof StopAsyncIteration && returned != null) {
                return Execution.present(returned.coroutine()).start(execution);
            }
            if (isAsking && failure != null) {
                throw Probe.<RuntimeException>sneaky(failure);
            }
            isAsking = !isAsking;
            try {
                value = isAsking
                        ? (failure == null ? generator.send(value) : generator.throwInto(failure)).start(execution)
                        : await(value, execution);
                failure = null;
            } catch (Throwable t) {
                value = null;
                failure = t;
            }
            if (value == Execution.SUSPENDED) {
                state = AWAITING;
                return execution.suspended(this);
            }
        }
    }

    private @Nullable Object await(@Nullable Object emitted, Execution execution) {
        if (emitted instanceof Returned end) {
            returned = end;
            return null;
        }
        if (emitted instanceof CompletionStage<?> stage) {
            return Stages.start(stage, execution);
        }
        return Execution.present((Awaitable<?>) emitted).start(execution);
    }

    @Override
    public StackTraceElement location() {
        return new StackTraceElement(Drain.class.getName(), "goOn", "Drain.java", -1);
    }
}
