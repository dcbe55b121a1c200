/** Tests that the benchmarks run; never their times. */
@NullMarked
package io.github.jasyncio.samples.benchmarks;

import org.jspecify.annotations.NullMarked;
