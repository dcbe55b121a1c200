package io.github.jasyncio.internal.functions;

/** Explains that there is no event loop where one is needed, and how to come by one: at the beginning of a program, and inside of somebody else's. */
public final class NoLoop {

    /** Whoever is called by a web server has no program to start; a loop that nobody runs would let him wait for ever. */
    private static final String MESSAGE = """
            %s on thread '%s': coroutines have one while a loop runs them, and so have callbacks
                Where a program begins, write: run(coroutine).
                On a thread of others, a web server's say, hand the coroutine to a loop: runCoroutineThreadsafe(coroutine, loop). One loop is enough for the
                application: EventLoop.over(Executors.newSingleThreadScheduledExecutor()).
                An @Async CompletableFuture method has the loop that runs where it is called: call it from a coroutine or callback of that loop.""";

    private NoLoop() {}

    /** For what needs the loop that runs. */
    static IllegalStateException running() {
        return new IllegalStateException(missing("no running event loop"));
    }

    /** For what makes do with one that is to run. */
    public static IllegalStateException current() {
        return new IllegalStateException(missing("there is no current event loop")
                + "\n    Or setEventLoop(loop) before, and run the loop afterwards: loop.runUntilComplete(...).");
    }

    private static String missing(String what) {
        return MESSAGE.formatted(what, Thread.currentThread().getName());
    }
}
