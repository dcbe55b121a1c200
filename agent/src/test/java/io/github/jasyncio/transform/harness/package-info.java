/**
 * How the rewriting is put to the test: real Java is run twice, rewritten and as its synchronous twin, and must do the same both times.
 *
 * <p>A target's code awaits {@link io.github.jasyncio.transform.harness.Probes probes}; what a probe does (give its value at once, suspend,
 * fail, be cancelled) is up to the {@link io.github.jasyncio.transform.harness.Schedule}. {@link
 * io.github.jasyncio.transform.harness.Comparison} runs one construct under all schedules that make sense for it: driven by hand, where what it awaits
 * comes to pass at once, and as a task of a loop of virtual time, where it sleeps and is cancelled in earnest.
 */
@NullMarked
package io.github.jasyncio.transform.harness;

import org.jspecify.annotations.NullMarked;
