package io.github.jasyncio.samples.benchmarks.costs;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** What {@link DebugModes} lets run, on a loop of its own. */
public final class DebugWork implements LongSupplier {

    private static final int SIZE = DebugModes.SIZE;

    private final String kind;
    private final EventLoop loop = EventLoop.builder().debug(false).build();

    /**
     * Makes it.
     *
     * @param kind the name of a {@link DebugModes.Work}
     */
    public DebugWork(String kind) {
        this.kind = kind;
    }

    void setDebug(boolean isOn) {
        loop.setDebug(isOn);
    }

    void close() {
        loop.close();
    }

    @Override
    public long getAsLong() {
        return loop.runUntilComplete(
                switch (kind) {
                    case "READY" -> ready();
                    case "YIELD" -> yields();
                    case "SPAWN" -> spawn();
                    default -> throw new IllegalStateException(kind);
                });
    }

    @Async
    private static Coroutine<Long> ready() {
        long sum = 0;
        for (int i = 0; i < SIZE; i++) {
            sum += await(next(i));
        }
        return Coroutine.of(sum);
    }

    @Async
    private static Coroutine<Integer> next(int i) {
        return Coroutine.of(i);
    }

    @Async
    private static Coroutine<Long> yields() {
        for (int i = 0; i < SIZE; i++) {
            await(sleep(Duration.ZERO));
        }
        return Coroutine.of((long) SIZE);
    }

    @Async
    private static Coroutine<Long> spawn() {
        List<Task<Integer>> tasks = new ArrayList<>(SIZE);
        for (int i = 0; i < SIZE; i++) {
            tasks.add(createTask(next(i)));
        }
        long sum = 0;
        for (Task<Integer> task : tasks) {
            sum += await(task);
        }
        return Coroutine.of(sum);
    }
}
