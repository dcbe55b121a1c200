package io.github.jasyncio.samples.benchmarks.peer;

/** Looks at the heap at the two moments that matter to {@link Workload#MEMORY}. */
public interface HeapProbe {

    /** Nothing has been made yet but the array for the tasks. */
    void before();

    /** All tasks are suspended. */
    void suspended();
}
