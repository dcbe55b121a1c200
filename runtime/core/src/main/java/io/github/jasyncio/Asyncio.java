package io.github.jasyncio;

import java.util.concurrent.CompletionStage;

/** The functions of Python's {@code asyncio} module, for static import. */
public final class Asyncio {

    private Asyncio() {}

    /**
     * Waits for {@code awaitable} without blocking the thread, and gives its value; a failure is thrown as it is, the very same object.
     *
     * <p>Semantics: Python's {@code await}. Only in {@link Async} methods, and in lambdas that return {@link Coroutine}; the rewriting
     * replaces the call.
     */
    public static <T> T await(Awaitable<? extends T> awaitable) {
        throw notRewritten();
    }

    /** The same for Java's own asynchronous results. Cancelling the task that waits cancels the stage's {@code CompletableFuture}. */
    public static <T> T await(CompletionStage<? extends T> stage) {
        throw notRewritten();
    }

    private static IllegalStateException notRewritten() {
        StackWalker.StackFrame caller = StackWalker.getInstance()
                .walk(frames -> frames.skip(2).findFirst().orElseThrow());
        return new IllegalStateException(
                caller.getClassName() + "." + caller.getMethodName() + "(" + caller.getFileName() + ":"
                        + caller.getLineNumber() + "): await reached a class that was not rewritten");
    }
}
