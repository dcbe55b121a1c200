package io.github.jasyncio.samples.benchmarks.peer;

import java.util.Locale;

/** What is measured. Every peer must come to the same result, {@link #expected}. */
public enum Workload {
    /** {@code size} times: call and await an async method that returns its argument at once; the sum. */
    READY(100_000, 100) {
        @Override
        public long expected(int size) {
            return sumBelow(size);
        }

        @Override
        public long run(Peer peer, int size) {
            return peer.ready(size);
        }
    },
    /** The Fibonacci number {@code size}, recursively, with an await for each call. */
    FIB(25, 10) {
        @Override
        public long operations(int size) {
            return 2 * expected(size + 1) - 1;
        }

        @Override
        public long expected(int size) {
            return size < 2 ? size : expected(size - 1) + expected(size - 2);
        }

        @Override
        public long run(Peer peer, int size) {
            return peer.fib(size);
        }
    },
    /** One task gives the others a turn, {@code size} times; how often. */
    YIELD(100_000, 100) {
        @Override
        public long expected(int size) {
            return size;
        }

        @Override
        public long run(Peer peer, int size) {
            return peer.yields(size);
        }
    },
    /** Two tasks hand a number to and fro, by a new future each time, {@code size} times there and back; the sum of what came back. */
    PING_PONG(50_000, 50) {
        @Override
        public long operations(int size) {
            return 2L * size;
        }

        @Override
        public long expected(int size) {
            return sumBelow(size) + size;
        }

        @Override
        public long run(Peer peer, int size) {
            return peer.pingPong(size);
        }
    },
    /** {@code size} tasks, each of which gives the others a turn and returns its number; the sum of all. */
    SPAWN(100_000, 100) {
        @Override
        public long expected(int size) {
            return sumBelow(size);
        }

        @Override
        public long run(Peer peer, int size) {
            return peer.spawn(size);
        }
    },
    /** The same as {@link #YIELD} under {@link #DEPTH} nested awaits, each of which adds one. */
    DEEP(100_000, 100) {
        @Override
        public long expected(int size) {
            return size + (long) DEPTH;
        }

        @Override
        public long run(Peer peer, int size) {
            return peer.deep(size);
        }
    },
    /** {@code size} items go from one task to another through a queue that holds {@link #CAPACITY}; the sum of what arrived. */
    QUEUE(100_000, 1_000) {
        @Override
        public long expected(int size) {
            return sumBelow(size);
        }

        @Override
        public long run(Peer peer, int size) {
            return peer.queue(size);
        }
    },
    /** {@code size} tasks, of which task i sleeps for {@link #delayMillis}; the sum of their numbers. */
    TIMERS(100_000, 100) {
        @Override
        public long expected(int size) {
            return sumBelow(size);
        }

        @Override
        public long run(Peer peer, int size) {
            return peer.timers(size);
        }
    },
    /** {@code size} tasks, each waiting for a future of its own, are cancelled and waited for; how many were cancelled. */
    CANCEL(100_000, 100) {
        @Override
        public long expected(int size) {
            return size;
        }

        @Override
        public long run(Peer peer, int size) {
            return peer.cancel(size);
        }
    },
    /** A tree of tasks with ten children each and {@code size} leaves (a power of ten); the sum of the leaves' numbers. */
    SKYNET(100_000, 100) {
        @Override
        public long expected(int size) {
            return sumBelow(size);
        }

        @Override
        public long run(Peer peer, int size) {
            return peer.skynet(size);
        }
    },
    /** The same with a million leaves. */
    SKYNET_MILLION(1_000_000, 1000) {
        @Override
        public long expected(int size) {
            return sumBelow(size);
        }

        @Override
        public long run(Peer peer, int size) {
            return peer.skynet(size);
        }
    },
    /**
     * {@code size} tasks, all suspended on the same future in a method that another one awaits; in each of the two an int and a reference are
     * needed afterwards. What is measured is not the time but the heap.
     */
    MEMORY(100_000, 100) {
        @Override
        public long expected(int size) {
            return 2 * sumBelow(size) + size * (2L + 2L * LABEL.length());
        }

        @Override
        public long run(Peer peer, int size) {
            return peer.memory(size, IGNORE);
        }
    };

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

    Workload(int size, int quickSize) {
        this.size = size;
        this.quickSize = quickSize;
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
        return size;
    }

    /** The result of a run. */
    public abstract long expected(int size);

    /** Does it, and gives the result. */
    public abstract long run(Peer peer, int size);

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
}
