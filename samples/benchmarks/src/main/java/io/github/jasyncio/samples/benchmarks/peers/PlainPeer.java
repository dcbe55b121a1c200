package io.github.jasyncio.samples.benchmarks.peers;

import io.github.jasyncio.samples.benchmarks.peer.HeapProbe;
import io.github.jasyncio.samples.benchmarks.peer.Peer;
import io.github.jasyncio.samples.benchmarks.peer.Workload;

/** What can be done without waiting, in plain Java; results are boxed, as they are where a generic type stands for them. */
final class PlainPeer implements Peer {

    @Override
    public boolean supports(Workload workload) {
        return workload == Workload.READY || workload == Workload.FIB;
    }

    @Override
    public long ready(int size) {
        long sum = 0;
        for (int i = 0; i < size; i++) {
            sum += next(i);
        }
        return sum;
    }

    private static Integer next(int i) {
        return i;
    }

    @Override
    public long fib(int size) {
        return fibonacci(size);
    }

    private static Integer fibonacci(int n) {
        if (n < 2) {
            return n;
        }
        return fibonacci(n - 1) + fibonacci(n - 2);
    }

    @Override
    public long yields(int size) {
        throw unsupported();
    }

    @Override
    public long pingPong(int size) {
        throw unsupported();
    }

    @Override
    public long spawn(int size) {
        throw unsupported();
    }

    @Override
    public long deep(int size) {
        throw unsupported();
    }

    @Override
    public long queue(int size) {
        throw unsupported();
    }

    @Override
    public long timers(int size) {
        throw unsupported();
    }

    @Override
    public long cancel(int size) {
        throw unsupported();
    }

    @Override
    public long skynet(int size) {
        throw unsupported();
    }

    @Override
    public long memory(int size, HeapProbe probe) {
        throw unsupported();
    }

    private static UnsupportedOperationException unsupported() {
        return new UnsupportedOperationException("plain Java cannot wait without blocking its thread");
    }
}
