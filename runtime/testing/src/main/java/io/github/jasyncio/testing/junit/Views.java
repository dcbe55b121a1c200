package io.github.jasyncio.testing.junit;

import io.github.jasyncio.EventLoop;
import io.github.jasyncio.internal.introspection.LoopView;
import io.github.jasyncio.internal.introspection.Loops;

/** Finds what can be seen of a loop beyond its API. */
public final class Views {

    private Views() {}

    /** That of a loop which is not closed. */
    public static LoopView of(EventLoop loop) {
        return Loops.open().stream()
                .filter(view -> view.loop() == loop)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("this loop is closed: " + loop));
    }

    /** The view of the loop that runs on this thread. */
    public static LoopView here() {
        EventLoop loop = EventLoop.running();
        if (loop == null) {
            throw new IllegalStateException(
                    "no loop runs on thread '" + Thread.currentThread().getName() + "': await this in an async test");
        }
        return of(loop);
    }
}
