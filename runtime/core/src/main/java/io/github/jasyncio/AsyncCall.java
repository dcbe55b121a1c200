package io.github.jasyncio;

import io.github.jasyncio.internal.Execution;
import io.github.jasyncio.internal.Frame;
import org.jspecify.annotations.Nullable;

/** A coroutine that calls for the real one when it runs; see {@link Asyncio#async}. Leaves by a tail call, so it is never suspended itself. */
final class AsyncCall<T> extends Frame<T> {

    private final AsyncCallable<T> callable;

    AsyncCall(AsyncCallable<T> callable) {
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
            throw Future.<RuntimeException>sneaky(e);
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
        return new StackTraceElement(Asyncio.class.getName(), "async", "Asyncio.java", -1);
    }
}
