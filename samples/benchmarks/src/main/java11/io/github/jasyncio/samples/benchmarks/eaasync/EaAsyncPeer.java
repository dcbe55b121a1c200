package io.github.jasyncio.samples.benchmarks.eaasync;

import static com.ea.async.Async.await;

import io.github.jasyncio.samples.benchmarks.futures.HandLoop;
import io.github.jasyncio.samples.benchmarks.futures.HandQueue;
import io.github.jasyncio.samples.benchmarks.peer.HeapProbe;
import io.github.jasyncio.samples.benchmarks.peer.Peer;
import io.github.jasyncio.samples.benchmarks.peer.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * EA Async on the hand-written loop. What awaits goes on in the stack of whoever completes the future, so futures are completed by the loop
 * wherever two tasks could otherwise call each other without end.
 */
public final class EaAsyncPeer implements Peer {

    private final HandLoop loop = new HandLoop();

    @Override
    public long ready(int size) {
        return loop.run(() -> readyLoop(size));
    }

    private static CompletableFuture<Long> readyLoop(int size) {
        long sum = 0;
        for (int i = 0; i < size; i++) {
            sum += await(next(i));
        }
        return CompletableFuture.completedFuture(sum);
    }

    private static CompletableFuture<Integer> next(int i) {
        return CompletableFuture.completedFuture(i);
    }

    @Override
    public long fib(int size) {
        return loop.run(() -> fibonacci(size));
    }

    private static CompletableFuture<Integer> fibonacci(int n) {
        if (n < 2) {
            return CompletableFuture.completedFuture(n);
        }
        return CompletableFuture.completedFuture(await(fibonacci(n - 1)) + await(fibonacci(n - 2)));
    }

    @Override
    public long yields(int size) {
        return loop.run(() -> yieldLoop(loop, size));
    }

    private static CompletableFuture<Long> yieldLoop(HandLoop loop, int size) {
        long count = 0;
        for (int i = 0; i < size; i++) {
            await(loop.yieldNow());
            count++;
        }
        return CompletableFuture.completedFuture(count);
    }

    @Override
    public long pingPong(int size) {
        return loop.run(() -> ping(loop, new Table(), size));
    }

    private static final class Table {
        CompletableFuture<Integer> ping = new CompletableFuture<>();
        CompletableFuture<Integer> pong = new CompletableFuture<>();
    }

    private static CompletableFuture<Long> ping(HandLoop loop, Table table, int size) {
        CompletableFuture<Integer> other = loop.spawn(() -> pong(loop, table, size));
        long sum = 0;
        for (int i = 0; i < size; i++) {
            table.pong = new CompletableFuture<>();
            loop.complete(table.ping, i);
            sum += await(table.pong);
        }
        await(other);
        return CompletableFuture.completedFuture(sum);
    }

    private static CompletableFuture<Integer> pong(HandLoop loop, Table table, int size) {
        for (int i = 0; i < size; i++) {
            int value = await(table.ping);
            table.ping = new CompletableFuture<>();
            loop.complete(table.pong, value + 1);
        }
        return CompletableFuture.completedFuture(size);
    }

    @Override
    public long spawn(int size) {
        return loop.run(() -> spawnAll(loop, size));
    }

