package io.github.jasyncio.generators;

import static io.github.jasyncio.Asyncio.allTasks;
import static io.github.jasyncio.Asyncio.async;
import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.emit;
import static io.github.jasyncio.Asyncio.sleep;
import static io.github.jasyncio.Asyncio.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jasyncio.Async;
import io.github.jasyncio.AsyncCallable;
import io.github.jasyncio.AsyncGenerator;
import io.github.jasyncio.Awaitable;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** A loop with virtual time for each test, and generators that log what they do. */
abstract class GeneratorTest {

    final EventLoop loop = EventLoop.builder().virtualTime().build();
    final List<Object> log = new ArrayList<>();
    final List<Map<String, Object>> reports = new ArrayList<>();

    GeneratorTest() {
        loop.setExceptionHandler((source, context) -> reports.add(Map.copyOf(context)));
    }

    /** Runs an async lambda as the loop's main task; it fails if nobody wakes it for an hour, which takes no time. */
    final void run(AsyncCallable<Void> body) {
        loop.runUntilComplete(waitFor(async(body), Duration.ofHours(1)));
    }

    @AfterEach
    final void nothing_is_left_behind() {
        loop.runUntilComplete(loop.shutdownAsyncGenerators());
        assertThat(allTasks(loop)).isEmpty();

        loop.close();

        assertThat(reports).isEmpty();
    }

    /** Gives the others one turn. */
    static Coroutine<Void> turn() {
        return sleep(Duration.ZERO);
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

    /** Emits 0 to n - 1, and yields before each. */
    @Async
    final AsyncGenerator<Integer> numbers(int n) {
        log.add("begins");
        try {
            for (int i = 0; i < n; i++) {
                await(turn());
                emit(i);
            }
        } finally {
            log.add("finally");
            await(turn());
            log.add("cleaned up");
        }
        return AsyncGenerator.done();
    }
}
