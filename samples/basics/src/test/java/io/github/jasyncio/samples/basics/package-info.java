/** Runs every program and compares what it prints with what stands beside it. */
@NullMarked
package io.github.jasyncio.samples.basics;

import org.jspecify.annotations.NullMarked;
