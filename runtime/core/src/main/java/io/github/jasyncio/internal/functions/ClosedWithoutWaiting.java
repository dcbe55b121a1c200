package io.github.jasyncio.internal.functions;

import io.github.jasyncio.internal.traces.TraceElements;

/**
 * Explains a {@code close()} that was really called although closing takes a wait: it stands in the source so, or try-with-resources made it where nothing can wait,
 * or in a class that was not rewritten.
 */
public final class ClosedWithoutWaiting {

    private static final String MESSAGE = """
            %s.%s(%s:%s): close() was called on %s, which is still open: closing it takes a wait.
            Write await(....closeAsync()) in an @Async method, or make it the resource of a try-with-resources statement, which does so: a call of close() that stands in the source is an ordinary call.
            %s
            Where nothing can wait, let a loop do it: runCoroutineThreadsafe(resource.closeAsync(), loop) or, where no loop runs, run(resource.closeAsync()).""";

    /** In the body of an async method: that there is such a body means that the class was rewritten. */
    private static final String IN_BODY =
            "Was it try-with-resources that called, then in a synchronized block: nothing can wait there. Use io.github.jasyncio.sync.Lock.";

    private static final String ELSEWHERE =
            "Was it try-with-resources that called, then in a method that is not @Async, or the class %s was not rewritten.";

    private ClosedWithoutWaiting() {}

    /** For {@code AsyncCloseable.close}: names who called it. */
    public static IllegalStateException atCaller(Object resource) {
        StackTraceElement caller = StackWalker.getInstance()
                .walk(frames -> frames.skip(2).findFirst().orElseThrow())
                .toStackTraceElement();
        return new IllegalStateException(MESSAGE.formatted(
                caller.getClassName(),
                TraceElements.asWritten(caller).getMethodName(),
                caller.getFileName(),
                caller.getLineNumber(),
                resource,
                TraceElements.isBody(caller) ? IN_BODY : ELSEWHERE.formatted(caller.getClassName())));
    }
}
