/** What is measured, and what everybody who takes part has to do. Compiled for Java 11, which EA Async can still read. */
@NullMarked
package io.github.jasyncio.samples.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
