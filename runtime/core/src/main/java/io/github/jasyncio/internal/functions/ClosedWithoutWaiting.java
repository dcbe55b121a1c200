package io.github.jasyncio.internal.functions;

/** Explains a {@code close()} that was really called although closing takes a wait: no async method did it, or one that was not rewritten. */
public final class ClosedWithoutWaiting {

    private static final String MESSAGE = """
            %s.%s(%s:%s): close() was called on %s, which is still open: closing it takes a wait.
            Write await(....closeAsync()). In an @Async method try-with-resources does so by itself; in one that did not, the class %s was not rewritten.
            Where nothing can wait, let a loop do it: runCoroutineThreadsafe(resource.closeAsync(), loop) or, where no loop runs, run(resource.closeAsync()).""";

    private ClosedWithoutWaiting() {}

    /** For {@code AsyncCloseable.close}: names who called it. */
    public static IllegalStateException atCaller(Object resource) {
        StackWalker.StackFrame caller = StackWalker.getInstance()
                .walk(frames -> frames.skip(2).findFirst().orElseThrow());
        return new IllegalStateException(MESSAGE.formatted(
                caller.getClassName(),
                caller.getMethodName(),
                caller.getFileName(),
                caller.getLineNumber(),
                resource,
                caller.getClassName()));
    }
}
