package io.github.jasyncio.transform.injection;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What injected code awaits, and how its unsuspecting callers wait for it: everything stays on the calling thread, so the code sees the thread it
 * always saw.
 */
public final class Pump {

    private static final ThreadLocal<Pump> CURRENT = ThreadLocal.withInitial(Pump::new);

    /** Every n-th await suspends; 0 for none. */
    private static volatile int suspendEvery;

    private final Deque<CompletableFuture<Object>> pending = new ArrayDeque<>();
    private int awaits;
    private long suspensions;

    private Pump() {}

    static void suspendEvery(int n) {
        suspendEvery = n;
    }

    /** How often code on this thread has suspended so far. */
    static long suspensions() {
        return CURRENT.get().suspensions;
    }

    /** Called by injected code: what its next await awaits. */
    public static CompletionStage<?> point() {
        int every = suspendEvery;
        Pump pump = CURRENT.get();
        if (every == 0 || ++pump.awaits % every != 0) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Object> stage = new CompletableFuture<>();
        pump.pending.push(stage);
        pump.suspensions++;
        return stage;
    }

    /** Called by injected code: completes what the call awaits, innermost first, until it is done, and gives its value or throws its failure. */
    public static @Nullable Object join(CompletableFuture<?> call) throws Throwable {
        Pump pump = CURRENT.get();
        while (!call.isDone()) {
            CompletableFuture<Object> stage = pump.pending.poll();
            if (stage == null) {
                throw new IllegalStateException("the call waits for something that nobody completes");
            }
            stage.complete(null);
        }
        try {
            return call.join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause();
            throw cause == null ? e : cause;
        }
    }
}
