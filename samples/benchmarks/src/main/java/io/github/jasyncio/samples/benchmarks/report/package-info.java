/** From measured values to a table. */
@NullMarked
package io.github.jasyncio.samples.benchmarks.report;

import org.jspecify.annotations.NullMarked;
