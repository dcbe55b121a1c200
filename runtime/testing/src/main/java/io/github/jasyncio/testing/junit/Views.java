package io.github.jasyncio.testing.junit;

import io.github.jasyncio.internal.introspection.LoopView;
import io.github.jasyncio.internal.introspection.Loops;

/** Finds what can be seen of a loop beyond its API. */
public final class Views {

    private Views() {}

    /** The view of the loop that runs on this thread. */
    public static LoopView here() {
        Thread thread = Thread.currentThread();
        return Loops.open().stream()
                .filter(loop -> loop.thread() == thread)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no loop runs on thread '" + thread.getName() + "': await this in an async test"));
    }
}
