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

    /** Waits for the end of the task, also if it is cancelled meanwhile: then that is asked to end, and what it makes of it counts. */
    @Async
    private Coroutine<T> result() {
        Future<T> home = wrapFuture(outcome);
        while (true) {
            try {
                return Coroutine.of(await(shield(home)));
            } catch (CancelledError e) {
                if (outcome.isDone()) {
                    home.addDoneCallback(Submission::lookAt); // it may be on its way still, and nobody will
                    throw e;
                }
                cancel();
            }
        }
    }

    private static void lookAt(Future<?> done) {
        if (!done.isCancelled()) {
            done.exception();
        }
    }

    private void cancel() {
        member.tell(() -> {
            if (task != null) {
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
        finish(
                null,
                new IllegalStateException("the loop group was closed before this ended on its loop '" + member
                        + "'; close it when nobody needs it any more"));
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
