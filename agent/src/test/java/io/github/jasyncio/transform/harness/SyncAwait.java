package io.github.jasyncio.transform.harness;

import io.github.jasyncio.AsyncCloseable;
import io.github.jasyncio.Awaitable;
import io.github.jasyncio.internal.Execution;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What {@code Asyncio.await} becomes in the synchronous twin: evaluates at once what cannot suspend there. */
public final class SyncAwait {

    /** Marks what runs synchronously. */
    static final Execution EXECUTION = new Execution();

    private SyncAwait() {}

    @SuppressWarnings("unchecked") // as typed as await is
    public static <T> @Nullable T await(Awaitable<? extends T> awaitable) {
        if (awaitable == null) {
            throw new NullPointerException();
        }
        return (T) awaitable.start(EXECUTION);
    }

    /** What the closing of a resource becomes. */
    public static void close(Object resource) throws Exception {
        if (resource instanceof AsyncCloseable closeable) {
            await(closeable.closeAsync());
        } else {
            ((AutoCloseable) resource).close();
        }
    }

    @SuppressWarnings("unchecked") // as typed as await is
    public static <T> @Nullable T await(CompletionStage<? extends T> stage) {
        if (stage == null) {
            throw new NullPointerException();
        }
        try {
            return (T) stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw Probe.<RuntimeException>sneaky(e.getCause() == null ? e : e.getCause());
        }
    }
}
