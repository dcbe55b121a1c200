package io.github.jasyncio;

import java.util.concurrent.CompletableFuture;

/** Hands a coroutine to a loop on another thread. Semantics: {@code asyncio.run_coroutine_threadsafe}. */
final class ThreadsafeCall {

    private ThreadsafeCall() {}

    static <T> CompletableFuture<T> submit(Coroutine<T> coroutine, EventLoop loop) {
        if (coroutine == null) {
            throw new NullPointerException("runCoroutineThreadsafe: a coroutine was expected, got null");
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        loop.callSoonThreadsafe(() -> {
            try {
                CompletableFutures.chain(loop.createTask(coroutine), result);
            } catch (Throwable t) {
                // The caller must not wait for ever; the loop's exception handler is told as well.
                result.completeExceptionally(t);
                throw t;
            }
        });
        return result;
    }
}
