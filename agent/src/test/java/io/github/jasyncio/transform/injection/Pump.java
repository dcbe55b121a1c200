package io.github.jasyncio.transform.injection;

import io.github.jasyncio.AsyncGenerator;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.internal.Execution;
import io.github.jasyncio.internal.Frame;
import java.util.ArrayDeque;
import java.util.Arrays;
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

    private static final CompletionStage<?> READY = CompletableFuture.completedFuture(null);

    /** More methods and awaits than there are in any of the libraries. */
    private static final int MOST = 200_000;

    /** So often each await suspends at first: then all awaits around it do, too. */
    private static final int FIRST = 10;

    /** Later it suspends once in so many times (a prime, so that it keeps no step with loops), among others that are ready. */
    private static final int THEN = 31;

    /** How often each method was called, and each await reached. Threads may lose counts; it does not matter. */
    private static int[] called = {};

    private static int[] reached = {};

    /** So many calls of a method await; later, one in {@link #THEN}. */
    private static int mostCalls;

    private final Deque<CompletableFuture<Object>> pending = new ArrayDeque<>();
    private long suspensions;

    private Pump() {}

    /**
     * Begins anew.
     *
     * @param calls how many calls of each method await, before only some do: some tests call a method a hundred million times
     */
    static void begin(int calls) {
        mostCalls = calls;
        called = new int[MOST];
        reached = new int[MOST];
    }

    /** Called by injected code: whether method number {@code number} awaits this time. */
    public static boolean isOn(int number) {
        int times = called[number]++;
        return times < mostCalls || times % THEN == 0;
    }

    /** How many awaits have suspended, each at least once. */
    static long suspended() {
        return Arrays.stream(reached).filter(times -> times > 0).count();
    }

    /** How often code on this thread has suspended so far. */
    static long suspensions() {
        return CURRENT.get().suspensions;
    }

    /** Called by injected code: what await number {@code number} awaits. */
    public static CompletionStage<?> point(int number) {
        int times = reached[number]++;
        if (times >= FIRST && (times + number) % THEN != 0) {
            return READY;
        }
        Pump pump = CURRENT.get();
        CompletableFuture<Object> stage = new CompletableFuture<>();
        pump.pending.push(stage);
        pump.suspensions++;
        return stage;
    }

    /** Called by injected code: the same for a call whose result is the only value of a generator; what stands behind its emit runs, too. */
    public static @Nullable Object join(AsyncGenerator<?> call) {
        Object value = drive(call.next());
        if (drive(call.hasNext()) != Boolean.FALSE) {
            throw new IllegalStateException("the call goes on behind its result");
        }
        return value;
    }

    private static @Nullable Object drive(Coroutine<?> coroutine) {
        Execution execution = new Execution();
        Object result = execution.run(coroutine);
        while (result == Execution.SUSPENDED) {
            Frame<?> innermost = execution.innermost();
            CompletableFuture<Object> stage = CURRENT.get().pending.poll();
            if (innermost == null || stage == null || stage != execution.awaited()) {
                throw new IllegalStateException("the call waits for something that nobody completes");
            }
            execution.clear();
            stage.complete(null);
            result = execution.resume(innermost, null, null);
        }
        return result;
    }

    /** Called by injected code: completes what the call awaits, innermost first, until it is done, and gives its value or throws its failure. */
    public static @Nullable Object join(CompletableFuture<?> call) throws Throwable {
        while (!call.isDone()) {
            CompletableFuture<Object> stage = CURRENT.get().pending.poll();
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
