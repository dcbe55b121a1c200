/** What JMH runs: a class for each workload. */
@NullMarked
package io.github.jasyncio.samples.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
