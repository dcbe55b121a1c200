package io.github.jasyncio.agent;

import java.util.regex.Pattern;

/**
 * A program in two versions, which differ in nothing that a stack trace shows: an asynchronous one and its synchronous twin.
 *
 * <p>The text is Java, but for some words: {@code ASYNC Integer f()} begins an async method, {@code AWAIT(x)} awaits, {@code OF(v)} is a finished
 * coroutine, {@code PAUSE;} a suspension, {@code RUN(x)} runs a coroutine; {@code [[asynchronous|synchronous]]} stands for one or the other.
 *
 * @param text one class, without imports
 */
record TwinSource(String text) {

    private static final Pattern CHOICE = Pattern.compile("\\[\\[(.*?)\\|(.*?)\\]\\]");

    private static final String IMPORTS = "import static io.github.jasyncio.Asyncio.*; import io.github.jasyncio.*;"
            + " import java.time.Duration; import java.util.concurrent.Callable; import java.util.concurrent.CompletableFuture;\n";

    String asynchronous() {
        return IMPORTS
                + CHOICE.matcher(text)
                        .replaceAll("$1")
                        .replaceAll("ASYNC (\\w+)", "@Async Coroutine<$1>")
                        .replace("AWAIT(", "await(")
                        .replace("OF(", "Coroutine.of(")
                        .replace("PAUSE;", "await(sleep(Duration.ZERO));")
                        .replace("RUN(", "run(");
    }

    String synchronous() {
        return IMPORTS
                + CHOICE.matcher(text)
                        .replaceAll("$2")
                        .replaceAll("ASYNC (\\w+)", "$1")
                        .replace("AWAIT(", "(")
                        .replace("OF(", "(")
                        .replace("PAUSE;", ";")
                        .replace("RUN(", "same(");
    }
}
