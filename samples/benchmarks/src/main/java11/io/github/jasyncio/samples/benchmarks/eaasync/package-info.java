/** The workloads with EA Async 1.2.3. */
@NullMarked
package io.github.jasyncio.samples.benchmarks.eaasync;

import org.jspecify.annotations.NullMarked;
