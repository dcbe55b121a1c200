package io.github.jasyncio.samples.benchmarks.peer;

/**
 * The workloads, done in one way of writing concurrent programs; on one thread. {@link Workload} says what each has to compute.
 *
 * <p>A peer is made and used by one thread.
 */
public interface Peer {

    /** Whether it can do {@code workload} at all. */
    default boolean supports(Workload workload) {
        return true;
    }

    /** Does {@link Workload#READY}. */
    long ready(int size);

    /** Does {@link Workload#FIB}. */
    long fib(int size);

    /** Does {@link Workload#YIELD}. */
    long yields(int size);

    /** Does {@link Workload#PING_PONG}. */
    long pingPong(int size);

    /** Does {@link Workload#SPAWN}. */
    long spawn(int size);

    /** Does {@link Workload#DEEP}. */
    long deep(int size);

    /** Does {@link Workload#QUEUE}. */
    long queue(int size);

    /** Does {@link Workload#TIMERS}. */
    long timers(int size);

    /** Does {@link Workload#CANCEL}. */
    long cancel(int size);

    /** Does {@link Workload#SKYNET}. */
    long skynet(int size);

    /** Does {@link Workload#MEMORY}. */
    long memory(int size, HeapProbe probe);
}