    private static CompletableFuture<Long> spawnAll(HandLoop loop, int size) {
        List<CompletableFuture<Integer>> tasks = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            int number = i;
            tasks.add(loop.spawn(() -> yieldOnce(loop, number)));
        }
        return sum(tasks);
    }

    private static CompletableFuture<Integer> yieldOnce(HandLoop loop, int number) {
        await(loop.yieldNow());
        return CompletableFuture.completedFuture(number);
    }

    private static CompletableFuture<Long> sum(List<CompletableFuture<Integer>> tasks) {
        await(CompletableFuture.allOf(tasks.toArray(new CompletableFuture<?>[0])));
        long sum = 0;
        for (CompletableFuture<Integer> task : tasks) {
            sum += task.join();
        }
        return CompletableFuture.completedFuture(sum);
    }

    @Override
    public long deep(int size) {
        return loop.run(() -> nest(loop, Workload.DEPTH, size));
    }

    private static CompletableFuture<Long> nest(HandLoop loop, int depth, int size) {
        if (depth == 0) {
            return yieldLoop(loop, size);
        }
        long inner = await(nest(loop, depth - 1, size));
        return CompletableFuture.completedFuture(inner + 1);
    }

    @Override
    public long queue(int size) {
        return loop.run(() -> consume(loop, size));
    }

    private static CompletableFuture<Long> consume(HandLoop loop, int size) {
        HandQueue<Integer> queue = new HandQueue<>(loop, Workload.CAPACITY);
        CompletableFuture<Integer> producer = loop.spawn(() -> produce(queue, size));
        long sum = 0;
        for (int i = 0; i < size; i++) {
            sum += await(queue.get());
        }
        await(producer);
        return CompletableFuture.completedFuture(sum);
    }

    private static CompletableFuture<Integer> produce(HandQueue<Integer> queue, int size) {
        for (int i = 0; i < size; i++) {
            await(queue.put(i));
        }
        return CompletableFuture.completedFuture(size);
    }

    @Override
    public long timers(int size) {
        return loop.run(() -> sleepAll(loop, size));
    }

    private static CompletableFuture<Long> sleepAll(HandLoop loop, int size) {
        List<CompletableFuture<Integer>> tasks = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            int number = i;
            tasks.add(loop.spawn(() -> sleepOnce(loop, number)));
        }
        return sum(tasks);
    }

    private static CompletableFuture<Integer> sleepOnce(HandLoop loop, int number) {
        await(loop.delay(Workload.delayMillis(number)));
        return CompletableFuture.completedFuture(number);
    }

    @Override
    public long cancel(int size) {
        return loop.run(() -> cancelAll(loop, size));
    }

    private static CompletableFuture<Long> cancelAll(HandLoop loop, int size) {
        List<CompletableFuture<Integer>> awaited = new ArrayList<>(size);
        List<CompletableFuture<Integer>> tasks = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            CompletableFuture<Integer> never = new CompletableFuture<>();
            awaited.add(never);
            tasks.add(loop.spawn(() -> waitFor(never)));
        }
        await(loop.yieldNow());
        for (CompletableFuture<Integer> never : awaited) {
            never.cancel(true);
        }
        long cancelled = 0;
        for (CompletableFuture<Integer> task : tasks) {
            try {
                await(task);
            } catch (CancellationException e) {
                cancelled++;
            } catch (CompletionException e) {
                if (e.getCause() instanceof CancellationException) {
                    cancelled++;
                }
            }
        }
        return CompletableFuture.completedFuture(cancelled);
    }

    private static CompletableFuture<Integer> waitFor(CompletableFuture<Integer> future) {
        int value = await(future);
        return CompletableFuture.completedFuture(value);
    }

    @Override
    public long skynet(int size) {
        return loop.run(() -> node(loop, 0, size));
    }

    private static CompletableFuture<Long> node(HandLoop loop, long number, int size) {
        if (size == 1) {
            return CompletableFuture.completedFuture(number);
        }
        List<CompletableFuture<Long>> children = new ArrayList<>(10);
        int each = size / 10;
        for (int i = 0; i < 10; i++) {
            long first = number + (long) i * each;
            children.add(loop.spawn(() -> node(loop, first, each)));
        }
        await(CompletableFuture.allOf(children.toArray(new CompletableFuture<?>[0])));
        long sum = 0;
        for (CompletableFuture<Long> child : children) {
            sum += child.join();
        }
        return CompletableFuture.completedFuture(sum);
    }

    @Override
    public long memory(int size, HeapProbe probe) {
        return loop.run(() -> suspendAll(loop, size, probe));
    }

    private static CompletableFuture<Long> suspendAll(HandLoop loop, int size, HeapProbe probe) {
        List<CompletableFuture<Integer>> tasks = new ArrayList<>(size);
        CompletableFuture<Integer> gate = new CompletableFuture<>();
        probe.before();
        for (int i = 0; i < size; i++) {
            int number = i;
            tasks.add(loop.spawn(() -> outer(number, Workload.LABEL, gate)));
        }
        await(loop.yieldNow());
        probe.suspended();
        gate.complete(1);
        return sum(tasks);
    }

    private static CompletableFuture<Integer> outer(int number, String label, CompletableFuture<Integer> gate) {
        int value = await(inner(number + 1, label, gate));
        return CompletableFuture.completedFuture(value + number + label.length());
    }

    private static CompletableFuture<Integer> inner(int number, String label, CompletableFuture<Integer> gate) {
        int value = await(gate);
        return CompletableFuture.completedFuture(value + number + label.length());
    }
}
