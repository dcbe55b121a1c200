package io.github.jasyncio.transform.generator;

import java.util.List;

/** An async method of a random program; it calls only those with higher numbers, so there is no recursion. */
record Signature(int number, boolean isEager, boolean isStatic, List<Kind> parameters, Kind result) {

    /** The type that it returns. */
    String type() {
        return (isEager ? "CompletableFuture<" : "Coroutine<") + result.boxed + ">";
    }

    String name() {
        return "m" + number;
    }
}
