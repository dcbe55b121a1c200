package io.github.jasyncio.samples.benchmarks.peer;

import java.util.Locale;
import java.util.function.IntToLongFunction;

/** What is measured. Every peer must come to the same result, {@link #expected}. */
@SuppressWarnings("ImmutableEnumChecker") // its functions hold nothing
public enum Workload {
    /** {@code size} times: call and await an async method that returns its argument at once; the sum. */
    READY(100_000, 100, Workload::sumBelow, Peer::ready),
    /** The Fibonacci number {@code size}, recursively, with an await for each call. */
    FIB(25, 10, Workload::fibonacci, Peer::fib, size -> 2 * fibonacci(size + 1) - 1),
    /** One task gives the others a turn, {@code size} times; how often. */
    YIELD(100_000, 100, size -> size, Peer::yields),
    /** Two tasks hand a number to and fro, by a new future each time, {@code size} times there and back; the sum of what came back. */
    PING_PONG(50_000, 50, size -> sumBelow(size) + size, Peer::pingPong, size -> 2L * size),
    /** {@code size} tasks, each of which gives the others a turn and returns its number; the sum of all. */
    SPAWN(100_000, 100, Workload::sumBelow, Peer::spawn),
    /** The same as {@link #YIELD} under {@link #DEPTH} nested awaits, each of which adds one. */
    DEEP(100_000, 100, size -> size + (long) Workload.DEPTH, Peer::deep),
    /** {@code size} items go from one task to another through a queue that holds {@link #CAPACITY}; the sum of what arrived. */
    QUEUE(100_000, 1_000, Workload::sumBelow, Peer::queue),
    /** {@code size} tasks, of which task i sleeps for {@link #delayMillis}; the sum of their numbers. */
    TIMERS(100_000, 100, Workload::sumBelow, Peer::timers),
    /** {@code size} tasks, each waiting for a future of its own, are cancelled and waited for; how many were cancelled. */
    CANCEL(100_000, 100, size -> size, Peer::cancel),
    /** A tree of tasks with ten children each and {@code size} leaves (a power of ten); the sum of the leaves' numbers. */
    SKYNET(100_000, 100, Workload::sumBelow, Peer::skynet),
    /** The same with a million leaves. */
    SKYNET_MILLION(1_000_000, 1000, Workload::sumBelow, Peer::skynet),
    /**
     * {@code size} tasks, all suspended on the same future in a method that another one awaits; in each of the two an int and a reference are
     * needed afterwards. What is measured is not the time but the heap.
     */
    MEMORY(
            100_000,
            100,
            size -> 2 * sumBelow(size) + size * (2L + 2L * Workload.LABEL.length()),
            Workload::memoryUnseen);

    /** How many awaits are around that of {@link #DEEP}. */
    public static final int DEPTH = 100;

    /** How many items the queue of {@link #QUEUE} holds. */
    public static final int CAPACITY = 64;

    /** The reference that is alive in the frames of {@link #MEMORY}. */
    public static final String LABEL = "label";

    private static final HeapProbe IGNORE = new HeapProbe() {
        @Override
        public void before() {}

        @Override
        public void suspended() {}
    };

    private final int size;
    private final int quickSize;
    private final IntToLongFunction expected;
    private final Run run;
    private final IntToLongFunction operations;

    /** How a peer does it. */
    private interface Run {
        long by(Peer peer, int size);
    }

    Workload(int size, int quickSize, IntToLongFunction expected, Run run) {
        this(size, quickSize, expected, run, n -> n);
    }

    Workload(int size, int quickSize, IntToLongFunction expected, Run run, IntToLongFunction operations) {
        this.size = size;
        this.quickSize = quickSize;
        this.expected = expected;
        this.run = run;
        this.operations = operations;
    }

    /** The size that is measured. */
    public int size() {
        return size;
    }

    /** A size that shows whether it works. */
    public int quickSize() {
        return quickSize;
    }

    /** How many operations one run is. */
    public long operations(int size) {
        return operations.applyAsLong(size);
    }

    /** The result of a run. */
    public long expected(int size) {
        return expected.applyAsLong(size);
    }

    /** Does it, and gives the result. */
    public long run(Peer peer, int size) {
        return run.by(peer, size);
    }

    /** How long task {@code i} of {@link #TIMERS} sleeps. */
    public static int delayMillis(int i) {
        return 1 + i % 50;
    }

    /** Its name in tables and commands. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static long sumBelow(int size) {
        return (long) size * (size - 1) / 2;
    }

    private static long memoryUnseen(Peer peer, int size) {
        return peer.memory(size, IGNORE);
    }

    private static long fibonacci(int n) {
        return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
    }
}
