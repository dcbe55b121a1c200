package io.github.jasyncio.internal.functions;

import io.github.jasyncio.AsyncCallable;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.internal.Execution;
import io.github.jasyncio.internal.Frame;
import io.github.jasyncio.internal.Sneaky;
import org.jspecify.annotations.Nullable;

/** A coroutine that calls for the real one when it runs; see {@code Asyncio.async}. Leaves by a tail call, so it is never suspended itself. */
public final class AsyncCall<T> extends Frame<T> {

    private final AsyncCallable<T> callable;

    public AsyncCall(AsyncCallable<T> callable) {
        if (callable == null) {
            throw new NullPointerException("async: a callable was expected, got null");
        }
        this.callable = callable;
    }

    @Override
    public @Nullable Object start(Execution execution) {
        return startInPlace(execution);
    }

    @Override
    public @Nullable Object startInPlace(Execution execution) {
        begin();
        Coroutine<?> body;
        try {
            body = callable.call();
        } catch (Exception e) {
            throw Sneaky.<RuntimeException>failure(e);
        }
        return Execution.present(body).start(execution);
    }

    @Override
    protected @Nullable Object resume(Execution execution) {
        throw new IllegalStateException(
                "jasyncio resumed a coroutine that does not suspend (a bug in jasyncio): " + this);
    }

    @Override
    public StackTraceElement location() {
        return Facade.place("async");
    }
}
