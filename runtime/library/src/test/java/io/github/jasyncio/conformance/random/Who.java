package io.github.jasyncio.conformance.random;

/**
 * On whose behalf a node runs.
 *
 * @param name for the trace
 * @param rank of its task: it awaits only what has a higher one, which is: was made later. Else two could await each other, and cancelling one of
 *     them would never end, here no more than in CPython
 */
record Who(String name, int rank) {}
