package io.github.jasyncio.internal.functions;

import io.github.jasyncio.Future;
import io.github.jasyncio.KeyboardInterrupt;
import java.util.function.Consumer;

/** Stops a future's loop when the future is done. Semantics: {@code base_events._run_until_complete_cb}. */
public final class StopWhenDone<T> implements Consumer<Future<T>> {

    @Override
    public void accept(Future<T> future) {
        if (!future.isCancelled() && future.exception() instanceof KeyboardInterrupt) {
            // It has left the loop already; a stop would be left over for the next run.
            return;
        }
        future.getLoop().stop();
    }

    @Override
    public String toString() {
        return "runUntilComplete";
    }
}
