/** {@code CompletableFuture} by hand on one thread: a small loop, and a queue for it. EA Async runs on the same. */
@NullMarked
package io.github.jasyncio.samples.benchmarks.futures;

import org.jspecify.annotations.NullMarked;
