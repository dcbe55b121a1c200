package io.github.jasyncio.samples.benchmarks.peers;

import io.github.jasyncio.samples.benchmarks.peer.HeapProbe;
import io.github.jasyncio.samples.benchmarks.peer.Peer;
import io.github.jasyncio.samples.benchmarks.peer.Workload;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Virtual threads. That all of them share one carrier is up to whoever starts the JVM: {@code -Djdk.virtualThreadScheduler.parallelism=1
 * -Djdk.virtualThreadScheduler.maxPoolSize=1}.
 */
@SuppressWarnings("ThreadPriorityCheck") // to yield is what is measured
final class VirtualThreadPeer implements Peer {

    static final int FIRST_JAVA_VERSION = 21;

    private static final MethodHandle START = startVirtualThread();

    private static MethodHandle startVirtualThread() {
        try {
            return MethodHandles.publicLookup()
                    .findStatic(
                            Thread.class, "startVirtualThread", MethodType.methodType(Thread.class, Runnable.class));
        } catch (ReflectiveOperationException e) {
            throw new UnsupportedOperationException(
                    "virtual threads need Java " + FIRST_JAVA_VERSION + ", this is " + Runtime.version(), e);
        }
    }

    private static Thread start(Runnable body) {
        try {
            return (Thread) START.invokeExact(body);
        } catch (Throwable e) {
            throw new IllegalStateException("could not start a virtual thread", e);
        }
    }

    private static long run(Callable<Long> body) {
        FutureTask<Long> task = new FutureTask<>(body);
        start(task);
        try {
            return task.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long joinAndSum(List<Thread> threads, long[] results) throws InterruptedException {
        long sum = 0;
        for (int i = 0; i < results.length; i++) {
            threads.get(i).join();
            sum += results[i];
        }
        return sum;
    }

    @Override
    public long ready(int size) {
        return run(() -> {
            long sum = 0;
            for (int i = 0; i < size; i++) {
                sum += next(i);
            }
            return sum;
        });
    }

    private static Integer next(int i) {
        return i;
    }

    @Override
    public long fib(int size) {
        return run(() -> (long) fibonacci(size));
    }

    private static Integer fibonacci(int n) {
        if (n < 2) {
            return n;
        }
        return fibonacci(n - 1) + fibonacci(n - 2);
    }

    @Override
    public long yields(int size) {
        return run(() -> yieldLoop(size));
    }

    private static long yieldLoop(int size) {
        long count = 0;
        for (int i = 0; i < size; i++) {
            Thread.yield();
            count++;
        }
        return count;
    }

    @Override
    public long pingPong(int size) {
        return run(() -> ping(new Table(), size));
    }

    private static final class Table {
        volatile CompletableFuture<Integer> ping = new CompletableFuture<>();
        volatile CompletableFuture<Integer> pong = new CompletableFuture<>();
    }

    private static long ping(Table table, int size) throws InterruptedException {
        Thread other = start(() -> pong(table, size));
        long sum = 0;
        for (int i = 0; i < size; i++) {
            CompletableFuture<Integer> pong = new CompletableFuture<>();
            table.pong = pong;
            table.ping.complete(i);
            sum += pong.join();
        }
        other.join();
        return sum;
    }

    private static void pong(Table table, int size) {
        for (int i = 0; i < size; i++) {
            int value = table.ping.join();
            table.ping = new CompletableFuture<>();
            table.pong.complete(value + 1);
        }
    }

    @Override
    public long spawn(int size) {
        return run(() -> {
            List<Thread> threads = new ArrayList<>(size);
            long[] results = new long[size];
            for (int i = 0; i < size; i++) {
                int number = i;
                threads.add(start(() -> {
                    Thread.yield();
                    results[number] = number;
                }));
            }
            return joinAndSum(threads, results);
        });
    }

    @Override
    public long deep(int size) {
        return run(() -> nest(Workload.DEPTH, size));
    }

    private static long nest(int depth, int size) {
        return depth == 0 ? yieldLoop(size) : nest(depth - 1, size) + 1;
    }

    @Override
    public long queue(int size) {
        return run(() -> {
            BlockingQueue<Integer> queue = new ArrayBlockingQueue<>(Workload.CAPACITY);
            Thread producer = start(() -> produce(queue, size));
            long sum = 0;
            for (int i = 0; i < size; i++) {
                sum += queue.take();
            }
            producer.join();
            return sum;
        });
    }

    private static void produce(BlockingQueue<Integer> queue, int size) {
        try {
            for (int i = 0; i < size; i++) {
                queue.put(i);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public long timers(int size) {
        return run(() -> {
            List<Thread> threads = new ArrayList<>(size);
            long[] results = new long[size];
            for (int i = 0; i < size; i++) {
                int number = i;
                threads.add(start(() -> {
                    sleepFor(Workload.delayMillis(number));
                    results[number] = number;
                }));
            }
            return joinAndSum(threads, results);
        });
    }

    private static void sleepFor(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public long cancel(int size) {
        return run(() -> {
            List<Thread> threads = new ArrayList<>(size);
            long[] results = new long[size];
            for (int i = 0; i < size; i++) {
                int number = i;
                CompletableFuture<Integer> never = new CompletableFuture<>();
                threads.add(start(() -> results[number] = cancelled(never)));
            }
            Thread.yield();
            for (Thread thread : threads) {
                thread.interrupt();
            }
            return joinAndSum(threads, results);
        });
    }

    private static int cancelled(CompletableFuture<Integer> never) {
        try {
            return never.get();
        } catch (InterruptedException e) {
            return 1;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public long skynet(int size) {
        return run(() -> node(0, size));
    }

    private static long node(long number, int size) throws InterruptedException {
        if (size == 1) {
            return number;
        }
        List<Thread> children = new ArrayList<>(10);
        long[] results = new long[10];
        int each = size / 10;
        for (int i = 0; i < 10; i++) {
            int child = i;
            children.add(start(() -> {
                try {
                    results[child] = node(number + (long) child * each, each);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        return joinAndSum(children, results);
    }

    @Override
    public long memory(int size, HeapProbe probe) {
        return run(() -> {
            List<Thread> threads = new ArrayList<>(size);
            long[] results = new long[size];
            CompletableFuture<Integer> gate = new CompletableFuture<>();
            probe.before();
            for (int i = 0; i < size; i++) {
                int number = i;
                threads.add(start(() -> results[number] = outer(number, Workload.LABEL, gate)));
            }
            Thread.yield();
            probe.suspended();
            gate.complete(1);
            return joinAndSum(threads, results);
        });
    }

    private static int outer(int number, String label, CompletableFuture<Integer> gate) {
        int value = inner(number + 1, label, gate);
        return value + number + label.length();
    }

    private static int inner(int number, String label, CompletableFuture<Integer> gate) {
        int value = gate.join();
        return value + number + label.length();
    }
}
