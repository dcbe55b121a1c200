package io.github.jasyncio.internal.functions;

import io.github.jasyncio.Context;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.internal.Execution;
import io.github.jasyncio.internal.Frame;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Semantics: {@code asyncio.to_thread}. Leaves by a tail call, so it is never suspended itself. */
public final class ToThread<T> extends Frame<T> {

    private final Callable<? extends T> callable;

    public ToThread(Callable<? extends T> callable) {
        if (callable == null) {
            throw new NullPointerException("toThread: a callable was expected, got null");
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
        EventLoop loop = Facade.runningLoop();
        Context context = Context.copyContext();
        Callable<T> inContext = () -> context.<T, Exception>run(callable::call);
        return loop.<T>runInExecutor(null, inContext).start(execution);
    }

    @Override
    protected @Nullable Object resume(Execution execution) {
        throw new IllegalStateException(
                "jasyncio resumed a coroutine that does not suspend (a bug in jasyncio): " + this);
    }

    @Override
    public StackTraceElement location() {
        return Facade.place("toThread");
    }
}
