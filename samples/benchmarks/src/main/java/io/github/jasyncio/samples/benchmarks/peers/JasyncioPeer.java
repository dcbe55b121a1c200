package io.github.jasyncio.samples.benchmarks.peers;

import static io.github.jasyncio.Asyncio.await;
import static io.github.jasyncio.Asyncio.createTask;
import static io.github.jasyncio.Asyncio.gather;
import static io.github.jasyncio.Asyncio.getRunningLoop;
import static io.github.jasyncio.Asyncio.sleep;

import io.github.jasyncio.Async;
import io.github.jasyncio.CancelledError;
import io.github.jasyncio.Coroutine;
import io.github.jasyncio.EventLoop;
import io.github.jasyncio.Future;
import io.github.jasyncio.Task;
import io.github.jasyncio.samples.benchmarks.peer.HeapProbe;
import io.github.jasyncio.samples.benchmarks.peer.Peer;
import io.github.jasyncio.samples.benchmarks.peer.Workload;
import io.github.jasyncio.sync.Queue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Ours, rewritten at build time. */
final class JasyncioPeer implements Peer {

    private final EventLoop loop = EventLoop.builder().build();

    private <T> T run(Coroutine<T> coroutine) {
        return loop.runUntilComplete(coroutine);
    }

    @Override
    public long ready(int size) {
        return run(readyLoop(size));
    }

    @Async
    private static Coroutine<Long> readyLoop(int size) {
        long sum = 0;
        for (int i = 0; i < size; i++) {
            sum += await(next(i));
        }
        return Coroutine.of(sum);
    }

    @Async
    private static Coroutine<Integer> next(int i) {
        return Coroutine.of(i);
    }

    @Override
    public long fib(int size) {
        return run(fibonacci(size));
    }

    @Async
    private static Coroutine<Integer> fibonacci(int n) {
        if (n < 2) {
            return Coroutine.of(n);
        }
        return Coroutine.of(await(fibonacci(n - 1)) + await(fibonacci(n - 2)));
    }

    @Override
    public long yields(int size) {
        return run(yieldLoop(size));
    }

    @Async
    private static Coroutine<Long> yieldLoop(int size) {
        long count = 0;
        for (int i = 0; i < size; i++) {
            await(sleep(Duration.ZERO));
            count++;
        }
        return Coroutine.of(count);
    }

    @Override
    public long pingPong(int size) {
        return run(ping(new Table(loop), size));
    }

    private static final class Table {

        final EventLoop loop;
        Future<Integer> ping;
        Future<Integer> pong;

        Table(EventLoop loop) {
            this.loop = loop;
            ping = loop.createFuture();
            pong = loop.createFuture();
        }
    }

    @Async
    private static Coroutine<Long> ping(Table table, int size) {
        Task<Integer> other = createTask(pong(table, size));
        long sum = 0;
        for (int i = 0; i < size; i++) {
            table.pong = table.loop.createFuture();
            table.ping.setResult(i);
            sum += await(table.pong);
        }
        await(other);
        return Coroutine.of(sum);
    }

    @Async
    private static Coroutine<Integer> pong(Table table, int size) {
        for (int i = 0; i < size; i++) {
            int value = await(table.ping);
            table.ping = table.loop.createFuture();
            table.pong.setResult(value + 1);
        }
        return Coroutine.of(size);
    }

    @Override
    public long spawn(int size) {
        return run(spawnAll(size));
    }

