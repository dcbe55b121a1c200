package io.github.jasyncio.debug;

import static io.github.jasyncio.Asyncio.run;

import io.github.jasyncio.EventLoop;

/** Uses debug mode and ends, one way or the other; called in a class loader of its own. */
public final class Application {

    private Application() {}

    /** Everything is in order. */
    public static void runs() {
        run(Orders.price(1), true);
    }

    /** A loop is lost, with a task. */
    public static void leavesOpen() {
        EventLoop open = EventLoop.builder().virtualTime().debug(true).build();
        open.createTask(Orders.price(1), "abandoned");
        open.stop();
        open.runForever();
    }

    /** A coroutine is lost. */
    public static void drops() {
        run(Orders.forgetsToAwait(), true);
    }
}
