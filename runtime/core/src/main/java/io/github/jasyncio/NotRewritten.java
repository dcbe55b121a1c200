package io.github.jasyncio;

/** Explains an {@code await} that was really called: its class was not rewritten. */
final class NotRewritten {

    private NotRewritten() {}

    /** For {@link Asyncio#await}: names who called it. */
    static IllegalStateException atCaller() {
        StackWalker.StackFrame caller = StackWalker.getInstance()
                .walk(frames -> frames.skip(2).findFirst().orElseThrow());
        return new IllegalStateException(caller.getClassName() + "." + caller.getMethodName() + "("
                + caller.getFileName() + ":" + caller.getLineNumber() + "): await was called, but the class "
                + caller.getClassName() + " was not rewritten, so it cannot suspend.\n"
                + "    Rewrite it when it is loaded:  java -javaagent:jasyncio-agent.jar ...\n"
                + "    or when it is built:           <plugin> io.github.jasyncio:jasyncio-maven-plugin, goal transform\n"
                + "    If it is rewritten, then this await stands outside of an async method: only @Async methods and"
                + " lambdas that return Coroutine can await.");
    }
}
