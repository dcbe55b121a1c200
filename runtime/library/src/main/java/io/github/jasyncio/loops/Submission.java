package io.github.jasyncio.loops;

import static io.github.jasyncio.Asyncio.async;
import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.shield;
import static io.github.jasyncio.Asyncio.wrapFuture;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncCallable;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.Future;
import io.github.jasyncio.Task;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A coroutine that runs on one loop for somebody elsewhere.
 *
 * @param <T> what it gives
 */
final class Submission<T> {

    private final Member member;
    private final AsyncCallable<? extends T> body;

    /** What it has come to. Also whoever holds this may cancel it, if he is no coroutine. */
    private final CompletableFuture<T> outcome = new CompletableFuture<>();

    /** Only on the member's loop. */
    private @Nullable Task<? extends T> task;

    /** How many cancellations the task has heard of before its end; whoever has the outcome may read it. */
    private int reached;

    private Submission(Member member, AsyncCallable<? extends T> body) {
        this.member = member;
        this.body = body;
    }

    /** Begun when it is awaited. */
    @Async
    static <T> Coroutine<T> awaited(Supplier<Member> member, AsyncCallable<? extends T> body) {
        Submission<T> submission = new Submission<>(member.get(), body);
        submission.begin();
        return submission.result();
    }

    /** Begun now, for who is no coroutine. */
    static <T> CompletableFuture<T> begun(Member member, AsyncCallable<? extends T> body) {
        Submission<T> submission = new Submission<>(member, body);
        submission.begin();
        CompletableFuture<T> unused = submission.outcome.whenComplete((value, failure) -> {
            if (submission.outcome.isCancelled()) {
                submission.cancel();
            }
        });
        return submission.outcome;
    }

    private void begin() {
        member.add(this);
        if (!member.tell(this::run)) {
            drop();
        }
    }

    /**
     * Waits for the end of the task, also if it is cancelled meanwhile: then that is asked to end, and what it makes of it counts. If it has ended before it heard of that,
     * the cancellation stays with who waits, as with a task of one's own loop.
     */
    @Async
    private Coroutine<T> result() {
        // One for all rounds: of several, those that a cancellation has left would have failures that nobody retrieves.
        Future<T> heard = wrapFuture(outcome);
        int asked = 0;
        CancelledError last = null;
        while (true) {
            T value;
            try {
                value = await(shield(heard));
            } catch (CancelledError e) {
                if (heard.isDone()) {
                    throw e;
                }
                last = e;
                asked++;
                cancel();
                continue;
            } catch (Throwable t) {
                if (last != null && asked > reached) {
                    throw last;
                }
                throw t;
            }
            if (last != null && asked > reached) {
                throw last;
            }
            return Coroutine.of(value);
        }
    }

    private void cancel() {
        member.tell(() -> {
            if (task != null && !task.isDone()) {
                reached++;
                task.cancel();
            }
        });
    }

    // ------------------------------------------------------------------------------------------------ on the member's
    // loop

    private void run() {
        if (member.isEnding()) {
            drop();
            return;
        }
        Task<? extends T> task = createTask(async(body::call));
        this.task = task;
        task.addDoneCallback(this::ended);
    }

    private void ended(Future<? extends T> task) {
        if (task.isCancelled()) {
            if (member.isEnding()) {
                drop();
            } else {
                finish(null, cancellationOf(task));
            }
            return;
        }
        Throwable failure = task.exception();
        finish(failure == null ? task.result() : null, failure);
    }

    private static Throwable cancellationOf(Future<?> cancelled) {
        try {
            cancelled.result();
            return new CancelledError();
        } catch (CancelledError e) {
            return e;
        }
    }

    /** Its loop ends before it could. Thread-safe. */
    void drop() {
        finish(null, member.whyDropped());
    }

    @SuppressWarnings("NullAway") // null is a value, too
    private void finish(@Nullable T value, @Nullable Throwable failure) {
        member.remove(this);
        if (failure == null) {
            outcome.complete(value);
        } else {
            outcome.completeExceptionally(failure);
        }
    }
}
