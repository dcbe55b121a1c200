package io.github.jasyncio.resources;

import static io.github.jasyncio.Asyncio.allTasks;
import static io.github.jasyncio.Asyncio.async;
import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncCallable;
import io.github.jasyncio.AsyncCloseable;
import io.github.jasyncio.Awaitable;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** Doors that open and close slowly on a loop of virtual time, and a log of what they do: {@code <ms> <event>}. */
abstract class ResourcesTest {

    static final Duration OPENING = Duration.ofMillis(10);
    static final Duration CLOSING = Duration.ofMillis(5);

    final EventLoop loop = EventLoop.builder().virtualTime().build();
    final List<String> log = new ArrayList<>();
    private final List<Object> reports = new ArrayList<>();

    ResourcesTest() {
        loop.setExceptionHandler((source, context) -> reports.add(context));
    }

    /** Runs an async lambda as the loop's main task; it fails if nobody wakes it for an hour, which takes no time. */
    final void run(AsyncCallable<Void> body) {
        loop.runUntilComplete(waitFor(async(body), Duration.ofHours(1)));
    }

    @AfterEach
    final void nothing_is_left_behind() {
        assertThat(allTasks(loop)).isEmpty();

        loop.close();

        assertThat(reports).isEmpty();
    }

    final void log(String event) {
        log.add(loop.time() / 1_000_000 + " " + event);
    }

    /** Opens a door. */
    @Async
    final Coroutine<Door> open(String name) {
        log("opens " + name);
        await(sleep(OPENING));
        log(name + " is open");
        return Coroutine.of(new Door(name));
    }

    /** What awaiting it throws; null if nothing. */
    @Async
    static Coroutine<@Nullable Throwable> failureOf(Awaitable<?> awaitable) {
        try {
            await(awaitable);
        } catch (Throwable failure) {
            return Coroutine.of(failure);
        }
        return Coroutine.of(null);
    }

    /** Closing it takes a while, and fails if its name begins with "stuck". */
    final class Door implements AsyncCloseable {

        private final String name;

        Door(String name) {
            this.name = name;
        }

        @Async
        @Override
        public Coroutine<Void> closeAsync() {
            log("closes " + name);
            try {
                await(sleep(CLOSING));
            } catch (Throwable t) {
                log(name + " is left ajar");
                throw t;
            }
            if (name.startsWith("stuck")) {
                throw new IllegalStateException(name);
            }
            log(name + " is closed");
            return Coroutine.done();
        }
    }
}