    @Async
    private static Coroutine<Long> spawnAll(int size) {
        List<Task<Integer>> tasks = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            tasks.add(createTask(yieldOnce(i)));
        }
        List<Integer> numbers = await(gather(tasks));
        return Coroutine.of(sum(numbers));
    }

    @Async
    private static Coroutine<Integer> yieldOnce(int number) {
        await(sleep(Duration.ZERO));
        return Coroutine.of(number);
    }

    private static long sum(List<? extends Number> numbers) {
        long sum = 0;
        for (Number number : numbers) {
            sum += number.longValue();
        }
        return sum;
    }

    @Override
    public long deep(int size) {
        return run(nest(Workload.DEPTH, size));
    }

    @Async
    private static Coroutine<Long> nest(int depth, int size) {
        if (depth == 0) {
            return yieldLoop(size);
        }
        long inner = await(nest(depth - 1, size));
        return Coroutine.of(inner + 1);
    }

    @Override
    public long queue(int size) {
        return run(consume(size));
    }

    @Async
    private static Coroutine<Long> consume(int size) {
        Queue<Integer> queue = new Queue<>(Workload.CAPACITY);
        Task<Integer> producer = createTask(produce(queue, size));
        long sum = 0;
        for (int i = 0; i < size; i++) {
            sum += await(queue.get());
        }
        await(producer);
        return Coroutine.of(sum);
    }

    @Async
    private static Coroutine<Integer> produce(Queue<Integer> queue, int size) {
        for (int i = 0; i < size; i++) {
            await(queue.put(i));
        }
        return Coroutine.of(size);
    }

    @Override
    public long timers(int size) {
        return run(sleepAll(size));
    }

    @Async
    private static Coroutine<Long> sleepAll(int size) {
        List<Task<Integer>> tasks = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            tasks.add(createTask(sleepOnce(i)));
        }
        List<Integer> numbers = await(gather(tasks));
        return Coroutine.of(sum(numbers));
    }

    @Async
    private static Coroutine<Integer> sleepOnce(int number) {
        await(sleep(Duration.ofMillis(Workload.delayMillis(number))));
        return Coroutine.of(number);
    }

    @Override
    public long cancel(int size) {
        return run(cancelAll(size));
    }

    @Async
    private static Coroutine<Long> cancelAll(int size) {
        List<Task<Integer>> tasks = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            tasks.add(createTask(waitFor(getRunningLoop().createFuture())));
        }
        await(sleep(Duration.ZERO));
        for (Task<Integer> task : tasks) {
            task.cancel();
        }
        long cancelled = 0;
        for (Task<Integer> task : tasks) {
            try {
                await(task);
            } catch (CancelledError e) {
                cancelled++;
            }
        }
        return Coroutine.of(cancelled);
    }

    @Async
    private static Coroutine<Integer> waitFor(Future<Integer> future) {
        int value = await(future);
        return Coroutine.of(value);
    }

    @Override
    public long skynet(int size) {
        return run(node(0, size));
    }

    @Async
    private static Coroutine<Long> node(long number, int size) {
        if (size == 1) {
            return Coroutine.of(number);
        }
        List<Task<Long>> children = new ArrayList<>(10);
        int each = size / 10;
        for (int i = 0; i < 10; i++) {
            children.add(createTask(node(number + (long) i * each, each)));
        }
        List<Long> sums = await(gather(children));
        return Coroutine.of(sum(sums));
    }

    @Override
    public long memory(int size, HeapProbe probe) {
        return run(suspendAll(size, probe));
    }

    @Async
    private static Coroutine<Long> suspendAll(int size, HeapProbe probe) {
        List<Task<Integer>> tasks = new ArrayList<>(size);
        Future<Integer> gate = getRunningLoop().createFuture();
        probe.before();
        for (int i = 0; i < size; i++) {
            tasks.add(createTask(outer(i, Workload.LABEL, gate)));
        }
        await(sleep(Duration.ZERO));
        probe.suspended();
        gate.setResult(1);
        List<Integer> numbers = await(gather(tasks));
        return Coroutine.of(sum(numbers));
    }

    @Async
    private static Coroutine<Integer> outer(int number, String label, Future<Integer> gate) {
        int value = await(inner(number + 1, label, gate));
        return Coroutine.of(value + number + label.length());
    }

    @Async
    private static Coroutine<Integer> inner(int number, String label, Future<Integer> gate) {
        int value = await(gate);
        return Coroutine.of(value + number + label.length());
    }
}
