package io.github.jasyncio.samples.benchmarks.peers;

import io.github.jasyncio.samples.benchmarks.futures.HandLoop;
import io.github.jasyncio.samples.benchmarks.futures.HandQueue;
import io.github.jasyncio.samples.benchmarks.peer.HeapProbe;
import io.github.jasyncio.samples.benchmarks.peer.Peer;
import io.github.jasyncio.samples.benchmarks.peer.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/** {@code CompletableFuture}, chained by hand. */
final class CompletableFuturePeer implements Peer {

    private final HandLoop loop = new HandLoop();

    @Override
    public long ready(int size) {
        return loop.run(() -> AsyncRepetition.sum(size, CompletableFuture::completedFuture));
    }

    @Override
    public long fib(int size) {
        return loop.run(() -> fibonacci(size));
    }

    private static CompletableFuture<Integer> fibonacci(int n) {
        if (n < 2) {
            return CompletableFuture.completedFuture(n);
        }
        return fibonacci(n - 1).thenCompose(first -> fibonacci(n - 2).thenApply(second -> first + second));
    }

    @Override
    public long yields(int size) {
        return loop.run(() -> AsyncRepetition.sum(size, i -> loop.yieldNow()));
    }

    @Override
    public long pingPong(int size) {
        return loop.run(() -> ping(new Table(), size));
    }

    private static final class Table {
        CompletableFuture<Integer> ping = new CompletableFuture<>();
        CompletableFuture<Integer> pong = new CompletableFuture<>();
    }

    private CompletableFuture<Long> ping(Table table, int size) {
        CompletableFuture<Long> other = loop.spawn(() -> pong(table, size));
        return AsyncRepetition.sum(size, i -> {
                    CompletableFuture<Integer> pong = new CompletableFuture<>();
                    table.pong = pong;
                    loop.complete(table.ping, i);
                    return pong;
                })
                .thenCombine(other, (sum, ignored) -> sum);
    }

    private CompletableFuture<Long> pong(Table table, int size) {
        return AsyncRepetition.sum(
                size,
                i -> table.ping.thenApply(value -> {
                    table.ping = new CompletableFuture<>();
                    loop.complete(table.pong, value + 1);
                    return value;
                }));
    }

    @Override
    public long spawn(int size) {
        return loop.run(() ->
                sumOf(size, number -> loop.spawn(() -> loop.yieldNow().thenApply(ignored -> number))));
    }

    /** The sum of what {@code size} tasks give, which are started together. */
    private static CompletableFuture<Long> sumOf(int size, IntFunction<CompletableFuture<Integer>> start) {
        List<CompletableFuture<Integer>> tasks = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            tasks.add(start.apply(i));
        }
        return sumOf(tasks);
    }

    private static CompletableFuture<Long> sumOf(List<? extends CompletableFuture<? extends Number>> tasks) {
        return CompletableFuture.allOf(tasks.toArray(CompletableFuture<?>[]::new))
                .thenApply(ignored -> {
                    long sum = 0;
                    for (CompletableFuture<? extends Number> task : tasks) {
                        sum += task.join().longValue();
                    }
                    return sum;
                });
    }

    @Override
    public long deep(int size) {
        return loop.run(() -> nest(Workload.DEPTH, size));
    }

    private CompletableFuture<Long> nest(int depth, int size) {
        return depth == 0
                ? AsyncRepetition.sum(size, i -> loop.yieldNow())
                : nest(depth - 1, size).thenApply(inner -> inner + 1);
    }

    @Override
    public long queue(int size) {
        return loop.run(() -> consume(size));
    }

    private CompletableFuture<Long> consume(int size) {
        HandQueue<Integer> queue = new HandQueue<>(loop, Workload.CAPACITY);
        CompletableFuture<Long> producer = loop.spawn(() -> AsyncRepetition.sum(size, queue::put));
        return AsyncRepetition.sum(size, i -> queue.get()).thenCombine(producer, (sum, ignored) -> sum);
    }

    @Override
    public long timers(int size) {
        return loop.run(() -> sumOf(
                size,
                number -> loop.spawn(
                        () -> loop.delay(Workload.delayMillis(number)).thenApply(ignored -> number))));
    }

    @Override
    public long cancel(int size) {
        return loop.run(() -> cancelAll(size));
    }

    private CompletableFuture<Long> cancelAll(int size) {
        List<CompletableFuture<Integer>> awaited = new ArrayList<>(size);
        List<CompletableFuture<Integer>> tasks = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            CompletableFuture<Integer> never = new CompletableFuture<>();
            awaited.add(never);
            tasks.add(loop.spawn(() -> never.thenApply(value -> value)));
        }
        return loop.yieldNow().thenCompose(ignored -> {
            for (CompletableFuture<Integer> never : awaited) {
                never.cancel(true);
            }
            return AsyncRepetition.sum(size, i -> tasks.get(i).handle((value, failure) -> failure == null ? 0 : 1));
        });
    }

    @Override
    public long skynet(int size) {
        return loop.run(() -> node(0, size));
    }

    private CompletableFuture<Long> node(long number, int size) {
        if (size == 1) {
            return CompletableFuture.completedFuture(number);
        }
        List<CompletableFuture<Long>> children = new ArrayList<>(10);
        int each = size / 10;
        for (int i = 0; i < 10; i++) {
            long first = number + (long) i * each;
            children.add(loop.spawn(() -> node(first, each)));
        }
        return sumOf(children);
    }

    @Override
    public long memory(int size, HeapProbe probe) {
        return loop.run(() -> suspendAll(size, probe));
    }

    private CompletableFuture<Long> suspendAll(int size, HeapProbe probe) {
        List<CompletableFuture<Integer>> tasks = new ArrayList<>(size);
        CompletableFuture<Integer> gate = new CompletableFuture<>();
        probe.before();
        for (int i = 0; i < size; i++) {
            int number = i;
            tasks.add(loop.spawn(() -> outer(number, Workload.LABEL, gate)));
        }
        return loop.yieldNow().thenCompose(ignored -> {
            probe.suspended();
            gate.complete(1);
            return sumOf(tasks);
        });
    }

    private static CompletableFuture<Integer> outer(int number, String label, CompletableFuture<Integer> gate) {
        return inner(number + 1, label, gate).thenApply(value -> value + number + label.length());
    }

    private static CompletableFuture<Integer> inner(int number, String label, CompletableFuture<Integer> gate) {
        return gate.thenApply(value -> value + number + label.length());
    }
}
