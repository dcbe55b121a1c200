package io.github.jasyncio.internal.functions;

import io.github.jasyncio.Awaitable;

/** Explains an {@code await} or {@code emit} that was really called: its class was not rewritten. */
public final class NotRewritten {

    private static final String MESSAGE = """
            %s.%s(%s:%s): %s was called, but the class %s was not rewritten, so it cannot suspend. Have it rewritten in one of these ways.

            When Maven builds it, by these lines in pom.xml:
                <plugin>
                  <groupId>io.github.jasyncio</groupId>
                  <artifactId>jasyncio-maven-plugin</artifactId>
                  <version>(that of jasyncio-runtime)</version>
                  <executions>
                    <execution>
                      <goals>
                        <goal>transform</goal>
                        <goal>transform-tests</goal>
                      </goals>
                    </execution>
                  </executions>
                </plugin>
            When javac compiles it, in any other build:
                javac -processorpath jasyncio-agent.jar -Xplugin:jasyncio ...
            When it is loaded, by the agent:
                java -javaagent:jasyncio-agent.jar ...

            If it is rewritten, then this %s.""";

    private static final String AWAIT =
            "await stands outside of an async method: only @Async methods and lambdas that return Coroutine can await";
    private static final String EMIT =
            "emit stands outside of an async generator: only @Async methods and lambdas that return AsyncGenerator can emit";

    private static final String RELOCATED = """


            This program has jasyncio under another name, %s. If a tool relocated it before the classes were rewritten, nothing rewrites them any more: rewrite first, then relocate.""";

    /** Put together here, because tools that relocate the runtime would change it as one text. */
    private static final String OWN_NAME = String.join(".", "io", "github", "jasyncio");

    private NotRewritten() {}

    /** For {@code Asyncio.await}: names who called it. */
    public static IllegalStateException await() {
        return atCaller("await", AWAIT);
    }

    /** The same for {@code Asyncio.emit}. */
    public static IllegalStateException emit() {
        return atCaller("emit", EMIT);
    }

    private static IllegalStateException atCaller(String what, String whereItMayStand) {
        StackWalker.StackFrame caller = StackWalker.getInstance()
                .walk(frames -> frames.skip(3).findFirst().orElseThrow());
        String name = Awaitable.class.getPackageName();
        String message = MESSAGE.formatted(
                caller.getClassName(),
                caller.getMethodName(),
                caller.getFileName(),
                caller.getLineNumber(),
                what,
                caller.getClassName(),
                whereItMayStand);
        return new IllegalStateException(name.equals(OWN_NAME) ? message : message + RELOCATED.formatted(name));
    }
}
