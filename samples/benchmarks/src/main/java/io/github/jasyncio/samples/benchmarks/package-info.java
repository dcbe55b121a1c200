/** Compares jasyncio with its peers: the same workloads, in one run. */
@NullMarked
package io.github.jasyncio.samples.benchmarks;

import org.jspecify.annotations.NullMarked;
