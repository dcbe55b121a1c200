package io.github.jasyncio.debug;

import static io.github.jasyncio.Asyncio.run;

import io.github.jasyncio.EventLoop;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Uses debug mode and ends, one way or the other; called in a class loader of its own. */
public final class Application {

    private Application() {}

    /** Everything is in order. */
    public static void runs() {
        run(Orders.price(1), true);
    }

    /** A loop is lost, with a task. */
    public static void leavesOpen() {
        quietly();
        EventLoop open = EventLoop.builder().virtualTime().debug(true).build();
        open.createTask(Orders.price(1), "abandoned");
        open.stop();
        open.runForever();
    }

    /** A coroutine is lost. */
    public static void drops() {
        quietly();
        run(Orders.forgetsToAwait(), true);
    }

    private static void quietly() {
        Logger.getLogger("jasyncio").setLevel(Level.OFF);
    }
}
