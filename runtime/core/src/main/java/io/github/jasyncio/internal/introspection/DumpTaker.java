package io.github.jasyncio.internal.introspection;

import io.github.jasyncio.introspection.Dump;
import io.github.jasyncio.introspection.LoopDump;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads all loops of the process, on any thread.
 *
 * <p>A loop that runs on another thread is asked: it reads itself between two callbacks. One that does not answer in time is read all the
 * same, as far as that goes, and it is said so; that is the loop that people want to see.
 */
public final class DumpTaker {

    /** How long all loops together may take to answer, if nobody says otherwise. */
    public static final Duration PATIENCE = Duration.ofSeconds(1);

    private DumpTaker() {}

    /** Reads all that are not closed. */
    public static Dump takeAll() {
        return take(Loops.open(), PATIENCE);
    }

    /**
     * Reads loops.
     *
     * @param patience how long to wait for the answers, all together
     */
    public static Dump take(List<LoopView> loops, Duration patience) {
        // All are asked before the first answer is waited for.
        List<@Nullable CompletableFuture<LoopDump>> answers = new ArrayList<>();
        loops.forEach(loop -> answers.add(ask(loop)));
        long deadline = System.nanoTime() + patience.toNanos();
        List<LoopDump> dumps = new ArrayList<>();
        for (int i = 0; i < loops.size(); i++) {
            CompletableFuture<LoopDump> answer = answers.get(i);
            LoopDump dump = answer == null ? LoopReader.read(loops.get(i), true) : await(answer, deadline);
            dumps.add(dump == null ? LoopReader.read(loops.get(i), false) : dump);
        }
        return new Dump(dumps);
    }

    /** Null if nobody has to be asked: the loop is this thread's, or stands still. */
    private static @Nullable CompletableFuture<LoopDump> ask(LoopView loop) {
        if (!loop.isRunning() || loop.thread() == Thread.currentThread()) {
            return null;
        }
        CompletableFuture<LoopDump> answer = new CompletableFuture<>();
        try {
            loop.callSoonThreadsafe(() -> answer.complete(LoopReader.read(loop, true)));
        } catch (IllegalStateException | RejectedExecutionException e) {
            return null; // closed meanwhile, or its executor takes no turns any more
        }
        return answer;
    }

    private static @Nullable LoopDump await(CompletableFuture<LoopDump> answer, long deadline) {
        try {
            return answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException e) {
            throw new AssertionError("reading a loop failed (a bug in jasyncio)", e.getCause());
        }
    }
}
