package io.github.jasyncio.samples.basics;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.run;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncCloseable;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.resources.AsyncExitStack;
import java.time.Duration;
import java.util.List;

/**
 * A resource whose closing takes a wait is an {@code AsyncCloseable}; in an async method try-with-resources awaits its closing. {@code AsyncExitStack} closes as
 * many as there turn out to be.
 */
final class Closing {

    private Closing() {}

    public static void main(String... args) {
        run(program());
    }

    @Async
    static Coroutine<Void> program() {
        try (Door front = await(open("front door"));
                Door back = await(open("back door"))) {
            System.out.println("a draught between " + front + " and " + back);
            throw new IllegalStateException("too cold");
        } catch (IllegalStateException e) {
            System.out.println(e.getMessage() + ", but both are closed");
        }

        try (AsyncExitStack doors = new AsyncExitStack()) {
            for (String name : List.of("first", "second", "third")) {
                await(doors.enterAsyncContext(open(name)));
            }
        }
        return Coroutine.done();
    }

    @Async
    static Coroutine<Door> open(String name) {
        await(sleep(Duration.ofMillis(2)));
        System.out.println(name + " is open");
        return Coroutine.of(new Door(name));
    }

    /** Closes slowly. */
    private record Door(String name) implements AsyncCloseable {

        @Async
        @Override
        public Coroutine<Void> closeAsync() {
            await(sleep(Duration.ofMillis(2)));
            System.out.println(name + " is closed");
            return Coroutine.done();
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
